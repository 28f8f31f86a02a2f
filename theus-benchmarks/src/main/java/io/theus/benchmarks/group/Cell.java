package io.theus.benchmarks.group;

/**
 * One place in a group's table.
 *
 * @param candidate who is measured
 * @param column under which conditions
 * @since 0.1.0
 */
public record Cell(Candidate candidate, String column) {

	@Override
	public String toString() {
		return this.candidate.name() + ", " + this.column;
	}

}
