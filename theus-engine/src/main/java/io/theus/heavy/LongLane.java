package io.theus.heavy;

import java.nio.ByteBuffer;

import io.theus.DType;

/**
 * Integers of eight bytes. Nothing lies between memory and an array of {@code long}.
 */
final class LongLane extends Lane {

	LongLane() {
		super(DType.INT64);
	}

	@Override
	double getDouble(ByteBuffer window, int at) {
		return window.getLong(at);
	}

	@Override
	long getLong(ByteBuffer window, int at) {
		return window.getLong(at);
	}

	@Override
	void setDouble(ByteBuffer window, int at, double value) {
		window.putLong(at, (long) value);
	}

	@Override
	void setLong(ByteBuffer window, int at, long value) {
		window.putLong(at, value);
	}

	@Override
	Object scratch(int elements) {
		return new long[elements];
	}

	@Override
	void load(ByteBuffer window, int at, Object scratch, double[] to, int count) {
		long[] raw = (long[]) scratch;
		load(window, at, scratch, raw, count);
		for (int i = 0; i < count; i++) {
			to[i] = raw[i];
		}
	}

	@Override
	void load(ByteBuffer window, int at, Object scratch, long[] to, int count) {
		part(window, at, count).asLongBuffer().get(to, 0, count);
	}

	@Override
	void store(ByteBuffer window, int at, Object scratch, double[] from, int count) {
		long[] raw = (long[]) scratch;
		for (int i = 0; i < count; i++) {
			raw[i] = (long) from[i];
		}
		store(window, at, scratch, raw, count);
	}

	@Override
	void store(ByteBuffer window, int at, Object scratch, long[] from, int count) {
		part(window, at, count).asLongBuffer().put(from, 0, count);
	}

}
