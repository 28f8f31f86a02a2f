package io.theus.process;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.conflict.ConflictException;
import io.theus.conflict.TransactionTimeoutException;
import io.theus.error.TheusException;

/**
 * Finds out how executions ended, and tells it.
 */
final class Outcomes {

	private static final Logger logger = LoggerFactory.getLogger(ProcessRunner.class);

	private final List<ProcessListener> listeners;

	private final BooleanSupplier fork;

	// What runs in a fork is nobody else's business
	Outcomes(List<ProcessListener> listeners, BooleanSupplier fork) {
		this.listeners = List.copyOf(listeners);
		this.fork = fork;
	}

	// The time is asked only where somebody wants to know
	long start() {
		return this.listeners.isEmpty() ? 0 : System.nanoTime();
	}

	void committed(Execution execution, long start) {
		tell(execution, ProcessOutcome.COMMITTED, start, null);
	}

	void failed(Execution execution, long start, Throwable failure) {
		tell(execution, classify(execution, failure), start, failure);
	}

	private static ProcessOutcome classify(Execution execution, Throwable failure) {
		ProcessDefinition process = execution.process();
		// What the body threw because it was interrupted says less than the reason
		if (execution.deadline().isExpired()) {
			return ProcessOutcome.TIMEOUT;
		}
		if (execution.deadline().isCancelled()) {
			return ProcessOutcome.CANCELLED;
		}
		if (process.contract().declares(failure)) {
			logger.debug("Process '{}' failed as declared", process.id(), failure);
			return ProcessOutcome.DECLARED;
		}
		if (failure instanceof ConflictException) {
			return ProcessOutcome.CONFLICT;
		}
		if (failure instanceof TransactionTimeoutException) {
			return ProcessOutcome.TIMEOUT;
		}
		if (failure instanceof TheusException) {
			return ProcessOutcome.REFUSED;
		}
		logger.error("Process '{}' failed with an error that it does not declare", process.id(), failure);
		return ProcessOutcome.UNDECLARED;
	}

	private void tell(Execution execution, ProcessOutcome outcome, long start, @Nullable Throwable failure) {
		if (this.listeners.isEmpty() || this.fork.getAsBoolean()) {
			return;
		}
		ProcessExecution ended = new ProcessExecution(execution.process(), execution.id(), outcome, execution.number(),
				Duration.ofNanos(System.nanoTime() - start), failure);
		for (ProcessListener listener : this.listeners) {
			try {
				listener.finished(ended);
			}
			catch (RuntimeException ex) {
				logger.error("Listener failed after execution '{}'", execution.id(), ex);
			}
		}
	}

}
