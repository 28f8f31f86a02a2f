package io.theus.benchmarks.report;

import java.util.List;

/**
 * One number per round, in the order of the rounds.
 *
 * @param values the numbers, at least one
 * @since 0.1.0
 */
public record Series(List<Double> values) {

	/**
	 * Create a series.
	 * @throws IllegalArgumentException if there are no numbers
	 */
	public Series {
		values = List.copyOf(values);
		if (values.isEmpty()) {
			throw new IllegalArgumentException("series is empty: values=0, give at least one");
		}
	}

	/**
	 * Return the median.
	 * @return the number in the middle, or the mean of the two in the middle
	 */
	public double median() {
		List<Double> sorted = this.values.stream().sorted().toList();
		int upper = sorted.size() / 2;
		if (sorted.size() % 2 == 1) {
			return sorted.get(upper);
		}
		return (sorted.get(upper - 1) + sorted.get(upper)) / 2;
	}

	/**
	 * Return the smallest number.
	 * @return the minimum
	 */
	public double min() {
		return this.values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
	}

	/**
	 * Return the largest number.
	 * @return the maximum
	 */
	public double max() {
		return this.values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
	}

}
