package io.theus.parallel;

import java.util.List;

import io.theus.error.TheusException;
import io.theus.path.Path;

/**
 * The code of a process did something that only the engine can do for it.
 *
 * @since 0.1.0
 */
public final class WorkerContextException extends TheusException {

	private final String process;

	private WorkerContextException(String process, String message) {
		super(message);
		this.process = process;
	}

	static WorkerContextException readOnly(String process, String operation) {
		return new WorkerContextException(process,
				("%s is refused: the context of process '%s' is read-only in a worker, return the value instead "
						+ "or run the process with theus.parallel.mode=threads")
					.formatted(operation, process));
	}

	static WorkerContextException notGiven(String process, Path path, List<String> inputs) {
		return new WorkerContextException(process,
				("read of '%s' is refused: process '%s' sees only its declared inputs in a worker: inputs=%s, "
						+ "add it to inputs or run the process with theus.parallel.mode=threads")
					.formatted(path, process, inputs));
	}

	/**
	 * Return what was called.
	 * @return the id of the process
	 */
	public String process() {
		return this.process;
	}

}
