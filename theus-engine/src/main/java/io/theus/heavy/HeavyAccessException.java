package io.theus.heavy;

import io.theus.error.TheusException;

/**
 * An array, or what it was reached through, may not be used that way: it is read-only,
 * has ended, or belongs to somebody else.
 *
 * @since 0.1.0
 */
public final class HeavyAccessException extends TheusException {

	private final String name;

	private final String action;

	/**
	 * Create the exception.
	 * @param name the name of the array
	 * @param action what was refused
	 * @param reason why, and what to do
	 */
	public HeavyAccessException(String name, String action, String reason) {
		super("%s of heavy array '%s' is refused, %s".formatted(action, name, reason));
		this.name = name;
		this.action = action;
	}

	/**
	 * Return which array it is.
	 * @return its name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return what was refused.
	 * @return the name of the action
	 */
	public String action() {
		return this.action;
	}

}
