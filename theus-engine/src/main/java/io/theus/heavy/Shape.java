package io.theus.heavy;

import java.util.Arrays;
import java.util.List;

import io.theus.DType;

/**
 * The lengths of the dimensions of an array, the slowest first: elements of the last
 * dimension lie side by side. Immutable.
 */
final class Shape {

	private final long[] lengths;

	private final long size;

	private Shape(long[] lengths, long size) {
		this.lengths = lengths;
		this.size = size;
	}

	static Shape of(List<Long> lengths) {
		return of(lengths.stream().mapToLong(Long::longValue).toArray());
	}

	static Shape of(long... lengths) {
		long size = 1;
		for (long length : lengths) {
			if (length < 1) {
				throw new HeavyShapeException("shape %s has a dimension without elements, use lengths of at least 1"
					.formatted(Arrays.toString(lengths)), lengths);
			}
			try {
				size = Math.multiplyExact(size, length);
			}
			catch (ArithmeticException ex) {
				throw new HeavyShapeException(
						"shape %s has too many elements, at most 2^63 - 1".formatted(Arrays.toString(lengths)),
						lengths);
			}
		}
		if (lengths.length == 0) {
			throw new HeavyShapeException("shape has no dimension, use [1] for a single element", lengths);
		}
		return new Shape(lengths.clone(), size);
	}

	int dimensions() {
		return this.lengths.length;
	}

	long length(int dimension) {
		return this.lengths[dimension];
	}

	long size() {
		return this.size;
	}

	long indexOf(long... indices) {
		if (indices.length != this.lengths.length) {
			throw new HeavyShapeException("element %s cannot be in shape %s: dimensions=%d, expected=%d"
				.formatted(Arrays.toString(indices), this, indices.length, this.lengths.length), indices);
		}
		long index = 0;
		for (int i = 0; i < indices.length; i++) {
			if (indices[i] < 0 || indices[i] >= this.lengths[i]) {
				throw new IndexOutOfBoundsException(
						"element %s is outside of shape %s".formatted(Arrays.toString(indices), this));
			}
			index = index * this.lengths[i] + indices[i];
		}
		return index;
	}

	List<Long> toList() {
		return Arrays.stream(this.lengths).boxed().toList();
	}

	// The size of as many elements of a type
	long bytes(DType dtype) {
		try {
			return Math.multiplyExact(this.size, dtype.bytes());
		}
		catch (ArithmeticException ex) {
			throw new HeavyShapeException("shape %s of %s has too many bytes, at most 2^63 - 1".formatted(this, dtype),
					this.lengths);
		}
	}

	Shape withoutFirst() {
		return of(Arrays.copyOfRange(this.lengths, 1, this.lengths.length));
	}

	// What is left when the place in the first dimension is a range
	Shape withFirst(long length) {
		long[] changed = this.lengths.clone();
		changed[0] = length;
		return of(changed);
	}

	// The elements below one place in the first dimension
	long rowSize() {
		return this.size / this.lengths[0];
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Shape shape && Arrays.equals(this.lengths, shape.lengths);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.lengths);
	}

	@Override
	public String toString() {
		return Arrays.toString(this.lengths);
	}

}
