package io.theus.process;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.theus.conflict.Worker;
import io.theus.contract.VariableValues;
import io.theus.parallel.ThreadPool;
import io.theus.transaction.CommitCapture;
import io.theus.transaction.Frame;
import io.theus.transaction.Transactions;

/**
 * Runs executions in a pool for callers who wait for their end.
 */
// The caller does nothing but wait, so the execution stands for it: it has the caller's
// tickets, contract variables and key, its commits count as made by the caller, and in a
// fork it runs there. Advice outside of the execution (security, validation) has run on
// the caller's thread, advice inside runs in the pool.
//
// A process may return null, which the type argument cannot say outside of JSpecify mode.
@SuppressWarnings("NullAway")
final class ParallelRunner {

	private final ProcessRunner runner;

	private final Transactions transactions;

	private final AsyncExecutor executor;

	ParallelRunner(ProcessRunner runner, Transactions transactions, AsyncExecutor executor) {
		this.runner = runner;
		this.transactions = transactions;
		this.executor = executor;
	}

	/**
	 * Return whether an execution that begins on this thread runs elsewhere.
	 * @param process the process, which is called outside of transactions of the engine
	 * @return whether it is parallel, and nothing forbids that this thread waits for it:
	 * a surrounding transaction belongs to this thread, a thread of a pool might wait for
	 * itself, and so might one that tells of a commit
	 */
	boolean takes(ProcessDefinition process) {
		return process.isParallel() && !ThreadPool.isHere() && !this.transactions.isSurrounded()
				&& !this.transactions.isTellingOfCommits();
	}

	/**
	 * Execute a process in its pool and wait.
	 * @param process the process
	 * @param call one attempt
	 * @return what the process returned
	 * @throws Throwable what the process threw, unchanged
	 */
	@Nullable Object execute(ProcessDefinition process, Frame.Body<@Nullable Object> call) throws Throwable {
		AtomicReference<@Nullable ExecutionKey> key = new AtomicReference<>(Once.take(process));
		Transactions here = this.transactions.forThisThread();
		VariableValues taken = this.runner.takenVariables();
		SubmittedExecution<@Nullable Object> execution = new SubmittedExecution<>(this.executor,
				this.executor.parallel(process), process, CallSettings.DECLARED,
				() -> taken.during(() -> here.during(() -> execute(key.getAndSet(null), process, call))),
				CommitCapture.elsewhere(), (value) -> value, Worker.current());
		execution.submit();
		return await(process, execution);
	}

	private @Nullable Object execute(@Nullable ExecutionKey key, ProcessDefinition process,
			Frame.Body<@Nullable Object> call) throws Throwable {
		return (key != null) ? Once.during(key, process, () -> this.runner.execute(process, call))
				: this.runner.execute(process, call);
	}

	private static @Nullable Object await(ProcessDefinition process, CompletableFuture<@Nullable Object> execution)
			throws Throwable {
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return execution.get();
				}
				catch (InterruptedException ex) {
					interrupted = true;
					// A commit that has begun is waited for: it decides
					if (execution.cancel(true)) {
						throw new CancellationException(
								"process '%s' was given up: the thread that waited for it was interrupted"
									.formatted(process.id()));
					}
				}
			}
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() != null) ? ex.getCause() : ex;
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
