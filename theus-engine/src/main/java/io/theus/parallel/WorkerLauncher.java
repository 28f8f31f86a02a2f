package io.theus.parallel;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Starts the virtual machines of workers.
 */
final class WorkerLauncher {

	// Windows allows 32,767 characters for a whole command
	private static final int LONGEST = 8192;

	// What a program finds otherwise in a worker than in the engine
	private static final List<String> SAME_PROPERTIES = List.of("user.timezone", "user.language", "user.country",
			"file.encoding", "java.io.tmpdir");

	private static final int NATIVE_ACCESS_SINCE = 24;

	private final WorkerSettings settings;

	WorkerLauncher(WorkerSettings settings) {
		this.settings = settings;
	}

	WorkerCommand command() {
		List<String> options = new ArrayList<>();
		options.add("-Xmx" + this.settings.heap());
		// One thread runs code; the collectors that need more make many workers slow
		options.add("-XX:+UseSerialGC");
		options.add("-Xshare:auto");
		options.add("-XX:+ExitOnOutOfMemoryError");
		// The standard output is for frames
		options.add("-XX:+DisplayVMOutputToStderr");
		options.add("-XX:-CreateCoredumpOnCrash");
		options.add("-XX:ErrorFile=" + Path.of(System.getProperty("java.io.tmpdir"), "theus-worker-%p.log"));
		options.add("-Djava.awt.headless=true");
		if (Runtime.version().feature() >= NATIVE_ACCESS_SINCE) {
			options.add("--enable-native-access=ALL-UNNAMED");
		}
		for (String property : SAME_PROPERTIES) {
			String value = System.getProperty(property);
			if (value != null && !value.isEmpty()) {
				options.add("-D" + property + "=" + value);
			}
		}
		options.addAll(this.settings.options());
		String factory = this.settings.factory();
		return this.settings.customizer()
			.apply(new WorkerCommand(Path.of(System.getProperty("java.home"), "bin", "java").toString(), options,
					System.getProperty("java.class.path"), WorkerMain.class.getName(),
					(factory != null) ? List.of(factory) : List.of()));
	}

	Started start() {
		WorkerCommand command = command();
		Path file = null;
		try {
			List<String> words = new ArrayList<>();
			words.add(command.java());
			if (command.classPath().length() > LONGEST) {
				file = argumentFile(command.classPath());
				words.addAll(command.options());
				words.add("@" + file);
			}
			else {
				words.addAll(command.options());
				words.add("-cp");
				words.add(command.classPath());
			}
			words.add(command.mainClass());
			words.addAll(command.arguments());
			return new Started(new ProcessBuilder(words).start(), command, file);
		}
		catch (IOException ex) {
			delete(file);
			throw new WorkerStartException(command.java(), "the program cannot be run, set java.home or name another",
					List.of(), ex);
		}
	}

	// The form that the launcher of Java reads after @
	private static Path argumentFile(String classPath) throws IOException {
		Path file = Files.createTempFile("theus-worker-" + ProcessHandle.current().pid() + "-", ".args");
		String quoted = classPath.replace("\\", "\\\\").replace("\"", "\\\"");
		return Files.writeString(file, "-cp\n\"" + quoted + "\"\n");
	}

	private static void delete(@Nullable Path file) {
		if (file != null) {
			try {
				Files.deleteIfExists(file);
			}
			catch (IOException ex) {
				new File(file.toString()).deleteOnExit();
			}
		}
	}

	/**
	 * A virtual machine that has been started.
	 *
	 * @param process it as the operating system sees it
	 * @param command how it was started
	 * @param file what it reads its class path from, {@code null} for none
	 */
	record Started(Process process, WorkerCommand command, @Nullable Path file) {

		// It has read its command
		void cleanUp() {
			delete(this.file);
		}

	}

}
