package io.theus.run;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A step that a simulation has visited.
 *
 * @param visit the step and what became of it
 * @param time the virtual time since the beginning
 * @param values the expressions that were evaluated for it since it was visited last, in
 * order
 * @param call the process that it called, {@code null} for none
 * @since 0.1.0
 */
public record SimulatedStep(StepVisit visit, Duration time, List<Value> values, @Nullable Call call) {

	/**
	 * Create a step.
	 * @param visit what became of it
	 * @param time when
	 * @param values copied
	 * @param call what it called
	 */
	public SimulatedStep {
		values = List.copyOf(values);
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder().append(this.time).append("  ").append(this.visit.step());
		if (!this.visit.step().equals(this.visit.address())) {
			text.append("  (").append(this.visit.address()).append(')');
		}
		text.append("  ").append(this.visit.outcome());
		return (this.visit.block() != null) ? text.append(' ').append(this.visit.block()).toString() : text.toString();
	}

	/**
	 * An expression and its value.
	 *
	 * @param expression the expression as it was written: a condition, or a text in which
	 * expressions stand
	 * @param value its value
	 */
	public record Value(String expression, @Nullable Object value) {

		@Override
		public String toString() {
			return this.expression + " = " + this.value;
		}

	}

	/**
	 * A call of a process.
	 *
	 * @param process the id of the process
	 * @param arguments its arguments by name
	 * @param result what it, or what stood in for it, has returned
	 * @param failure what it has failed with, {@code null} if it has returned
	 */
	public record Call(String process, Map<String, @Nullable Object> arguments, @Nullable Object result,
			@Nullable Throwable failure) {

		/**
		 * Create a call.
		 * @param process the process
		 * @param arguments copied, order kept
		 * @param result what it has returned
		 * @param failure what it has failed with
		 */
		public Call {
			arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
		}

		@Override
		public String toString() {
			return this.process + ' ' + this.arguments
					+ ((this.failure != null) ? " failed: " + this.failure : " -> " + this.result);
		}

	}

}
