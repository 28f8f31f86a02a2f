package io.theus.workflow;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

import io.theus.expression.Expression;

/**
 * Says what a step waits for, how long, and what follows.
 * <p>
 * Not safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class WaitBuilder {

	private final Set<String> names;

	private final WaitDraft draft;

	WaitBuilder(Set<String> names, WaitDraft draft) {
		this.names = names;
		this.draft = draft;
	}

	/**
	 * Wait for a signal of which something holds.
	 * @param condition an expression, in which {@code payload} is the payload
	 * @return this
	 * @throws IllegalArgumentException if the step does not wait for a signal
	 */
	public WaitBuilder where(String condition) {
		Set<String> withPayload = StepRules.with(this.names, StepRules.PAYLOAD);
		this.draft.where(new Condition(Expression.compile(condition, withPayload), null));
		return this;
	}

	/**
	 * Wait no longer than a time; then the step fails unless it says what runs
	 * {@linkplain #otherwise otherwise}.
	 * @param timeout positive, at most 36,500 days
	 * @return this
	 */
	public WaitBuilder timeout(Duration timeout) {
		return timeout(timeout.toString());
	}

	/**
	 * Wait no longer than a time that is computed when the wait begins.
	 * @param timeout an expression in <code>#{}</code>, or a duration such as {@code 10m}
	 * @return this
	 */
	public WaitBuilder timeout(String timeout) {
		this.draft.timeout(StepRules.time(Operand.of(timeout, this.names)));
		return this;
	}

	/**
	 * Add steps that run when what is waited for has come.
	 * @param steps adds the steps
	 * @return this
	 */
	public WaitBuilder then(Consumer<StepsBuilder> steps) {
		this.draft.then(StepsBuilder.collect(this.names, steps));
		return this;
	}

	/**
	 * Add steps that run when the time is over.
	 * @param steps adds the steps
	 * @return this
	 */
	public WaitBuilder otherwise(Consumer<StepsBuilder> steps) {
		this.draft.otherwise(StepsBuilder.collect(this.names, steps));
		return this;
	}

}
