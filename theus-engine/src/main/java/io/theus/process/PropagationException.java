package io.theus.process;

import io.theus.Propagation;
import io.theus.error.TheusException;

/**
 * A process was called where it cannot have the transaction that it declares.
 *
 * @since 0.1.0
 */
public final class PropagationException extends TheusException {

	private final String process;

	private final Propagation propagation;

	PropagationException(ProcessDefinition process, String problem) {
		super("process '%s' cannot run here with propagation=%s: %s".formatted(process.id(), process.propagation(),
				problem));
		this.process = process.id();
		this.propagation = process.propagation();
	}

	/**
	 * Return the process.
	 * @return its id, {@code bean.method}
	 */
	public String process() {
		return this.process;
	}

	/**
	 * Return what it declares.
	 * @return the propagation
	 */
	public Propagation propagation() {
		return this.propagation;
	}

}
