package io.theus.parallel;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.error.TheusException;

/**
 * A worker could not be started, so that nothing was run.
 *
 * @since 0.1.0
 */
public class WorkerStartException extends TheusException {

	private final String java;

	private final List<String> lastLines;

	/**
	 * Create the exception.
	 * @param java the program that was to be run
	 * @param problem what went wrong and what to do about it
	 * @param lastLines what the virtual machine wrote before it ended
	 * @param cause what led to this, {@code null} if nothing did
	 */
	public WorkerStartException(String java, String problem, List<String> lastLines, @Nullable Throwable cause) {
		super("worker '%s' did not start: %s%s".formatted(java, problem,
				lastLines.isEmpty() ? "" : ", it said: " + String.join(" | ", lastLines)), cause);
		this.java = java;
		this.lastLines = List.copyOf(lastLines);
	}

	/**
	 * Return what was to be run.
	 * @return the program
	 */
	public String java() {
		return this.java;
	}

	/**
	 * Return what the virtual machine wrote before it ended.
	 * @return some lines
	 */
	public List<String> lastLines() {
		return this.lastLines;
	}

}
