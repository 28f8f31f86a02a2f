package io.theus.heavy;

import java.nio.ByteBuffer;

import io.theus.DType;

/**
 * Integers of four bytes, with or without sign.
 */
final class IntLane extends Lane {

	private final long mask;

	IntLane(DType dtype) {
		super(dtype);
		this.mask = (dtype == DType.INT32) ? -1 : 0xFFFF_FFFFL;
	}

	@Override
	double getDouble(ByteBuffer window, int at) {
		return window.getInt(at) & this.mask;
	}

	@Override
	long getLong(ByteBuffer window, int at) {
		return window.getInt(at) & this.mask;
	}

	@Override
	void setDouble(ByteBuffer window, int at, double value) {
		window.putInt(at, (int) (long) value);
	}

	@Override
	void setLong(ByteBuffer window, int at, long value) {
		window.putInt(at, (int) value);
	}

	@Override
	Object scratch(int elements) {
		return new int[elements];
	}

	@Override
	void load(ByteBuffer window, int at, Object scratch, double[] to, int count) {
		int[] raw = (int[]) scratch;
		part(window, at, count).asIntBuffer().get(raw, 0, count);
		for (int i = 0; i < count; i++) {
			to[i] = raw[i] & this.mask;
		}
	}

	@Override
	void load(ByteBuffer window, int at, Object scratch, long[] to, int count) {
		int[] raw = (int[]) scratch;
		part(window, at, count).asIntBuffer().get(raw, 0, count);
		for (int i = 0; i < count; i++) {
			to[i] = raw[i] & this.mask;
		}
	}

	@Override
	void store(ByteBuffer window, int at, Object scratch, double[] from, int count) {
		int[] raw = (int[]) scratch;
		for (int i = 0; i < count; i++) {
			raw[i] = (int) (long) from[i];
		}
		part(window, at, count).asIntBuffer().put(raw, 0, count);
	}

	@Override
	void store(ByteBuffer window, int at, Object scratch, long[] from, int count) {
		int[] raw = (int[]) scratch;
		for (int i = 0; i < count; i++) {
			raw[i] = (int) from[i];
		}
		part(window, at, count).asIntBuffer().put(raw, 0, count);
	}

}
