package io.theus.benchmarks.heavy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Maps the file that an array is in. What was mapped is unmapped when it is collected,
 * which Java leaves no choice about before 22.
 */
final class FileReceiver implements Receiver {

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private final Path file;

	private ByteBuffer array = NOTHING;

	FileReceiver(Path file) {
		this.file = file;
	}

	@Override
	public void take() throws IOException {
		try (FileChannel channel = FileChannel.open(this.file, StandardOpenOption.READ)) {
			this.array = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()).order(ByteOrder.nativeOrder());
		}
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
		this.array = NOTHING;
	}

}
