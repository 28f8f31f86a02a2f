package io.theus.heavy;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;

import io.theus.internal.memory.Region;

/**
 * A run of elements in memory that is mapped. Whoever has one must keep the memory from
 * being given to somebody else.
 */
final class Span {

	private static final long WINDOW = (1L << Region.WINDOW_BITS) - 1;

	private final ByteBuffer[] windows;

	final Lane lane;

	private final long first;

	final long size;

	Span(ByteBuffer[] windows, Lane lane, long first, long size) {
		this.windows = windows;
		this.lane = lane;
		this.first = first;
		this.size = size;
	}

	// The window that has the element and up to a gibibyte after it
	ByteBuffer window(long index) {
		return window(this.windows, position(index));
	}

	static ByteBuffer window(ByteBuffer[] windows, long position) {
		return windows[(int) (position >>> Region.WINDOW_BITS)];
	}

	DoubleBuffer doubles(long index, int count) {
		return this.lane.part(window(index), at(index), count).asDoubleBuffer();
	}

	// Where in its window the element is
	int at(long index) {
		return within(position(index));
	}

	static int within(long position) {
		return (int) (position & WINDOW);
	}

	private long position(long index) {
		return (this.first + index) << this.lane.shift;
	}

	// Whether writing here in order would overwrite what is to be read there later
	boolean isBehind(Span other) {
		return this.windows == other.windows && position(0) > other.position(0)
				&& position(0) < other.position(other.size);
	}

}
