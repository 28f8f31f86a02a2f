package io.theus.benchmarks.report;

import java.util.Map;

import io.theus.benchmarks.group.Figure;

/**
 * What one round of a trial yielded.
 *
 * @param figures the figures that the trial has, the speed among them
 * @since 0.1.0
 */
public record Sample(Map<Figure, Double> figures) {

	/**
	 * Create a sample.
	 */
	public Sample {
		figures = Map.copyOf(figures);
	}

	/**
	 * Create a sample of a trial that only has a speed.
	 * @param speed operations per second of all threads together
	 * @return the sample
	 */
	public static Sample ofSpeed(double speed) {
		return new Sample(Map.of(Figure.SPEED, speed));
	}

}
