package io.theus.parallel;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What engine and worker tell each other: a mark by which anything else is recognised
 * that gets into the pipe, a kind, the number of the call, a length, and content.
 *
 * @param kind what is told
 * @param number the call that it is about, 0 for none
 * @param content what belongs to it
 */
// Compared by nobody
@SuppressWarnings("ArrayRecordComponent")
record Frame(Kind kind, long number, byte[] content) {

	/** Engine and worker must agree on it. */
	static final int PROTOCOL = 1;

	/** The largest content. */
	static final int LIMIT = 1 << 30;

	private static final int MARK = 0x5448;

	private static final int HEADER = Short.BYTES + 1 + Long.BYTES + Integer.BYTES;

	// What is allocated on the word of a header alone
	private static final int TRUSTED = 1 << 20;

	private static final byte[] NOTHING = {};

	// values() copies
	private static final List<Kind> KINDS = List.of(Kind.values());

	static Frame of(Kind kind, long number) {
		return new Frame(kind, number, NOTHING);
	}

	void write(OutputStream out) throws IOException {
		byte[] header = ByteBuffer.allocate(HEADER)
			.putShort((short) MARK)
			.put((byte) KINDS.indexOf(this.kind))
			.putLong(this.number)
			.putInt(this.content.length)
			.array();
		out.write(header);
		out.write(this.content);
		out.flush();
	}

	// The next frame, null at the end of the stream
	static @Nullable Frame read(InputStream in) throws IOException {
		byte[] header = in.readNBytes(HEADER);
		if (header.length == 0) {
			return null;
		}
		if (header.length < HEADER) {
			throw new EOFException("a frame is cut off");
		}
		ByteBuffer fields = ByteBuffer.wrap(header);
		int mark = fields.getShort();
		int kind = fields.get();
		long number = fields.getLong();
		int length = fields.getInt();
		if (mark != MARK || kind < 0 || kind >= KINDS.size() || length < 0 || length > LIMIT) {
			throw new NoFrameException(header);
		}
		return new Frame(KINDS.get(kind), number, content(in, length));
	}

	private static byte[] content(InputStream in, int length) throws IOException {
		DataInputStream data = new DataInputStream(in);
		byte[] content = new byte[Math.min(length, TRUSTED)];
		data.readFully(content);
		while (content.length < length) {
			int from = content.length;
			content = Arrays.copyOf(content, (int) Math.min(length, 4L * from));
			data.readFully(content, from, content.length - from);
		}
		return content;
	}

	/** Something else than a frame, which is probably text. */
	static final class NoFrameException extends IOException {

		private final byte[] read;

		NoFrameException(byte[] read) {
			super("what was read is no frame, native code may have written to the standard output");
			this.read = read;
		}

		// As far as it was taken from the stream
		byte[] read() {
			return this.read;
		}

	}

	/** What is told. */
	enum Kind {

		/** The worker is ready, and which protocol it speaks. */
		HELLO,

		/** Run this. */
		CALL,

		/** Interrupt what you run. */
		CANCEL,

		/** What follows is the call's own doing. */
		BEGUN,

		/** The value of a call. */
		RESULT,

		/** The exception of a call. */
		FAILURE

	}

}
