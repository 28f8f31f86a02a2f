package io.theus.signal;

import io.theus.error.TheusException;

/**
 * Thrown to a subscriber that read so slowly that signals were overwritten before it came
 * to them. The subscription has moved to the oldest retained signal: the next poll
 * continues there.
 *
 * @since 0.1.0
 */
public final class SignalLagException extends TheusException {

	private final String pattern;

	private final long missed;

	private final int capacity;

	SignalLagException(String pattern, long missed, int capacity) {
		super("subscription '" + pattern + "' missed " + missed + " signals: missed=" + missed + ", capacity="
				+ capacity + ", reading continues at the oldest retained signal, read faster or raise "
				+ "theus.signals.capacity");
		this.pattern = pattern;
		this.missed = missed;
		this.capacity = capacity;
	}

	/**
	 * Return which subscription fell behind.
	 * @return its pattern
	 */
	public String pattern() {
		return this.pattern;
	}

	/**
	 * Return how much was lost. Signals of all topics count, because what was overwritten
	 * can no longer be matched against the pattern.
	 * @return the number of signals
	 */
	public long missed() {
		return this.missed;
	}

	/**
	 * Return the size of the hub.
	 * @return how many signals it retains
	 */
	public int capacity() {
		return this.capacity;
	}

}
