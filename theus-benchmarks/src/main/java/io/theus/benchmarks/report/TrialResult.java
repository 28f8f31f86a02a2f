package io.theus.benchmarks.report;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.theus.benchmarks.group.Figure;
import io.theus.benchmarks.group.Trial;

/**
 * What came out of a trial.
 *
 * @param trial the trial
 * @param samples one per round; without meaning if the trial failed
 * @param failure why the trial does not count, {@code null} if it does
 * @since 0.1.0
 */
public record TrialResult(Trial trial, List<Sample> samples, @Nullable String failure) {

	/**
	 * Create a result.
	 */
	public TrialResult {
		samples = List.copyOf(samples);
	}

	/**
	 * Return whether this result counts.
	 * @return {@code true} if the trial ran and its check passed in every round
	 */
	public boolean counts() {
		return this.failure == null && !this.samples.isEmpty();
	}

	/**
	 * Return a figure of every round.
	 * @param figure the figure
	 * @return one number per round, none if the trial does not have this figure
	 */
	public List<Double> values(Figure figure) {
		return this.samples.stream().map((sample) -> sample.figures().get(figure)).filter(Objects::nonNull).toList();
	}

	boolean has(Figure figure) {
		return counts() && !values(figure).isEmpty();
	}

	Series series(Figure figure) {
		return new Series(values(figure));
	}

	/**
	 * Return the operations per second of all threads together.
	 * @return one number per round
	 */
	Series speed() {
		return series(Figure.SPEED);
	}

	/**
	 * Return how long one operation takes on its thread.
	 * @return nanoseconds, one number per round
	 */
	Series nanos() {
		return new Series(values(Figure.SPEED).stream().map((speed) -> this.trial.threads() * 1e9 / speed).toList());
	}

}
