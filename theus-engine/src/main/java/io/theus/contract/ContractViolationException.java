package io.theus.contract;

import java.util.List;

import io.theus.error.TheusException;

/**
 * A process did what its contract does not declare or what its semantic rules out. The
 * attempt fails and nothing of it remains.
 *
 * @since 0.1.0
 */
public class ContractViolationException extends TheusException {

	private final String process;

	private final String subject;

	private final List<String> declared;

	/**
	 * Create the exception.
	 * @param message the whole message
	 * @param process the id of the process
	 * @param subject the path or topic that was used
	 * @param declared what the contract declares for that kind of use
	 */
	public ContractViolationException(String message, String process, String subject, List<String> declared) {
		super(message);
		this.process = process;
		this.subject = subject;
		this.declared = List.copyOf(declared);
	}

	/**
	 * Return the process whose contract was violated.
	 * @return the id, {@code bean.method}
	 */
	public String process() {
		return this.process;
	}

	/**
	 * Return what was used without being declared.
	 * @return a path or a topic
	 */
	public String subject() {
		return this.subject;
	}

	/**
	 * Return what the contract declares for that kind of use.
	 * @return patterns as they are written, unmodifiable
	 */
	public List<String> declared() {
		return this.declared;
	}

}
