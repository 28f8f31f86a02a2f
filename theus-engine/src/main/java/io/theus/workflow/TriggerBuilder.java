package io.theus.workflow;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.expression.Expression;

/**
 * Says which signals start runs, and with what. Expressions may use {@code payload} and
 * the state, and nothing of a run.
 * <p>
 * Not safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class TriggerBuilder {

	/** There is no run yet when a signal comes. */
	static final Set<String> NAMES = Set.of("domain", "global", "meta", StepRules.PAYLOAD);

	private final Name signal;

	private final Map<String, @Nullable Object> arguments = new LinkedHashMap<>();

	private @Nullable Condition where;

	private @Nullable Operand key;

	TriggerBuilder(String signal) {
		this.signal = new Name(StepRules.topic(signal), null);
	}

	/**
	 * Start runs for signals of which something holds.
	 * @param condition an expression
	 * @return this
	 */
	public TriggerBuilder where(String condition) {
		this.where = new Condition(Expression.compile(condition, NAMES), null);
		return this;
	}

	/**
	 * Start one run for each key.
	 * @param expression gives the key, in <code>#{}</code>
	 * @return this
	 */
	public TriggerBuilder key(String expression) {
		this.key = StepRules.computed(Operand.of(expression, NAMES));
		return this;
	}

	/**
	 * Pass an input.
	 * @param input its name
	 * @param value its value, texts with expressions in <code>#{}</code>
	 * @return this
	 */
	public TriggerBuilder with(String input, @Nullable Object value) {
		this.arguments.put(input, value);
		return this;
	}

	WorkflowTrigger complete() {
		return new WorkflowTrigger(this.signal, this.where, this.key, StepArguments.of(this.arguments, NAMES));
	}

}
