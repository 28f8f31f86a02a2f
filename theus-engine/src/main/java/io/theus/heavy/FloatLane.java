package io.theus.heavy;

import java.nio.ByteBuffer;

import io.theus.DType;

/**
 * Floating-point numbers of four bytes.
 */
final class FloatLane extends Lane {

	FloatLane() {
		super(DType.FLOAT32);
	}

	@Override
	double getDouble(ByteBuffer window, int at) {
		return window.getFloat(at);
	}

	@Override
	long getLong(ByteBuffer window, int at) {
		return (long) window.getFloat(at);
	}

	@Override
	void setDouble(ByteBuffer window, int at, double value) {
		window.putFloat(at, (float) value);
	}

	@Override
	void setLong(ByteBuffer window, int at, long value) {
		window.putFloat(at, (float) value);
	}

	@Override
	Object scratch(int elements) {
		return new float[elements];
	}

	@Override
	void load(ByteBuffer window, int at, Object scratch, double[] to, int count) {
		float[] raw = (float[]) scratch;
		part(window, at, count).asFloatBuffer().get(raw, 0, count);
		for (int i = 0; i < count; i++) {
			to[i] = raw[i];
		}
	}

	@Override
	void load(ByteBuffer window, int at, Object scratch, long[] to, int count) {
		float[] raw = (float[]) scratch;
		part(window, at, count).asFloatBuffer().get(raw, 0, count);
		for (int i = 0; i < count; i++) {
			to[i] = (long) raw[i];
		}
	}

	@Override
	void store(ByteBuffer window, int at, Object scratch, double[] from, int count) {
		float[] raw = (float[]) scratch;
		for (int i = 0; i < count; i++) {
			raw[i] = (float) from[i];
		}
		part(window, at, count).asFloatBuffer().put(raw, 0, count);
	}

	@Override
	void store(ByteBuffer window, int at, Object scratch, long[] from, int count) {
		float[] raw = (float[]) scratch;
		for (int i = 0; i < count; i++) {
			raw[i] = from[i];
		}
		part(window, at, count).asFloatBuffer().put(raw, 0, count);
	}

}
