package io.theus.run;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.error.Excerpt;
import io.theus.error.Suggestions;
import io.theus.error.TheusException;

/**
 * The expression of a {@code flux: call} named a process that the step does not allow.
 * Nothing was called.
 *
 * @since 0.1.0
 */
public final class ProcessNotAllowedException extends TheusException {

	private final String step;

	private final @Nullable String process;

	private final List<String> allowed;

	private ProcessNotAllowedException(String message, String step, @Nullable String process, List<String> allowed) {
		super(message);
		this.step = step;
		this.process = process;
		this.allowed = List.copyOf(allowed);
	}

	static ProcessNotAllowedException unknown(String step, String process, List<String> allowed) {
		return new ProcessNotAllowedException(
				"process %s is not allowed by step '%s'%s: allowed=%s, use one of them or add it to 'allow'"
					.formatted(Excerpt.quoted(process), step, Suggestions.didYouMean(process, allowed), allowed),
				step, process, allowed);
	}

	static ProcessNotAllowedException ambiguous(String step, String process, List<String> found) {
		return new ProcessNotAllowedException(
				"process %s is not allowed by step '%s': the name is ambiguous, use one of %s"
					.formatted(Excerpt.quoted(process), step, found),
				step, process, found);
	}

	static ProcessNotAllowedException noName(String step, @Nullable Object value, List<String> allowed) {
		return new ProcessNotAllowedException(
				"step '%s' names no process: expected=text actual=%s, let its expression give one of %s".formatted(step,
						(value != null) ? value.getClass().getName() : "null", allowed),
				step, null, allowed);
	}

	/**
	 * Return the step.
	 * @return its id
	 */
	public String step() {
		return this.step;
	}

	/**
	 * Return the name that the expression gave.
	 * @return the name, {@code null} if it was no text
	 */
	public @Nullable String process() {
		return this.process;
	}

	/**
	 * Return what may be called.
	 * @return the processes as the step lists them; of an ambiguous name, the ids that it
	 * may mean
	 */
	public List<String> allowed() {
		return this.allowed;
	}

}
