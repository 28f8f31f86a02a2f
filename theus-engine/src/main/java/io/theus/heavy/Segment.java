package io.theus.heavy;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Memory that this engine owns. It is given out once, or again and again if it belongs to
 * a ring; what it is given out as is a {@link Block}. Fields that change are guarded by
 * {@link Blocks}, the memory is written by whoever has it.
 */
final class Segment {

	final String name;

	final long bytes;

	final Capacity.@Nullable Share share;

	final @Nullable HeavyRing ring;

	// Null when the memory has lost its name, so that what still refers to this does not
	// keep it mapped
	volatile ByteBuffer @Nullable [] windows;

	@Nullable Block block;

	long uses;

	Segment(String name, long bytes, ByteBuffer[] windows, Capacity.@Nullable Share share, @Nullable HeavyRing ring) {
		this.name = name;
		this.bytes = bytes;
		this.windows = windows;
		this.share = share;
		this.ring = ring;
	}

}
