package io.theus.process;

import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.theus.conflict.Worker;
import io.theus.transaction.CommitCapture;
import io.theus.transaction.Frame;
import io.theus.transaction.RetryLoop;
import io.theus.transaction.Transactions;

/**
 * Runs processes whose value is there later. Like {@link ProcessRunner} it has two
 * halves, an execution and an attempt; what comes between them sees an instance of the
 * asynchronous type from either.
 */
// A process may return null, which the type argument cannot say outside of JSpecify mode
@SuppressWarnings("NullAway")
final class AsynchronousRunner {

	private final ProcessRunner runner;

	private final Transactions transactions;

	private final Outcomes outcomes;

	private final AsyncExecutor executor;

	AsynchronousRunner(ProcessRunner runner, Transactions transactions, Outcomes outcomes, AsyncExecutor executor) {
		this.runner = runner;
		this.transactions = transactions;
		this.outcomes = outcomes;
		this.executor = executor;
	}

	Transactions transactions() {
		return this.transactions;
	}

	RetryLoop retryLoop() {
		return this.transactions.retryLoop();
	}

	Outcomes outcomes() {
		return this.outcomes;
	}

	AsyncExecutor executor() {
		return this.executor;
	}

	ProcessRunner bindings() {
		return this.runner;
	}

	/**
	 * Execute a process: attempts until one commits.
	 * @param process the process
	 * @param type how it returns its value
	 * @param call one attempt, which leads to {@link #attempt}
	 * @return an instance of the type, which completes after the commit
	 */
	Object execute(ProcessDefinition process, AsynchronousType type, Frame.Body<@Nullable Object> call) {
		refuseAsPart(process);
		CallSettings settings = GivenSettings.take(process);
		return type.result((caller) -> start(process, settings, type, call, caller));
	}

	private CompletableFuture<@Nullable Object> start(ProcessDefinition process, CallSettings settings,
			AsynchronousType type, Frame.Body<@Nullable Object> call, UnaryOperator<Object> caller) {
		// It may have been called elsewhere than where it begins
		refuseAsPart(process);
		Execution execution = this.runner.begin(process, settings, call);
		execution.goWith(new Handover(new Worker(), this.runner.takenVariables(), CommitCapture.elsewhere(),
				this.transactions.forThisThread(), this.executor.context().capture()));
		AsynchronousExecution running = new AsynchronousExecution(this, execution,
				(returned) -> type.open(caller.apply(returned)));
		running.start();
		return running;
	}

	// A part is over before the whole goes on, and leaves nothing behind if it fails:
	// both cannot be said of what goes on beside it
	private void refuseAsPart(ProcessDefinition process) {
		Frame outer = this.transactions.running();
		if (outer != null) {
			throw new IllegalStateException(
					"process '%s' is asynchronous and cannot be part of %s, which goes on before it is done: call it with "
						.formatted(process.id(), outer.scope().origin())
							+ "executeAsync for a transaction of its own, or let it return the value itself");
		}
		if (this.transactions.isSurrounded()) {
			throw new IllegalStateException(
					"process '%s' is asynchronous and cannot be part of the surrounding transaction, which belongs to this "
						.formatted(process.id()) + "thread: call it from outside, or let it return the value itself");
		}
	}

	/**
	 * Make one attempt.
	 * @param execution the execution that it is part of
	 * @param type how the process returns its value
	 * @param values the values of all parameters
	 * @param body the code
	 * @return an instance of the type, which completes after the commit
	 */
	Object attempt(Execution execution, AsynchronousType type, @Nullable Object[] values, ProcessBody body) {
		return type.result((caller) -> {
			AsynchronousAttempt attempt = new AsynchronousAttempt(this, execution,
					(returned) -> type.open(caller.apply(returned)));
			attempt.begin(values, body);
			return attempt;
		});
	}

}
