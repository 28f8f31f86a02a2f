package io.theus.process;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.theus.contract.OpenGuard;
import io.theus.state.Snapshot;
import io.theus.transaction.Contender;
import io.theus.transaction.Frame;
import io.theus.transaction.Scope;

/**
 * One attempt of an asynchronous process: open until what its body has returned is
 * complete, itself complete after the commit.
 */
// The body runs on the thread that begins the attempt, with the frame bound to it; the
// transaction was shared before, so the detached context may go to any thread. Whoever
// completes what the body returned may be a thread that must not wait, and a commit may
// have to: from there on a thread of the engine goes on. Whoever gives up ends the
// transaction; a completion that comes later finds it ended.
//
// A process may return null, which the type argument cannot say outside of JSpecify mode.
// What follows a future passes its failure on.
@SuppressWarnings({ "NullAway", "FutureReturnValueIgnored" })
final class AsynchronousAttempt extends CompletableFuture<@Nullable Object> {

	private final AsynchronousRunner runner;

	private final Execution execution;

	private final Function<Object, CompletableFuture<@Nullable Object>> opener;

	private volatile @Nullable Contender reservation;

	private volatile @Nullable Scope scope;

	private volatile @Nullable CompletableFuture<@Nullable Object> returned;

	AsynchronousAttempt(AsynchronousRunner runner, Execution execution,
			Function<Object, CompletableFuture<@Nullable Object>> opener) {
		this.runner = runner;
		this.execution = execution;
		this.opener = opener;
	}

	void begin(@Nullable Object[] values, ProcessBody body) {
		try {
			BoundCall call = bind(values);
			Object promise = call.run(body);
			if (promise == null) {
				throw new InvalidReturnException(this.execution.process().id(),
						"it is asynchronous and has returned null, return what completes with null");
			}
			CompletableFuture<@Nullable Object> opened = this.opener.apply(promise);
			this.returned = opened;
			opened.whenComplete((value, failure) -> goOn(call, value, failure));
		}
		catch (Throwable ex) {
			fail(ex);
		}
		if (isCancelled()) {
			release();
		}
	}

	private BoundCall bind(@Nullable Object[] values) {
		ProcessDefinition process = this.execution.process();
		if (this.runner.transactions().isSurrounded()) {
			throw new IllegalStateException(
					"process '%s' is asynchronous and cannot be part of a transaction that belongs to a thread, remove it"
						.formatted(process.id()));
		}
		if (process.contract().isReserving()) {
			Contender reserved = this.runner.bindings().reserve(this.execution, values, null);
			this.reservation = reserved;
		}
		Scope begun = this.execution.seenIn(this.runner.transactions()
			.begin(this.execution.origin(), OpenGuard.ZONES_ONLY, this.execution.deadline()));
		begun.share();
		this.scope = begun;
		this.execution.runIn(begun);
		Frame frame = new Frame(process.id(), this.execution.origin(), this.execution.number(),
				this.execution.isRepeatable(), this.execution, begun);
		return this.runner.bindings().bind(frame, process, values, false, this.execution);
	}

	private void goOn(BoundCall call, @Nullable Object value, @Nullable Throwable failure) {
		if (isDone()) {
			return;
		}
		try {
			this.runner.executor().run(() -> this.execution.handover().run(() -> finish(call, value, failure)));
		}
		catch (RejectedExecutionException ex) {
			fail(this.runner.executor().closed(this.execution.process()));
		}
	}

	// Returns only because a worker works for a result
	private boolean finish(BoundCall call, @Nullable Object value, @Nullable Throwable failure) {
		if (failure != null) {
			fail(reason(failure));
			return false;
		}
		try {
			this.execution.activity().during(() -> commit(call, value));
		}
		catch (Throwable ex) {
			fail(ex);
			return false;
		}
		release();
		return complete(value);
	}

	private Snapshot commit(BoundCall call, @Nullable Object value) {
		call.store(value);
		return this.runner.transactions().commit(call.frame().scope());
	}

	// Stages wrap what the one before them failed with
	static Throwable reason(Throwable failure) {
		Throwable reason = failure;
		while (reason instanceof CompletionException && reason.getCause() != null) {
			reason = reason.getCause();
		}
		return reason;
	}

	private void fail(Throwable failure) {
		release();
		completeExceptionally(this.execution.decisive(failure));
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		boolean cancelled = super.cancel(mayInterruptIfRunning);
		if (cancelled) {
			release();
		}
		return cancelled;
	}

	private void release() {
		Scope open = this.scope;
		if (open != null) {
			this.runner.transactions().abandon(open);
		}
		Contender reserved = this.reservation;
		if (reserved != null) {
			this.runner.retryLoop().giveBack(reserved);
		}
		CompletableFuture<@Nullable Object> running = this.returned;
		if (running != null) {
			running.cancel(true);
		}
	}

}
