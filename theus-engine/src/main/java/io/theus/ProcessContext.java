package io.theus;

import org.jspecify.annotations.Nullable;

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
	 * Run a block at most once per execution: an attempt after a conflict gets the result
	 * of an earlier one. A block that fails leaves no result, and runs again in the next
	 * attempt. The result is kept in memory until the execution ends.
	 * <p>
	 * A name means one block of a process in an execution; in a loop, make it different
	 * each time. Other threads of a detached context wait while a block runs.
	 * @param <T> the type of the result
	 * @param <X> what the block throws
	 * @param name the name of the block, for example {@code charge}
	 * @param type the class of the result, the same for all blocks of the name
	 * @param block what to run, for example a call of a gateway
	 * @return what the block returned, now or in an earlier attempt
	 * @throws X what the block threw, unchanged
	 * @throws io.theus.error.TheusException if a PURE process is running
	 * @throws IllegalArgumentException if an earlier block of the name has another type
	 */
	<T extends @Nullable Object, X extends Throwable> T once(String name, Class<T> type, Block<T, X> block) throws X;

	/**
	 * Return a context for use on other threads. It is bound to this attempt, safe for
	 * several threads, and dead when the attempt ends.
	 * @return the context of this attempt
	 */
	ProcessContext detach();

	/**
	 * What runs at most once per execution.
	 *
	 * @param <T> the type of the result
	 * @param <X> what it throws
	 */
	@FunctionalInterface
	interface Block<T extends @Nullable Object, X extends Throwable> {

		/**
		 * Run.
		 * @return the result
		 * @throws X whatever the block throws
		 */
		T run() throws X;

	}

}
