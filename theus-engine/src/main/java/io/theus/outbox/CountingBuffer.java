package io.theus.outbox;

import java.io.ByteArrayOutputStream;

/**
 * Keeps what is written to it up to a limit and counts what goes beyond, so that a
 * payload that is far too large is measured without being held.
 */
final class CountingBuffer extends ByteArrayOutputStream {

	private final int limit;

	private long written;

	CountingBuffer(int limit) {
		super(256);
		this.limit = limit;
	}

	@Override
	public synchronized void write(int b) {
		this.written++;
		if (this.written <= this.limit) {
			super.write(b);
		}
	}

	@Override
	public synchronized void write(byte[] b, int off, int len) {
		this.written += len;
		if (this.written <= this.limit) {
			super.write(b, off, len);
		}
	}

	long written() {
		return this.written;
	}

}
