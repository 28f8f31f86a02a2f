package io.theus.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Says how a step calls the process that an expression names.
 * <p>
 * Not safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class DynamicCallBuilder extends CallBuilder<DynamicCallBuilder> {

	private final List<Name> allowed = new ArrayList<>();

	private @Nullable Operand argumentMap;

	DynamicCallBuilder(Set<String> names) {
		super(names);
	}

	@Override
	DynamicCallBuilder self() {
		return this;
	}

	/**
	 * Allow processes; no others are called.
	 * @param processes their ids or names
	 * @return this
	 */
	public DynamicCallBuilder allow(String... processes) {
		Stream.of(processes).forEach((process) -> this.allowed.add(new Name(process, null)));
		return this;
	}

	/**
	 * Pass the arguments that an expression gives, instead of single ones.
	 * @param expression one expression in <code>#{}</code> whose value is a map
	 * @return this
	 */
	public DynamicCallBuilder with(String expression) {
		this.argumentMap = StepRules.argumentMap(Operand.of(expression, names()));
		return this;
	}

	StepDraft complete(String process) {
		Operand arguments = (this.argumentMap != null) ? this.argumentMap : Operand.of(arguments(), names());
		return draft().call(StepRules.computedProcess(Operand.of(process, names())),
				StepRules.notEmpty("allow", this.allowed), arguments);
	}

}
