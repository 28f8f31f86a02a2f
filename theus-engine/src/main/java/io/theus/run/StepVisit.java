package io.theus.run;

import org.jspecify.annotations.Nullable;

/**
 * A step that a run has visited, in the order of {@link Run#history()}. A loop is visited
 * anew before each iteration.
 *
 * @param step the id of the step
 * @param address where the step stands in the workflow
 * @param outcome what became of it
 * @param block for {@link Outcome#ENTERED} and {@link Outcome#CAUGHT} the part of the
 * step that was entered, such as {@code then}; {@code null} otherwise
 * @since 0.1.0
 */
public record StepVisit(String step, String address, Outcome outcome, @Nullable String block) {

	/**
	 * What became of a visited step.
	 */
	public enum Outcome {

		/**
		 * It is over: its process has committed, what it waited for has come.
		 */
		COMPLETED,

		/**
		 * Its process or its expression has failed.
		 */
		FAILED,

		/**
		 * The run has gone into one of its blocks.
		 */
		ENTERED,

		/**
		 * The run has gone past it because no condition held.
		 */
		PASSED,

		/**
		 * The run has begun to wait at it.
		 */
		WAITING,

		/**
		 * Its process has failed and will be tried again.
		 */
		RETRIED,

		/**
		 * Its process has failed as declared; other steps replace it.
		 */
		CAUGHT,

		/**
		 * What it had committed was undone.
		 */
		COMPENSATED

	}

}
