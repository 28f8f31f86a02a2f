package io.theus.benchmarks.group;

/**
 * Something that Theus has to reach.
 *
 * @param subject the place that has to reach it
 * @param reference the place that it is compared with, the same if it is bounded by
 * itself
 * @param measure how the two are compared
 * @param limit the bound, in the unit of the measure
 * @since 0.1.0
 */
public record Target(Cell subject, Cell reference, Measure measure, double limit) {

	/**
	 * Create a target that bounds a figure by itself.
	 * @param subject the place that has to reach it
	 * @param measure what is bounded
	 * @param limit the bound
	 */
	public Target(Cell subject, Measure measure, double limit) {
		this(subject, subject, measure, limit);
	}

	/**
	 * Return whether a value reaches this target.
	 * @param value what {@link Measure#compare} returned
	 * @return {@code true} if it does
	 */
	public boolean isMetBy(double value) {
		return this.measure.isWithin(value, this.limit);
	}

	@Override
	public String toString() {
		return this.subject + ": " + this.measure.demand(this.limit) + referenceName();
	}

	private String referenceName() {
		if (this.reference.equals(this.subject)) {
			return "";
		}
		if (this.reference.column().equals(this.subject.column())) {
			return " " + this.reference.candidate().name();
		}
		if (this.reference.candidate().equals(this.subject.candidate())) {
			return " its own with " + this.reference.column();
		}
		return " " + this.reference;
	}

}
