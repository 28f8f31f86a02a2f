package io.theus.heavy;

import io.theus.HeavyDescriptor;
import io.theus.error.TheusException;

/**
 * The memory that a descriptor stands for is there no more: it was replaced and freed,
 * its ring has used it again, or its owner has ended.
 *
 * @since 0.1.0
 */
public final class HeavyGoneException extends TheusException {

	private final HeavyDescriptor descriptor;

	/**
	 * Create the exception.
	 * @param descriptor what was to be used
	 * @param reason what has become of it
	 */
	public HeavyGoneException(HeavyDescriptor descriptor, String reason) {
		super("heavy array '%s' is gone, %s: segment=%s, use=%d, read the descriptor that the state has now"
			.formatted(descriptor.name(), reason, descriptor.segment(), descriptor.use()));
		this.descriptor = descriptor;
	}

	/**
	 * Return what was to be used.
	 * @return the descriptor
	 */
	public HeavyDescriptor descriptor() {
		return this.descriptor;
	}

}
