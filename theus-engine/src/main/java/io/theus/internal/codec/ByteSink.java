package io.theus.internal.codec;

import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Bytes that become more. Multi-byte numbers are big-endian.
 */
final class ByteSink extends OutputStream {

	private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

	private final int limit;

	private byte[] bytes = new byte[256];

	private int size;

	ByteSink(int limit) {
		this.limit = limit;
	}

	private int reserve(int count) {
		int at = this.size;
		if (count > this.bytes.length - at) {
			grow(count);
		}
		this.size = at + count;
		return at;
	}

	private void grow(int count) {
		if (count > this.limit - this.size) {
			throw new CodecException(
					"it is larger than limit=%d bytes, hand over less or put numbers into the heavy zone"
						.formatted(this.limit),
					null);
		}
		long larger = Math.max(2L * this.bytes.length, (long) this.size + count);
		this.bytes = Arrays.copyOf(this.bytes, (int) Math.min(this.limit, larger));
	}

	@Override
	public void write(int value) {
		int at = reserve(1);
		this.bytes[at] = (byte) value;
	}

	@Override
	public void write(byte[] from, int offset, int count) {
		int at = reserve(count);
		System.arraycopy(from, offset, this.bytes, at, count);
	}

	void writeInt(int value) {
		int at = reserve(Integer.BYTES);
		INTS.set(this.bytes, at, value);
	}

	void writeLong(long value) {
		int at = reserve(Long.BYTES);
		LONGS.set(this.bytes, at, value);
	}

	// Seven bits a byte, the lowest first; the highest bit says that there are more
	void writeSize(int value) {
		int rest = value;
		while (rest > 0x7F) {
			write(rest | 0x80);
			rest >>>= 7;
		}
		write(rest);
	}

	// The place of so many bytes, to be filled at once
	ByteBuffer next(int count) {
		int at = reserve(count);
		return ByteBuffer.wrap(this.bytes, at, count).slice();
	}

	byte[] toBytes() {
		return Arrays.copyOf(this.bytes, this.size);
	}

}
