package io.theus.heavy;

import java.nio.ByteBuffer;

import io.theus.DType;

/**
 * Floating-point numbers of eight bytes. Nothing lies between memory and an array of
 * {@code double}.
 */
final class DoubleLane extends Lane {

	DoubleLane() {
		super(DType.FLOAT64);
	}

	@Override
	double getDouble(ByteBuffer window, int at) {
		return window.getDouble(at);
	}

	@Override
	long getLong(ByteBuffer window, int at) {
		return (long) window.getDouble(at);
	}

	@Override
	void setDouble(ByteBuffer window, int at, double value) {
		window.putDouble(at, value);
	}

	@Override
	void setLong(ByteBuffer window, int at, long value) {
		window.putDouble(at, (double) value);
	}

	@Override
	Object scratch(int elements) {
		return new double[elements];
	}

	@Override
	void load(ByteBuffer window, int at, Object scratch, double[] to, int count) {
		part(window, at, count).asDoubleBuffer().get(to, 0, count);
	}

	@Override
	void load(ByteBuffer window, int at, Object scratch, long[] to, int count) {
		double[] raw = (double[]) scratch;
		load(window, at, scratch, raw, count);
		for (int i = 0; i < count; i++) {
			to[i] = (long) raw[i];
		}
	}

	@Override
	void store(ByteBuffer window, int at, Object scratch, double[] from, int count) {
		part(window, at, count).asDoubleBuffer().put(from, 0, count);
	}

	@Override
	void store(ByteBuffer window, int at, Object scratch, long[] from, int count) {
		double[] raw = (double[]) scratch;
		for (int i = 0; i < count; i++) {
			raw[i] = from[i];
		}
		store(window, at, scratch, raw, count);
	}

}
