package io.theus.process;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.audit.EngineStoppedException;
import io.theus.conflict.ConflictException;
import io.theus.conflict.TransactionTimeoutException;
import io.theus.error.LoggedFailure;
import io.theus.error.TheusException;
import io.theus.transaction.RolledBackException;
import io.theus.transaction.Transactions;

/**
 * Finds out how executions ended, and tells it.
 */
final class Outcomes {

	private static final Logger logger = LoggerFactory.getLogger(ProcessRunner.class);

	private final List<ProcessListener> listeners;

	private final Transactions transactions;

	Outcomes(List<ProcessListener> listeners, Transactions transactions) {
		this.listeners = List.copyOf(listeners);
		this.transactions = transactions;
	}

	// The time is asked only where somebody wants to know
	long start() {
		return this.listeners.isEmpty() ? 0 : System.nanoTime();
	}

	void committed(Execution execution, long start) {
		this.transactions.auditor().committed(execution.origin(), execution.said());
		tell(execution, ProcessOutcome.COMMITTED, start, null);
	}

	void failed(Execution execution, long start, Throwable failure) {
		ProcessOutcome outcome = classify(execution, failure);
		this.transactions.failed(execution.scope(), execution.origin(), failure);
		if (isUnexpected(outcome, failure)) {
			this.transactions.auditor().failed(execution.process().id(), execution.id(), failure);
		}
		tell(execution, outcome, start, failure);
	}

	private static boolean isUnexpected(ProcessOutcome outcome, Throwable failure) {
		return switch (outcome) {
			case UNDECLARED -> true;
			case REFUSED -> !(failure instanceof EngineStoppedException);
			case COMMITTED, DECLARED, ROLLED_BACK, CONFLICT, TIMEOUT, CANCELLED -> false;
		};
	}

	private static ProcessOutcome classify(Execution execution, Throwable failure) {
		ProcessDefinition process = execution.process();
		if (failure instanceof RolledBackException) {
			return ProcessOutcome.ROLLED_BACK;
		}
		// What the body threw because it was interrupted says less than the reason
		if (execution.deadline().isExpired()) {
			return ProcessOutcome.TIMEOUT;
		}
		if (execution.deadline().isCancelled()) {
			return ProcessOutcome.CANCELLED;
		}
		if (process.contract().declares(failure)) {
			logger.debug("Process '{}' failed as declared", process.id(), LoggedFailure.of(failure, logger));
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
		logger.error("Process '{}' failed with an error that it does not declare", process.id(),
				LoggedFailure.of(failure, logger));
		return ProcessOutcome.UNDECLARED;
	}

	private void tell(Execution execution, ProcessOutcome outcome, long start, @Nullable Throwable failure) {
		execution.activity().end(outcome.name(), failure);
		// What runs in a fork is nobody else's business
		if (this.listeners.isEmpty() || this.transactions.isFork()) {
			return;
		}
		ProcessExecution ended = new ProcessExecution(execution.process(), execution.id(), outcome, execution.number(),
				Duration.ofNanos(System.nanoTime() - start), failure);
		for (ProcessListener listener : this.listeners) {
			try {
				listener.finished(ended);
			}
			catch (RuntimeException ex) {
				logger.error("Listener failed after execution '{}'", execution.id(), LoggedFailure.of(ex, logger));
			}
		}
	}

}
