package io.theus.spring.signal;

import io.theus.error.TheusException;

/**
 * The declaration of a signal listener is wrong. Found at start-up.
 *
 * @since 0.1.0
 */
public final class InvalidSignalListenerException extends TheusException {

	private final String listener;

	private final String problem;

	private final String action;

	InvalidSignalListenerException(String listener, String problem, String action) {
		super("signal listener '%s' is declared wrongly: %s, %s".formatted(listener, problem, action));
		this.listener = listener;
		this.problem = problem;
		this.action = action;
	}

	/**
	 * Return the listener.
	 * @return its id, {@code bean.method}
	 */
	public String listener() {
		return this.listener;
	}

	/**
	 * Return what is wrong.
	 * @return the problem without listener and remedy
	 */
	public String problem() {
		return this.problem;
	}

	/**
	 * Return what to do about it.
	 * @return the remedy
	 */
	public String action() {
		return this.action;
	}

}
