package io.theus.internal.codec;

import java.nio.ByteBuffer;

/**
 * Bytes that are read from front to back. What asks for more than there are gets a
 * {@link CodecException}.
 */
final class ByteSource {

	private final ByteBuffer bytes;

	ByteSource(ByteBuffer bytes) {
		this.bytes = bytes.slice();
	}

	private static CodecException truncated(long wanted, int left) {
		return new CodecException("bytes end early: wanted=%d, left=%d".formatted(wanted, left), null);
	}

	private void require(long count) {
		if (count > this.bytes.remaining()) {
			throw truncated(count, this.bytes.remaining());
		}
	}

	int left() {
		return this.bytes.remaining();
	}

	int read() {
		require(1);
		return this.bytes.get() & 0xFF;
	}

	int readInt() {
		require(Integer.BYTES);
		return this.bytes.getInt();
	}

	long readLong() {
		require(Long.BYTES);
		return this.bytes.getLong();
	}

	// How many of something that takes at least so many bytes each
	int readSize(int bytesEach) {
		int size = readNumber();
		require((long) size * bytesEach);
		return size;
	}

	int readNumber() {
		int value = 0;
		for (int shift = 0; shift < Integer.SIZE; shift += 7) {
			int next = read();
			value |= (next & 0x7F) << shift;
			if (next < 0x80) {
				if (value < 0) {
					break;
				}
				return value;
			}
		}
		throw new CodecException("bytes are no size", null);
	}

	byte[] readBytes(int count) {
		require(count);
		byte[] read = new byte[count];
		this.bytes.get(read);
		return read;
	}

	// A view of the next bytes
	ByteBuffer next(int count) {
		require(count);
		ByteBuffer view = this.bytes.slice(this.bytes.position(), count);
		this.bytes.position(this.bytes.position() + count);
		return view;
	}

}
