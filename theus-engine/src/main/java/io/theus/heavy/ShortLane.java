package io.theus.heavy;

import java.nio.ByteBuffer;

import io.theus.DType;

/**
 * Integers of two bytes, with or without sign.
 */
final class ShortLane extends Lane {

	private final long mask;

	ShortLane(DType dtype) {
		super(dtype);
		this.mask = (dtype == DType.INT16) ? -1 : 0xFFFFL;
	}

	@Override
	double getDouble(ByteBuffer window, int at) {
		return window.getShort(at) & this.mask;
	}

	@Override
	long getLong(ByteBuffer window, int at) {
		return window.getShort(at) & this.mask;
	}

	@Override
	void setDouble(ByteBuffer window, int at, double value) {
		window.putShort(at, (short) (long) value);
	}

	@Override
	void setLong(ByteBuffer window, int at, long value) {
		window.putShort(at, (short) value);
	}

	@Override
	Object scratch(int elements) {
		return new short[elements];
	}

	@Override
	void load(ByteBuffer window, int at, Object scratch, double[] to, int count) {
		short[] raw = (short[]) scratch;
		part(window, at, count).asShortBuffer().get(raw, 0, count);
		for (int i = 0; i < count; i++) {
			to[i] = raw[i] & this.mask;
		}
	}

	@Override
	void load(ByteBuffer window, int at, Object scratch, long[] to, int count) {
		short[] raw = (short[]) scratch;
		part(window, at, count).asShortBuffer().get(raw, 0, count);
		for (int i = 0; i < count; i++) {
			to[i] = raw[i] & this.mask;
		}
	}

	@Override
	void store(ByteBuffer window, int at, Object scratch, double[] from, int count) {
		short[] raw = (short[]) scratch;
		for (int i = 0; i < count; i++) {
			raw[i] = (short) (long) from[i];
		}
		part(window, at, count).asShortBuffer().put(raw, 0, count);
	}

	@Override
	void store(ByteBuffer window, int at, Object scratch, long[] from, int count) {
		short[] raw = (short[]) scratch;
		for (int i = 0; i < count; i++) {
			raw[i] = (short) from[i];
		}
		part(window, at, count).asShortBuffer().put(raw, 0, count);
	}

}
