package io.theus.parallel;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.error.TheusException;

/**
 * The worker in which a process ran has ended. Whatever the process did outside of the
 * state may have been done in part; the state has not changed. Another worker takes the
 * place of this one.
 *
 * @since 0.1.0
 */
public class WorkerDiedException extends TheusException {

	private final @Nullable String process;

	private final long pid;

	private final int exitCode;

	private final List<String> lastLines;

	/**
	 * Create the exception.
	 * @param process the id of the process that ran, {@code null} if none did
	 * @param pid the process id of the worker
	 * @param exitCode its exit code, on Unix 128 and the number of the signal if one has
	 * ended it
	 * @param words why it ended, in words
	 * @param lastLines what it wrote last to its standard error, which is in the log
	 */
	public WorkerDiedException(@Nullable String process, long pid, int exitCode, String words, List<String> lastLines) {
		super("worker of %s died: pid=%d, exit code=%d, %s"
			.formatted((process != null) ? "process '" + process + "'" : "no process", pid, exitCode, words));
		this.process = process;
		this.pid = pid;
		this.exitCode = exitCode;
		this.lastLines = List.copyOf(lastLines);
	}

	/**
	 * Return what ran.
	 * @return the id of the process, {@code null} if none ran
	 */
	public @Nullable String process() {
		return this.process;
	}

	/**
	 * Return which worker it was.
	 * @return its process id
	 */
	public long pid() {
		return this.pid;
	}

	/**
	 * Return how it ended.
	 * @return the exit code, on Unix 128 and the number of the signal if one has ended it
	 */
	public int exitCode() {
		return this.exitCode;
	}

	/**
	 * Return what the worker wrote last to its standard error. These are words of the
	 * application, and the log of the engine has them, too.
	 * @return some lines
	 */
	public List<String> lastLines() {
		return this.lastLines;
	}

}
