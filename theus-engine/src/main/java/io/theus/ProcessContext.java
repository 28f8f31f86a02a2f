package io.theus;

/**
 * The running attempt of a process, guarded by the process's contract. One shared object
 * is injected into beans; it resolves to the attempt that runs on the calling thread and
 * fails with "no active transaction" where there is none.
 * <p>
 * Safe for use by several threads only after {@link #detach()}.
 *
 * @since 0.1.0
 */
public interface ProcessContext extends TransactionContext {

	/**
	 * Return the identity of the execution: the same for all its attempts, for example
	 * for use as the idempotency key of a gateway.
	 * @return the identity
	 */
	String executionId();

	/**
	 * Return the id of the process whose contract guards the calls.
	 * @return the id, {@code bean.method}
	 */
	String processId();

	/**
	 * Return which attempt of the execution this is.
	 * @return 1 for the first
	 */
	int attempt();

	/**
	 * Return a context for use on other threads. It is bound to this attempt, safe for
	 * several threads, and dead when the attempt ends.
	 * @return the context of this attempt
	 */
	ProcessContext detach();

}
