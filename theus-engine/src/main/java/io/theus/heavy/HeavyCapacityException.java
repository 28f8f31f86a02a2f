package io.theus.heavy;

import org.jspecify.annotations.Nullable;

import io.theus.error.TheusException;

/**
 * There is no room for an array, either because the engine may not use more, or because
 * the system has no more.
 *
 * @since 0.1.0
 */
public final class HeavyCapacityException extends TheusException {

	private final String key;

	private final long bytes;

	private final long used;

	private final long capacity;

	private final long available;

	/**
	 * Create the exception.
	 * @param key what the array was to be called
	 * @param bytes how many were wanted
	 * @param used how many the engine uses
	 * @param capacity how many it may use
	 * @param available how many the system has left for shared memory, -1 if it does not
	 * say
	 * @param cause what the system has answered, {@code null} if it was not asked
	 */
	public HeavyCapacityException(String key, long bytes, long used, long capacity, long available,
			@Nullable Throwable cause) {
		super("no room for heavy array '%s': bytes=%d, used=%d, capacity=%d, availableInSystem=%s, %s".formatted(key,
				bytes, used, capacity, (available < 0) ? "unknown" : available,
				(cause != null) ? "free arrays or give the system more shared memory (/dev/shm)"
						: "close or replace arrays, or raise 'theus.heavy.capacity'"),
				cause);
		this.key = key;
		this.bytes = bytes;
		this.used = used;
		this.capacity = capacity;
		this.available = available;
	}

	/**
	 * Return what the array was to be called.
	 * @return the key
	 */
	public String key() {
		return this.key;
	}

	/**
	 * Return how much was wanted.
	 * @return the number of bytes
	 */
	public long bytes() {
		return this.bytes;
	}

	/**
	 * Return how much the engine uses.
	 * @return the number of bytes
	 */
	public long used() {
		return this.used;
	}

	/**
	 * Return how much the engine may use.
	 * @return the number of bytes
	 */
	public long capacity() {
		return this.capacity;
	}

	/**
	 * Return how much the system has left for shared memory.
	 * @return the number of bytes, -1 if the system does not say
	 */
	public long available() {
		return this.available;
	}

}
