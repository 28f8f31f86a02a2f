package io.theus.benchmarks.heavy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * Reads an array into a direct buffer, which it uses again for the next one.
 */
final class ChannelReceiver implements Receiver {

	private final ReadableByteChannel channel;

	private final ByteBuffer array;

	ChannelReceiver(ReadableByteChannel channel, int count) {
		this.channel = channel;
		this.array = Numbers.direct(count);
	}

	@Override
	public void take() throws IOException {
		this.array.clear();
		while (this.array.hasRemaining()) {
			if (this.channel.read(this.array) < 0) {
				throw new EOFException("array is not complete: missing=" + this.array.remaining());
			}
		}
		this.array.flip();
	}

	@Override
	public double first() {
		return this.array.getDouble(0);
	}

	@Override
	public double sum() {
		return Numbers.sum(this.array.asDoubleBuffer());
	}

	@Override
	public void forget() {
		this.array.clear();
	}

}
