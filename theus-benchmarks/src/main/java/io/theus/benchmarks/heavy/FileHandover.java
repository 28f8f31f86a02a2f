package io.theus.benchmarks.heavy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The array is a file that is mapped into memory; the receiver maps it, too. On Linux the
 * file is in {@code /dev/shm}, which is memory.
 */
final class FileHandover implements Handover {

	private static final Path SHARED = Path.of("/dev/shm");

	private final Path file;

	private final MappedByteBuffer array;

	private final ReceiverJvm receiver;

	FileHandover(int count) throws IOException {
		Path directory = Files.isDirectory(SHARED) ? SHARED : Path.of(System.getProperty("java.io.tmpdir"));
		this.file = Files.createTempFile(directory, "theus-benchmarks-" + ProcessHandle.current().pid() + "-",
				".numbers");
		this.file.toFile().deleteOnExit();
		this.array = map(count);
		Numbers.fill(this.array.asDoubleBuffer());
		this.receiver = new ReceiverJvm(HandoverType.MAPPED_FILE, this.file);
	}

	private MappedByteBuffer map(int count) throws IOException {
		try (FileChannel channel = FileChannel.open(this.file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
			MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) count * Double.BYTES);
			mapped.order(ByteOrder.nativeOrder());
			return mapped;
		}
	}

	@Override
	public void change(double number) {
		this.array.putDouble(0, number);
	}

	@Override
	public double run(Command command) throws IOException {
		return this.receiver.ask(command);
	}

	@Override
	public void close() throws IOException {
		this.receiver.close();
		Files.delete(this.file);
	}

}
