package io.theus.heavy;

import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A process of the operating system, so that it is not taken for a later one with the
 * same number.
 *
 * @param pid its number
 * @param start when it began: on Linux {@code t}, the clock ticks since the system began
 * (proc(5), {@code /proc/pid/stat}, field 22), a colon and the identity of that
 * beginning, which hold when the clock is set; elsewhere {@code m} and the milliseconds
 * since 1970
 * @param namespace in which namespace the number counts, {@code -} where there are none
 */
record OwnerProcess(long pid, String start, String namespace) {

	private static final Path PROC = Path.of("/proc");

	private static final String BOOT = firstLine(PROC.resolve("sys/kernel/random/boot_id"));

	private static final String NAMESPACE = readNamespace();

	private static final Duration TOLERANCE = Duration.ofSeconds(2);

	static OwnerProcess current() {
		return Current.PROCESS;
	}

	private static OwnerProcess readCurrent() {
		long pid = ProcessHandle.current().pid();
		String start = startOf(pid);
		return new OwnerProcess(pid, (start != null) ? start : "", NAMESPACE);
	}

	// Return whether the process is known to have ended. One in another namespace, or of
	// which the system says too little, is not
	boolean isDead() {
		if (!this.namespace.equals(NAMESPACE)) {
			return false;
		}
		String now = startOf(this.pid);
		return now == null || !mayBeSame(this.start, now);
	}

	static boolean mayBeSame(String recorded, String now) {
		if (recorded.isEmpty() || now.isEmpty() || recorded.charAt(0) != now.charAt(0)) {
			return true;
		}
		if (recorded.charAt(0) != 'm') {
			return recorded.equals(now);
		}
		long difference = Math.abs(Long.parseLong(recorded.substring(1)) - Long.parseLong(now.substring(1)));
		return difference <= TOLERANCE.toMillis();
	}

	// Null if there is no such process, empty if the system does not tell
	private static @Nullable String startOf(long pid) {
		Optional<ProcessHandle> process = ProcessHandle.of(pid);
		if (process.isEmpty()) {
			return null;
		}
		String stat = firstLine(PROC.resolve(pid + "/stat"));
		if (!stat.isEmpty() && !BOOT.isEmpty()) {
			return ticks(stat, BOOT);
		}
		return process.get().info().startInstant().map(Instant::toEpochMilli).map((millis) -> "m" + millis).orElse("");
	}

	// The name of the program is in parentheses and may have any characters in it
	static @Nullable String ticks(String stat, String boot) {
		String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
		boolean ended = fields[0].equals("Z") || fields[0].equals("X");
		return ended ? null : "t" + fields[19] + ":" + boot;
	}

	private static String readNamespace() {
		try {
			return Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString();
		}
		catch (IOException | UnsupportedOperationException ex) {
			return "-";
		}
	}

	// Not through a channel, which an interrupt of the thread would close
	private static String firstLine(Path file) {
		try (BufferedReader reader = new BufferedReader(new FileReader(file.toFile(), StandardCharsets.UTF_8))) {
			String line = reader.readLine();
			return (line != null) ? line : "";
		}
		catch (IOException ex) {
			return "";
		}
	}

	/**
	 * Reads the process when it is asked for.
	 */
	private static final class Current {

		static final OwnerProcess PROCESS = readCurrent();

	}

}
