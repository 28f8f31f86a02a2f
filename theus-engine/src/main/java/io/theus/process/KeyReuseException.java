package io.theus.process;

import io.theus.error.TheusException;

/**
 * A process was called with a key that belongs to an execution with other arguments.
 *
 * @since 0.1.0
 */
public final class KeyReuseException extends TheusException {

	private static final int SHORT = 12;

	private final String process;

	private final String key;

	private final String recorded;

	private final String given;

	KeyReuseException(String process, String key, String recorded, String given) {
		super("a key of process '%s' belongs to an execution with other arguments: length=%d recorded=%s given=%s, use another key for another call"
			.formatted(process, key.length(), recorded.substring(0, SHORT), given.substring(0, SHORT)));
		this.process = process;
		this.key = key;
		this.recorded = recorded;
		this.given = given;
	}

	/**
	 * Return the process.
	 * @return its id
	 */
	public String process() {
		return this.process;
	}

	/**
	 * Return the key.
	 * @return the key
	 */
	public String key() {
		return this.key;
	}

	/**
	 * Return the fingerprint of the arguments of the execution that has the key.
	 * @return a digest, lower-case hexadecimal
	 */
	public String recorded() {
		return this.recorded;
	}

	/**
	 * Return the fingerprint of the arguments of this call.
	 * @return a digest, lower-case hexadecimal
	 */
	public String given() {
		return this.given;
	}

}
