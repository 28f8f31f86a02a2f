package io.theus.heavy;

import io.theus.error.TheusException;

/**
 * All buffers of a ring are in use.
 *
 * @since 0.1.0
 */
public final class HeavyRingFullException extends TheusException {

	private final String path;

	private final int buffers;

	private final int filling;

	private final int published;

	private final int awaited;

	/**
	 * Create the exception.
	 * @param path the path of the ring
	 * @param buffers how many it has
	 * @param filling how many are given out and not in the state yet
	 * @param published how many are in the state
	 * @param awaited how many were replaced, while an attempt or a view may show them
	 */
	public HeavyRingFullException(String path, int buffers, int filling, int published, int awaited) {
		super("ring '%s' has no free buffer: buffers=%d, filling=%d, published=%d, stillRead=%d, close what is not published or give it more buffers"
			.formatted(path, buffers, filling, published, awaited));
		this.path = path;
		this.buffers = buffers;
		this.filling = filling;
		this.published = published;
		this.awaited = awaited;
	}

	/**
	 * Return which ring it is.
	 * @return its path
	 */
	public String path() {
		return this.path;
	}

	/**
	 * Return how many buffers the ring has.
	 * @return the number of buffers
	 */
	public int buffers() {
		return this.buffers;
	}

	/**
	 * Return how many buffers are given out and not in the state yet.
	 * @return the number of buffers
	 */
	public int filling() {
		return this.filling;
	}

	/**
	 * Return how many buffers are in the state.
	 * @return the number of buffers
	 */
	public int published() {
		return this.published;
	}

	/**
	 * Return how many buffers were replaced while an attempt or a view may show them.
	 * @return the number of buffers
	 */
	public int awaited() {
		return this.awaited;
	}

}
