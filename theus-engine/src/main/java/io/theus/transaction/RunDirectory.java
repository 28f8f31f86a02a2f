package io.theus.transaction;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.contract.VariableValues;
import io.theus.store.CommitRecord;

/**
 * Knows the workflows that transactions start and signal runs of.
 * <p>
 * Implementations are safe for use by several threads.
 *
 * @since 0.1.0
 */
public interface RunDirectory {

	/**
	 * Check that a run could be started. Called within the transaction that orders it.
	 * @param workflow the name of the workflow
	 * @param inputs what the run is to be given, by name, stored values
	 * @throws RuntimeException if there is no such workflow, or it takes other inputs
	 */
	void checkStart(String workflow, Map<String, @Nullable Object> inputs);

	/**
	 * Check that a run could be sent a signal. Called within the transaction that orders
	 * it, when the run may not exist yet.
	 * @param workflow the name of the workflow
	 * @param signal the name of the signal
	 * @throws RuntimeException if there is no such workflow
	 */
	void checkSignal(String workflow, String signal);

	/**
	 * Return the contract variables for a run that no process orders.
	 * @return their values on the calling thread, taken
	 */
	VariableValues variables();

	/**
	 * Return the trace that the calling thread works on, for a run that is ordered there.
	 * @return what continues it, by name; empty if there is none
	 */
	Map<String, String> trace();

	/**
	 * Carry out what a commit has ordered. Called once for each commit that has orders,
	 * after it, in commit order and never for two commits at a time. The thread is that
	 * of somebody who commits, on which other frames, variables or forks may be bound: it
	 * hands over to threads of the engine what it starts, and returns. Exceptions are
	 * logged and go no further.
	 * @param commit what was committed, with its {@link CommitRecord#orders() orders}
	 */
	void carryOut(CommitRecord commit);

}
