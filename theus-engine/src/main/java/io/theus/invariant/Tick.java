package io.theus.invariant;

import java.time.Duration;

import io.theus.path.PathPattern;

/**
 * What begins a new tick. Values compare with what they were when the tick began, which
 * is before the commit that begins it.
 * <p>
 * Immutable and safe for use by several threads.
 *
 * @since 0.1.0
 */
public sealed interface Tick {

	/**
	 * Each commit is a tick of its own.
	 * @return the tick
	 */
	static Tick commit() {
		return new EachCommit();
	}

	/**
	 * A commit that changes a place begins a tick.
	 * @param path the place, with {@code *} for any key
	 * @return the tick
	 * @throws io.theus.path.InvalidPathException if the path cannot be parsed
	 */
	static Tick path(String path) {
		return new EachChange(PathPattern.parse(path));
	}

	/**
	 * Each run of a workflow is a tick.
	 * @param workflow the name of the workflow
	 * @return the tick
	 */
	static Tick run(String workflow) {
		return new EachRun(workflow, false);
	}

	/**
	 * Each iteration of the outermost loop of a workflow is a tick.
	 * @param workflow the name of the workflow
	 * @return the tick
	 */
	static Tick iteration(String workflow) {
		return new EachRun(workflow, true);
	}

	/**
	 * Each period of time is a tick: with one hour, each hour of the clock in UTC.
	 * @param period how long a tick lasts, at least 1 ms
	 * @return the tick
	 * @throws IllegalArgumentException if the period is shorter
	 */
	static Tick every(Duration period) {
		return new Every(period);
	}

	/**
	 * Each commit.
	 */
	record EachCommit() implements Tick {

		@Override
		public String toString() {
			return "commit";
		}

	}

	/**
	 * Each change of a place.
	 *
	 * @param path the place
	 */
	record EachChange(PathPattern path) implements Tick {

		@Override
		public String toString() {
			return "path '%s'".formatted(this.path);
		}

	}

	/**
	 * Each run of a workflow.
	 *
	 * @param workflow the name of the workflow
	 * @param iterations whether each iteration of the outermost loop is a tick too
	 */
	record EachRun(String workflow, boolean iterations) implements Tick {

		@Override
		public String toString() {
			return "%s of workflow '%s'".formatted(this.iterations ? "iteration" : "run", this.workflow);
		}

	}

	/**
	 * Each period of time.
	 *
	 * @param period how long a tick lasts
	 */
	record Every(Duration period) implements Tick {

		/**
		 * Check the period.
		 * @throws IllegalArgumentException if it is shorter than 1 ms
		 */
		public Every {
			if (period.compareTo(Duration.ofMillis(1)) < 0) {
				throw new IllegalArgumentException(
						"a tick is too short: period=%s, use 1 ms or more".formatted(period));
			}
		}

		@Override
		public String toString() {
			return "period %s".formatted(this.period);
		}

	}

}
