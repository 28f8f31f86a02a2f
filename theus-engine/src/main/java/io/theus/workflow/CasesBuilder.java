package io.theus.workflow;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Collects the cases of a choice by value.
 * <p>
 * Not safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class CasesBuilder {

	private final Set<String> names;

	private final SwitchDraft draft;

	private @Nullable List<StepDraft> otherwise;

	CasesBuilder(Set<String> names, Operand value) {
		this.names = names;
		this.draft = new SwitchDraft(value);
	}

	/**
	 * Add steps that run if the value is equal to a constant.
	 * @param constant a text, number or boolean, or {@code null}
	 * @param steps adds the steps
	 * @return this
	 */
	public CasesBuilder when(@Nullable Object constant, Consumer<StepsBuilder> steps) {
		this.draft.when(constant, StepsBuilder.collect(this.names, steps));
		return this;
	}

	/**
	 * Add steps that run if no case is equal.
	 * @param steps adds the steps
	 * @return this
	 */
	public CasesBuilder otherwise(Consumer<StepsBuilder> steps) {
		this.otherwise = StepsBuilder.collect(this.names, steps);
		return this;
	}

	StepDraft complete() {
		return this.draft.otherwise(this.otherwise);
	}

}
