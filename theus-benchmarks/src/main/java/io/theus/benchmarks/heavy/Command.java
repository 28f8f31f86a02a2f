package io.theus.benchmarks.heavy;

import java.util.stream.Stream;

/**
 * What a receiver is told. It answers each command with one number.
 *
 * @since 0.1.0
 */
public enum Command {

	/** Take the array, sum it, and forget it; answered with the sum. */
	TAKE_AND_SUM('a', true),

	/** Take the array and forget it; answered with its first number. */
	TAKE('t', true),

	/** Take the array, sum it, and keep it; answered with the sum. */
	TAKE_AND_KEEP('k', true),

	/**
	 * Sum the array that is kept; answered with the sum. A receiver that has a copy finds
	 * it as it was.
	 */
	SUM_KEPT('s', false),

	/** Collect garbage; answered with zero. */
	COLLECT('c', false);

	private final char code;

	private final boolean taking;

	Command(char code, boolean taking) {
		this.code = code;
		this.taking = taking;
	}

	/**
	 * Find a command.
	 * @param code its letter
	 * @return the command
	 */
	static Command of(int code) {
		return Stream.of(values())
			.filter((command) -> command.code == code)
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("command is not known: code=" + code));
	}

	char code() {
		return this.code;
	}

	boolean isTaking() {
		return this.taking;
	}

}
