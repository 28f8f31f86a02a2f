package io.theus.heavy;

import java.nio.ByteBuffer;

import io.theus.DType;

/**
 * Elements of one byte: integers with or without sign, and truth, of which all but zero
 * is true.
 */
final class ByteLane extends Lane {

	private final long mask;

	private final boolean logical;

	ByteLane(DType dtype) {
		super(dtype);
		this.mask = (dtype == DType.INT8) ? -1 : 0xFFL;
		this.logical = dtype == DType.BOOL;
	}

	@Override
	double getDouble(ByteBuffer window, int at) {
		return window.get(at) & this.mask;
	}

	@Override
	long getLong(ByteBuffer window, int at) {
		return window.get(at) & this.mask;
	}

	@Override
	void setDouble(ByteBuffer window, int at, double value) {
		window.put(at, narrow(value));
	}

	@Override
	void setLong(ByteBuffer window, int at, long value) {
		window.put(at, narrow(value));
	}

	@Override
	Object scratch(int elements) {
		return new byte[elements];
	}

	@Override
	void load(ByteBuffer window, int at, Object scratch, double[] to, int count) {
		byte[] raw = (byte[]) scratch;
		part(window, at, count).get(raw, 0, count);
		for (int i = 0; i < count; i++) {
			to[i] = raw[i] & this.mask;
		}
	}

	@Override
	void load(ByteBuffer window, int at, Object scratch, long[] to, int count) {
		byte[] raw = (byte[]) scratch;
		part(window, at, count).get(raw, 0, count);
		for (int i = 0; i < count; i++) {
			to[i] = raw[i] & this.mask;
		}
	}

	@Override
	void store(ByteBuffer window, int at, Object scratch, double[] from, int count) {
		byte[] raw = (byte[]) scratch;
		for (int i = 0; i < count; i++) {
			raw[i] = narrow(from[i]);
		}
		part(window, at, count).put(raw, 0, count);
	}

	@Override
	void store(ByteBuffer window, int at, Object scratch, long[] from, int count) {
		byte[] raw = (byte[]) scratch;
		for (int i = 0; i < count; i++) {
			raw[i] = narrow(from[i]);
		}
		part(window, at, count).put(raw, 0, count);
	}

	private byte narrow(long value) {
		return this.logical ? (byte) ((value != 0) ? 1 : 0) : (byte) value;
	}

	// A fraction is true as well
	private byte narrow(double value) {
		return this.logical ? (byte) ((value != 0) ? 1 : 0) : (byte) (long) value;
	}

}
