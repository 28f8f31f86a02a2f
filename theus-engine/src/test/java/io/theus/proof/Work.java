package io.theus.proof;

import java.util.List;

/**
 * A transaction that has ended well.
 *
 * @param name what to call it in a report
 * @param invoked when its caller began, in nanoseconds
 * @param returned when its caller had the result
 * @param begin the version that it read
 * @param version the version that it made, the one that it read if it had no effect
 * @param committed whether it made a version
 * @param alone whether nothing at all may have changed between the two versions
 * @param accesses what it did, in order
 */
record Work(String name, long invoked, long returned, long begin, long version, boolean committed, boolean alone,
		List<Access> accesses) {

	boolean isBefore(Work other) {
		return this.returned < other.invoked;
	}

	@Override
	public String toString() {
		return "%s (snapshot %d, version %d)".formatted(this.name, this.begin, this.version);
	}

}
