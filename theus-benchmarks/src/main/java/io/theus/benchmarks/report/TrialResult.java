package io.theus.benchmarks.report;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.benchmarks.group.Trial;

/**
 * What came out of a trial.
 *
 * @param trial the trial
 * @param speeds operations per second of all its threads together, one number per round;
 * without meaning if the trial failed
 * @param failure why the trial does not count, {@code null} if it does
 * @since 0.1.0
 */
public record TrialResult(Trial trial, List<Double> speeds, @Nullable String failure) {

	/**
	 * Create a result.
	 */
	public TrialResult {
		speeds = List.copyOf(speeds);
	}

	/**
	 * Return whether this result counts.
	 * @return {@code true} if the trial ran and its check passed in every round
	 */
	public boolean counts() {
		return this.failure == null && !this.speeds.isEmpty();
	}

	/**
	 * Return the operations per second of all threads together.
	 * @return one number per round
	 */
	Series speed() {
		return new Series(this.speeds);
	}

	/**
	 * Return how long one operation takes on its thread.
	 * @return nanoseconds, one number per round
	 */
	Series nanos() {
		return new Series(this.speeds.stream().map((speed) -> this.trial.threads() * 1e9 / speed).toList());
	}

}
