package io.theus.heavy;

import java.nio.ByteBuffer;

import io.theus.DType;

/**
 * Reads and writes elements of one type: one by one, or many by way of an array of Java,
 * which loops over them are compiled best for. Positions are in bytes. Stateless.
 */
abstract class Lane {

	final DType dtype;

	final int shift;

	Lane(DType dtype) {
		this.dtype = dtype;
		this.shift = Integer.numberOfTrailingZeros(dtype.bytes());
	}

	static Lane of(DType dtype) {
		return switch (dtype) {
			case BOOL, INT8, UINT8 -> new ByteLane(dtype);
			case INT16, UINT16 -> new ShortLane(dtype);
			case INT32, UINT32 -> new IntLane(dtype);
			case INT64 -> new LongLane();
			case FLOAT32 -> new FloatLane();
			case FLOAT64 -> new DoubleLane();
		};
	}

	abstract double getDouble(ByteBuffer window, int at);

	abstract long getLong(ByteBuffer window, int at);

	abstract void setDouble(ByteBuffer window, int at, double value);

	abstract void setLong(ByteBuffer window, int at, long value);

	// An array in which a few elements fit as they are in memory
	abstract Object scratch(int elements);

	abstract void load(ByteBuffer window, int at, Object scratch, double[] to, int count);

	abstract void load(ByteBuffer window, int at, Object scratch, long[] to, int count);

	abstract void store(ByteBuffer window, int at, Object scratch, double[] from, int count);

	abstract void store(ByteBuffer window, int at, Object scratch, long[] from, int count);

	final ByteBuffer part(ByteBuffer window, int at, int count) {
		return window.slice(at, count << this.shift).order(window.order());
	}

}
