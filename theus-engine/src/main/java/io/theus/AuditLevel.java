package io.theus;

/**
 * What follows when an audit rule or an invariant is violated.
 *
 * @since 0.1.0
 */
public enum AuditLevel {

	/**
	 * The work is rolled back and the engine stops until somebody lets it go on.
	 */
	STOP('S'),

	/**
	 * The work is rolled back, and a run that it is a step of ends, whatever it would
	 * catch.
	 */
	ABORT('A'),

	/**
	 * The violation is tolerated and counted up to a threshold, and refused above it.
	 */
	BLOCK('B'),

	/**
	 * The violation is counted and noted, nothing else.
	 */
	COUNT('C'),

	/**
	 * The rule is not checked.
	 */
	IGNORE('I');

	private final char letter;

	AuditLevel(char letter) {
		this.letter = letter;
	}

	/**
	 * Return the short name.
	 * @return one of {@code S A B C I}
	 */
	public char letter() {
		return this.letter;
	}

}
