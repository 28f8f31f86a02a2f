package io.theus.benchmarks.group;

/**
 * Who takes part in a group.
 *
 * @param name the name in tables
 * @param role what the candidate is there for
 * @since 0.1.0
 */
public record Candidate(String name, Role role) {

	/**
	 * What a candidate is there for.
	 *
	 * @since 0.1.0
	 */
	public enum Role {

		/** The one whose targets are checked. */
		THEUS,

		/** Does the same for its users, by other means. */
		PEER,

		/** Does less; shows what the work costs without what the others guarantee. */
		FLOOR

	}

}
