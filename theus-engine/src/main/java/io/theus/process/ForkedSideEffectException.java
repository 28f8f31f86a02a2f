package io.theus.process;

import java.util.List;

import io.theus.error.TheusException;

/**
 * A process with side effects was called in a fork, where nothing stands in for it.
 *
 * @since 0.1.0
 */
public final class ForkedSideEffectException extends TheusException {

	private final String process;

	private final List<String> sideEffects;

	/**
	 * Create the exception.
	 * @param process the id of the process
	 * @param sideEffects what it touches outside
	 */
	public ForkedSideEffectException(String process, List<String> sideEffects) {
		super("process '%s' is not run in a fork: it has sideEffects=%s, give a result for it when you fork"
			.formatted(process, sideEffects));
		this.process = process;
		this.sideEffects = List.copyOf(sideEffects);
	}

	/**
	 * Return the process.
	 * @return its id
	 */
	public String process() {
		return this.process;
	}

	/**
	 * Return what it would have touched.
	 * @return the names, unmodifiable
	 */
	public List<String> sideEffects() {
		return this.sideEffects;
	}

}
