package io.theus.heavy;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.theus.DType;
import io.theus.HeavyArray;

/**
 * A virtual machine of its own that owns memory. It answers with a line to each line that
 * it is sent, and lives until it is killed, or told to stop.
 */
public final class HeavyChild implements AutoCloseable {

	private static final PrintStream ANSWERS = new PrintStream(new FileOutputStream(FileDescriptor.out), true,
			StandardCharsets.UTF_8);

	private final Process process;

	private final BufferedReader answers;

	private HeavyChild(Process process) {
		this.process = process;
		this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
	}

	static HeavyChild start(HeavySettings settings, String... options) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-cp",
						System.getProperty("java.class.path")));
		command.addAll(List.of(options));
		command.addAll(List.of(HeavyChild.class.getName(), settings.session(), settings.registryDirectory().toString(),
				settings.scanInterval().toString()));
		HeavyChild child = new HeavyChild(
				new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
		child.answer();
		return child;
	}

	String ask(String line) throws IOException {
		this.process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
		this.process.getOutputStream().flush();
		return answer();
	}

	// What the virtual machine itself prints is skipped
	private String answer() throws IOException {
		String line = this.answers.readLine();
		while (line != null && !line.startsWith("> ")) {
			line = this.answers.readLine();
		}
		if (line == null) {
			throw new IOException("the child has ended");
		}
		return line.substring(2);
	}

	long pid() {
		return this.process.pid();
	}

	void kill() {
		this.process.destroyForcibly().onExit().join();
	}

	@Override
	public void close() {
		kill();
	}

	/**
	 * Run the child.
	 * @param args session, directory of the registry and interval
	 * @throws IOException if nobody is left to answer
	 */
	public static void main(String[] args) throws IOException {
		HeavyHeap heap = HeavyHeap
			.open(new HeavySettings(args[0], 64 << 20, Path.of(args[1]), Duration.parse(args[2])));
		List<HeavyArray> arrays = new ArrayList<>();
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		answer("ready");
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			switch (line) {
				case "alloc" -> {
					arrays.add(heap.alloc("x", DType.INT32, 1000).fill(arrays.size() + 1));
					answer(arrays.get(arrays.size() - 1).descriptor().segment());
				}
				case "sum" -> answer(Double.toString(arrays.stream().mapToDouble(HeavyArray::sum).sum()));
				case "reclaimed" -> answer(Long.toString(heap.status().reclaimed()));
				case "churn" -> {
					answer("churning");
					while (true) {
						heap.alloc("y", DType.INT8, 1000).close();
					}
				}
				default -> throw new IllegalArgumentException(line);
			}
		}
	}

	private static void answer(String line) {
		ANSWERS.println("> " + line);
	}

}
