package io.theus;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Numbers in memory that processes of this machine share: an array of any number of
 * dimensions, of which the elements of the last lie side by side. The state holds only a
 * {@link HeavyDescriptor}; replacing that is transactional, writing numbers is not: it is
 * seen at once and never rolled back.
 * <p>
 * This is a view; several views may show the same numbers. A view of a running attempt
 * ends with it. After its end every method fails; buffers that were taken before show
 * what has become of the memory, which may be the numbers of somebody else by then.
 * <p>
 * Where a method takes the index of an element, it counts all elements in their order;
 * {@link #index} finds it. Safe for use by several threads, as far as they use different
 * elements. Implemented by the engine only.
 *
 * @since 0.1.0
 */
public interface HeavyArray extends AutoCloseable {

	/**
	 * Return what stands for the array in the state.
	 * @return the descriptor of the whole array, also if this is a part of it
	 */
	HeavyDescriptor descriptor();

	/**
	 * Return the type of the elements.
	 * @return the type
	 */
	DType dtype();

	/**
	 * Return the length of each dimension.
	 * @return the lengths, the slowest dimension first, unmodifiable
	 */
	List<Long> shape();

	/**
	 * Return the number of elements.
	 * @return the product of the lengths of all dimensions
	 */
	long size();

	/**
	 * Return whether elements can only be read.
	 * @return whether every change is refused
	 */
	boolean isReadOnly();

	/**
	 * Find an element.
	 * @param indices its place in each dimension, each from 0
	 * @return its index among all elements
	 * @throws IndexOutOfBoundsException if there is no such element
	 */
	long index(long... indices);

	/**
	 * Read an element as a floating-point number.
	 * @param index its index among all elements
	 * @return its value, rounded where it has more than 53 significant bits
	 * @throws IndexOutOfBoundsException if there is no such element
	 */
	double getDouble(long index);

	/**
	 * Read an element as an integer.
	 * @param index its index among all elements
	 * @return its value, without fraction
	 * @throws IndexOutOfBoundsException if there is no such element
	 */
	long getLong(long index);

	/**
	 * Write an element.
	 * @param index its index among all elements
	 * @param value the value, converted as by a cast
	 * @throws IndexOutOfBoundsException if there is no such element
	 */
	void setDouble(long index, double value);

	/**
	 * Write an element.
	 * @param index its index among all elements
	 * @param value the value, converted as by a cast
	 * @throws IndexOutOfBoundsException if there is no such element
	 */
	void setLong(long index, long value);

	/**
	 * Return elements of one byte ({@code bool}, {@code int8}, {@code uint8}) as a
	 * buffer.
	 * @param from the index of the first
	 * @param count how many, at most 2<sup>30</sup>
	 * @return the memory itself, read-only if this is
	 */
	ByteBuffer byteBuffer(long from, int count);

	/**
	 * Return elements of two bytes ({@code int16}, {@code uint16}) as a buffer.
	 * @param from the index of the first
	 * @param count how many, at most 2<sup>29</sup>
	 * @return the memory itself, read-only if this is
	 */
	ShortBuffer shortBuffer(long from, int count);

	/**
	 * Return elements of four bytes ({@code int32}, {@code uint32}) as a buffer.
	 * @param from the index of the first
	 * @param count how many, at most 2<sup>28</sup>
	 * @return the memory itself, read-only if this is
	 */
	IntBuffer intBuffer(long from, int count);

	/**
	 * Return elements of type {@code int64} as a buffer.
	 * @param from the index of the first
	 * @param count how many, at most 2<sup>27</sup>
	 * @return the memory itself, read-only if this is
	 */
	LongBuffer longBuffer(long from, int count);

	/**
	 * Return elements of type {@code float32} as a buffer.
	 * @param from the index of the first
	 * @param count how many, at most 2<sup>28</sup>
	 * @return the memory itself, read-only if this is
	 */
	FloatBuffer floatBuffer(long from, int count);

	/**
	 * Return elements of type {@code float64} as a buffer.
	 * @param from the index of the first
	 * @param count how many, at most 2<sup>27</sup>
	 * @return the memory itself, read-only if this is
	 */
	DoubleBuffer doubleBuffer(long from, int count);

	/**
	 * Return all elements of type {@code float64} as a buffer.
	 * @return the memory itself, read-only if this is
	 * @throws io.theus.error.TheusException if there are more than 2<sup>27</sup>
	 */
	default DoubleBuffer doubleBuffer() {
		return doubleBuffer(0, (int) Math.min(size(), Integer.MAX_VALUE));
	}

	/**
	 * Return all elements of type {@code float32} as a buffer.
	 * @return the memory itself, read-only if this is
	 * @throws io.theus.error.TheusException if there are more than 2<sup>28</sup>
	 */
	default FloatBuffer floatBuffer() {
		return floatBuffer(0, (int) Math.min(size(), Integer.MAX_VALUE));
	}

	/**
	 * Copy all elements.
	 * @return their values in order
	 * @throws io.theus.error.TheusException if there are more than a Java array can hold
	 */
	double[] toDoubles();

	/**
	 * Return a part of the array: a range of its first dimension.
	 * @param from where it begins
	 * @param to where it ends, this place excluded
	 * @return a view of the same numbers
	 */
	HeavyArray slice(long from, long to);

	/**
	 * Return what lies at one place of the first dimension.
	 * @param index the place
	 * @return a view of the same numbers, with one dimension less
	 * @throws io.theus.error.TheusException if there is one dimension only
	 */
	HeavyArray row(long index);

	/**
	 * Return the same numbers in another shape.
	 * @param shape the length of each dimension
	 * @return a view of the same numbers
	 * @throws io.theus.error.TheusException if the shape has another number of elements
	 */
	HeavyArray reshape(long... shape);

	/**
	 * Return the same numbers for readers.
	 * @return a view that refuses changes
	 */
	HeavyArray asReadOnly();

	/**
	 * Give all elements one value.
	 * @param value the value
	 * @return this
	 */
	HeavyArray fill(double value);

	/**
	 * Give each element the value of its counterpart.
	 * @param other as many elements, of any type
	 * @return this
	 */
	HeavyArray copyFrom(HeavyArray other);

	/**
	 * Add to each element its counterpart.
	 * @param other an array of the same shape and type
	 * @return this
	 */
	HeavyArray add(HeavyArray other);

	/**
	 * Multiply each element by its counterpart.
	 * @param other an array of the same shape and type
	 * @return this
	 */
	HeavyArray multiply(HeavyArray other);

	/**
	 * Multiply each element by a number.
	 * @param factor the number
	 * @return this
	 */
	HeavyArray scale(double factor);

	/**
	 * Replace each element.
	 * @param function gives the new value for the old one
	 * @return this
	 */
	HeavyArray map(DoubleUnaryOperator function);

	/**
	 * Return the sum of all elements.
	 * @return the sum; that of integers is exact up to 2<sup>53</sup>
	 */
	double sum();

	/**
	 * Return the smallest element.
	 * @return its value, NaN if one is
	 */
	double min();

	/**
	 * Return the largest element.
	 * @return its value, NaN if one is
	 */
	double max();

	/**
	 * Return the sum of the products of the elements with their counterparts.
	 * @param other an array of the same shape and type
	 * @return the sum
	 */
	double dot(HeavyArray other);

	/**
	 * End this view, and with it those that were made of it. Closing it again does
	 * nothing.
	 */
	@Override
	void close();

}
