package io.theus.invariant;

import java.util.List;

import io.theus.audit.rule.Violation;

/**
 * What the invariants make of a commit.
 *
 * @param memory the memory of the version that it makes
 * @param overruled what would have refused it if it could be refused
 * @since 0.1.0
 */
public record Judged(InvariantMemory memory, List<Violation> overruled) {

	/**
	 * Copy the list.
	 */
	public Judged {
		overruled = List.copyOf(overruled);
	}

}
