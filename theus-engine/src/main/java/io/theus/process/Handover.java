package io.theus.process;

import org.jspecify.annotations.Nullable;

import io.theus.conflict.Worker;
import io.theus.contract.VariableValues;
import io.theus.telemetry.ThreadBound;
import io.theus.transaction.CommitCapture;
import io.theus.transaction.Transactions;

/**
 * What goes with an execution from thread to thread.
 *
 * @param worker who holds its tickets
 * @param variables the values of contract variables, taken where it was called
 * @param commits where its commits count
 * @param transactions what it works on
 * @param context what was bound to the thread by others, where it was called
 */
record Handover(Worker worker, VariableValues variables, CommitCapture.Elsewhere commits, Transactions transactions,
		ThreadBound context) {

	<T extends @Nullable Object, X extends Throwable> T run(Worker.Work<T, X> work) throws X {
		return this.context.<T, X>during(() -> go(work));
	}

	private <T extends @Nullable Object, X extends Throwable> T go(Worker.Work<T, X> work) throws X {
		return this.worker.<T, X>run(() -> this.variables
			.<T, X>during(() -> this.commits.<T, X>run(() -> this.transactions.<T, X>during(work))));
	}

}
