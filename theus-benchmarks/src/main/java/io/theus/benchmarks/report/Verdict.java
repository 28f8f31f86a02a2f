package io.theus.benchmarks.report;

import io.theus.benchmarks.group.Target;

/**
 * Whether a target is met.
 *
 * @param target the target
 * @param outcome whether the medians meet it
 * @param value what the medians give, without meaning if it is not measured
 * @param roundsMet in how many rounds it is met
 * @param rounds how many rounds there are
 * @since 0.1.0
 */
public record Verdict(Target target, Outcome outcome, double value, int roundsMet, int rounds) {

	/**
	 * Decide about a target. Rounds are compared with themselves as well, because what
	 * the machine does beside meets both sides of one round, and the count says more than
	 * two medians.
	 * @param target the target
	 * @param subject the figure of the one that has to reach it
	 * @param reference the figure of the one that it is compared with, in the same rounds
	 * @return the verdict
	 */
	static Verdict of(Target target, Series subject, Series reference) {
		int rounds = Math.min(subject.values().size(), reference.values().size());
		int roundsMet = 0;
		for (int round = 0; round < rounds; round++) {
			double value = target.measure().compare(subject.values().get(round), reference.values().get(round));
			if (target.isMetBy(value)) {
				roundsMet++;
			}
		}
		double value = target.measure().compare(subject.median(), reference.median());
		return new Verdict(target, target.isMetBy(value) ? Outcome.MET : Outcome.MISSED, value, roundsMet, rounds);
	}

	static Verdict notMeasured(Target target) {
		return new Verdict(target, Outcome.NOT_MEASURED, Double.NaN, 0, 0);
	}

	/**
	 * What a verdict says.
	 *
	 * @since 0.1.0
	 */
	public enum Outcome {

		/** The medians meet the target. */
		MET,

		/** The medians do not meet the target. */
		MISSED,

		/** One of the two has no result that counts. */
		NOT_MEASURED

	}

}
