package io.theus;

import java.util.Locale;

/**
 * The type of the elements of a {@link HeavyArray}, named as in NumPy. Numbers that have
 * no sign are read as the next larger type of Java.
 *
 * @since 0.1.0
 */
public enum DType {

	/** True or false; one byte, which is 1 or 0. */
	BOOL(1, false),

	/** -128 to 127. */
	INT8(1, false),

	/** 0 to 255. */
	UINT8(1, false),

	/** -32,768 to 32,767. */
	INT16(2, false),

	/** 0 to 65,535. */
	UINT16(2, false),

	/** As {@code int}. */
	INT32(4, false),

	/** 0 to 4,294,967,295. */
	UINT32(4, false),

	/** As {@code long}. */
	INT64(8, false),

	/** As {@code float}. */
	FLOAT32(4, true),

	/** As {@code double}. */
	FLOAT64(8, true);

	private final int bytes;

	private final boolean floating;

	DType(int bytes, boolean floating) {
		this.bytes = bytes;
		this.floating = floating;
	}

	/**
	 * Return the size of an element.
	 * @return the number of bytes, a power of two
	 */
	public int bytes() {
		return this.bytes;
	}

	/**
	 * Return whether elements are floating-point numbers.
	 * @return whether they are
	 */
	public boolean isFloating() {
		return this.floating;
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
