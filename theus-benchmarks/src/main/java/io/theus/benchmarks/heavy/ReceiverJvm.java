package io.theus.benchmarks.heavy;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that receives arrays, with the heap and the collector of this one. For one
 * thread.
 */
final class ReceiverJvm implements AutoCloseable {

	private static final long LIMIT_SECONDS = 10;

	private final Process process;

	private final DataInputStream answers;

	/**
	 * Start a receiver.
	 * @param type how arrays come to it
	 * @param arguments what it needs for that
	 * @throws IOException if it cannot be started
	 */
	ReceiverJvm(HandoverType type, Object... arguments) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		ManagementFactory.getRuntimeMXBean()
			.getInputArguments()
			.stream()
			.filter(ReceiverJvm::concernsMemory)
			.forEach(command::add);
		command
			.addAll(List.of("-cp", System.getProperty("java.class.path"), ReceiverMain.class.getName(), type.name()));
		for (Object argument : arguments) {
			command.add(argument.toString());
		}
		this.process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		this.answers = new DataInputStream(this.process.getInputStream());
	}

	private static boolean concernsMemory(String flag) {
		return flag.startsWith("-Xm") || flag.equals("-XX:+UseG1GC") || flag.equals("-XX:+AlwaysPreTouch");
	}

	void send(Command command) throws IOException {
		this.process.getOutputStream().write(command.code());
		this.process.getOutputStream().flush();
	}

	/**
	 * Wait for the answer to a command.
	 * @return the answer
	 * @throws IOException if the receiver has ended
	 */
	double answer() throws IOException {
		try {
			return this.answers.readDouble();
		}
		catch (EOFException ex) {
			throw new IOException(
					"receiver has ended: pid=" + this.process.pid() + ", see what it wrote to standard error", ex);
		}
	}

	double ask(Command command) throws IOException {
		send(command);
		return answer();
	}

	/**
	 * Return what ends at the receiver's standard input.
	 * @return a stream; what it has must be flushed before the next command
	 */
	OutputStream input() {
		return this.process.getOutputStream();
	}

	/**
	 * Return a channel to the receiver's standard input.
	 * @return a channel of its own, which must be closed as well; where the system shows
	 * the pipe as a file it takes direct buffers without copying them
	 * @throws IOException if it cannot be opened
	 */
	WritableByteChannel inputChannel() throws IOException {
		Path pipe = Path.of("/proc", Long.toString(this.process.pid()), "fd", "0");
		if (Files.isWritable(pipe)) {
			return FileChannel.open(pipe, StandardOpenOption.WRITE);
		}
		return Channels.newChannel(this.process.getOutputStream());
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	@Override
	public void close() throws IOException {
		this.process.getOutputStream().close();
		try {
			if (!this.process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
				this.process.destroyForcibly().waitFor();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
