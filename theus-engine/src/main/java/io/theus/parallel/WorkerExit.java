package io.theus.parallel;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How a worker has ended.
 *
 * @param pid its process id
 * @param code its exit code
 * @param sentence why it was killed, {@code null} if the engine did not do it
 * @param lastLines what it wrote last to its standard error
 */
record WorkerExit(long pid, int code, @Nullable String sentence, List<String> lastLines) {

	private static final int SIGNALLED = 128;

	private static final Map<Integer, String> SIGNALS = Map.ofEntries(Map.entry(1, "SIGHUP"), Map.entry(2, "SIGINT"),
			Map.entry(3, "SIGQUIT"), Map.entry(4, "SIGILL"), Map.entry(6, "SIGABRT"), Map.entry(7, "SIGBUS"),
			Map.entry(8, "SIGFPE"), Map.entry(9, "SIGKILL"), Map.entry(11, "SIGSEGV"), Map.entry(13, "SIGPIPE"),
			Map.entry(15, "SIGTERM"));

	WorkerExit {
		lastLines = List.copyOf(lastLines);
	}

	String words() {
		if (this.sentence != null) {
			return "it was killed: " + this.sentence;
		}
		if (this.lastLines.stream().anyMatch((line) -> line.startsWith("Terminating due to java.lang.OutOfMemory"))) {
			return "it ran out of memory, raise theus.parallel.worker-heap";
		}
		String signal = SIGNALS.get(this.code - SIGNALLED);
		if (this.lastLines.stream().anyMatch((line) -> line.startsWith("# A fatal error has been detected"))) {
			return "native code crashed it" + ((signal != null) ? " (" + signal + ")" : "");
		}
		if (signal != null) {
			return "it was killed by " + signal;
		}
		return "it exited by itself";
	}

	WorkerDiedException toException(@Nullable String process) {
		return new WorkerDiedException(process, this.pid, this.code, words(), this.lastLines);
	}

}
