package io.theus.heavy;

import io.theus.HeavyDescriptor;

/**
 * Memory from when it is given out until it is freed. Counts are guarded by
 * {@link Blocks}; the two facts that views ask for at each access are volatile and only
 * ever become true.
 */
final class Block {

	final HeavyDescriptor descriptor;

	final Segment segment;

	// The array that was given out is open, and was not published as a buffer of a ring
	boolean owned = true;

	// Paths of the head
	int references;

	// Attempts
	int holds;

	// Open views outside of attempts, without the array that was given out
	int pins;

	// The version that replaced the last reference
	long retiredAt;

	volatile boolean published;

	volatile boolean freed;

	Block(HeavyDescriptor descriptor, Segment segment) {
		this.descriptor = descriptor;
		this.segment = segment;
	}

	HeavyState state() {
		if (!this.published) {
			return HeavyState.PRIVATE;
		}
		return (this.references > 0) ? HeavyState.PUBLISHED : HeavyState.RETIRED;
	}

}
