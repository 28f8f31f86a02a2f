package io.theus.process;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.theus.conflict.ConflictException;
import io.theus.parallel.ParallelRejectedException;
import io.theus.parallel.ThreadPool;
import io.theus.transaction.Contest;

/**
 * An execution of an asynchronous process with all its attempts, and what its caller
 * waits for. No thread waits: between two attempts a timer does, and for a ticket a
 * thread of the engine.
 */
// The first attempt begins on the thread of the caller, all others on threads of the
// engine; so does the first of a process with side effects, which waits for its ticket.
//
// Ends once: by a commit, by a failure, when its time is over, or when the caller gives
// up; 'over' decides, under the lock. The last two first have to win against the commit,
// which the deadline decides. What an attempt uses is handed from thread to thread by
// futures, the timer and the executor; the lock guards only what somebody who ends it
// from outside has to find.
//
// A process may return null, which the type argument cannot say outside of JSpecify mode.
// What follows a future passes its failure on.
@SuppressWarnings({ "NullAway", "FutureReturnValueIgnored" })
final class AsynchronousExecution extends CompletableFuture<@Nullable Object> {

	private final AsynchronousRunner runner;

	private final Execution execution;

	private final Function<Object, CompletableFuture<@Nullable Object>> opener;

	private final Runnable onClose = this::close;

	private final long start;

	private @Nullable Future<?> alarm;

	private @Nullable Future<?> task;

	private @Nullable CompletableFuture<@Nullable Object> attempt;

	private volatile @Nullable Contest contest;

	private boolean over;

	AsynchronousExecution(AsynchronousRunner runner, Execution execution,
			Function<Object, CompletableFuture<@Nullable Object>> opener) {
		this.runner = runner;
		this.execution = execution;
		this.opener = opener;
		this.start = runner.outcomes().start();
	}

	void start() {
		AsyncExecutor executor = this.runner.executor();
		try {
			this.alarm = executor.alarm(this.execution.deadline(), () -> apart(this::expire));
		}
		catch (RejectedExecutionException ex) {
			IllegalStateException closed = executor.closed(this.execution.process());
			this.execution.activity().end(ProcessOutcome.REFUSED.name(), closed);
			throw closed;
		}
		executor.onClose(this.onClose);
		// Also where somebody else completes it, who does not want to wait any longer
		whenComplete((result, failure) -> apart(this::giveUp));
		ProcessDefinition process = this.execution.process();
		boolean pooled = process.isParallel() && !ThreadPool.isHere();
		if (pooled || process.contract().isReserving()) {
			hop(() -> (pooled ? executor.parallel(process) : executor.own()).begin(() -> attempt(1)));
		}
		else {
			attempt(1);
		}
	}

	// Further attempts go where a first one might have gone
	private void goOn(Runnable work) {
		AsyncExecutor executor = this.runner.executor();
		ProcessDefinition process = this.execution.process();
		hop(() -> (process.isParallel() ? executor.parallel(process) : executor.own()).goOn(work));
	}

	private void hop(Supplier<Future<?>> start) {
		try {
			synchronized (this) {
				if (!this.over) {
					this.task = start.get();
				}
			}
		}
		catch (RejectedExecutionException ex) {
			close();
		}
		catch (ParallelRejectedException ex) {
			fail(ex);
		}
	}

	private void attempt(int number) {
		if (isOver()) {
			return;
		}
		CompletableFuture<@Nullable Object> running;
		try {
			running = this.execution.handover().run(() -> begin(number));
		}
		catch (Throwable ex) {
			running = failedFuture(ex);
		}
		boolean late;
		synchronized (this) {
			this.attempt = running;
			late = this.over;
		}
		if (late) {
			running.cancel(true);
			return;
		}
		running.whenComplete((value, failure) -> {
			if (failure == null) {
				committed(value);
			}
			else {
				failed(AsynchronousAttempt.reason(failure));
			}
		});
	}

	private CompletableFuture<@Nullable Object> begin(int number) throws Throwable {
		return this.execution.activity().during(() -> this.opener.apply(this.execution.attempt(number)));
	}

	private void committed(@Nullable Object value) {
		Contest running = this.contest;
		try {
			if (running != null) {
				running.won();
			}
		}
		catch (RuntimeException ex) {
			fail(ex);
		}
		if (end()) {
			this.runner.outcomes().committed(this.execution, this.start);
			complete(value);
		}
	}

	private void failed(Throwable failure) {
		if (!(failure instanceof ConflictException conflict)) {
			fail(failure);
			return;
		}
		try {
			refused(conflict);
		}
		catch (RuntimeException ex) {
			fail(ex);
		}
	}

	private void refused(ConflictException conflict) {
		Contest running = this.contest;
		if (running == null) {
			running = this.execution.handover().run(() -> this.runner.retryLoop().contest(this.execution));
			this.contest = running;
		}
		next(running, conflict);
	}

	private void next(Contest running, ConflictException conflict) {
		if (!running.goesOnAfter(conflict)) {
			fail(running.lost(conflict));
			return;
		}
		long delay = running.delay();
		if (running.wantsTicket() || delay == 0) {
			goOn(() -> repeat(running));
			return;
		}
		try {
			this.runner.executor().later(delay, () -> {
				running.waited(delay);
				goOn(() -> repeat(running));
			});
		}
		catch (RejectedExecutionException ex) {
			close();
		}
	}

	private void repeat(Contest running) {
		try {
			if (running.wantsTicket()) {
				running.takeTicket();
			}
			attempt(running.next());
		}
		catch (InterruptedException ex) {
			fail(new CancellationException());
		}
		catch (RuntimeException ex) {
			fail(ex);
		}
		// It may have been given up when the ticket was granted
		if (isDone()) {
			running.end();
		}
	}

	private void fail(Throwable failure) {
		if (failure instanceof CancellationException) {
			this.execution.deadline().cancel();
		}
		if (end()) {
			this.runner.outcomes().failed(this.execution, this.start, failure);
			completeExceptionally(failure);
		}
	}

	private void expire() {
		if (this.execution.deadline().expire()) {
			abandon(this.execution.deadline().exceeded(this.execution.origin()));
		}
	}

	private void giveUp() {
		if (this.execution.deadline().cancel() || this.execution.deadline().isCancelled()) {
			abandon(new CancellationException());
		}
	}

	private void close() {
		if (this.execution.deadline().cancel()) {
			abandon(this.runner.executor().closed(this.execution.process()));
		}
	}

	// Ending an attempt may have to wait for somebody who is using its context
	private void apart(Runnable ending) {
		if (isOver()) {
			return;
		}
		try {
			this.runner.executor().run(ending);
		}
		catch (RejectedExecutionException ex) {
			ending.run();
		}
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		if (!isDone() && !this.execution.deadline().cancel()) {
			return false;
		}
		return super.cancel(mayInterruptIfRunning);
	}

	private void abandon(Throwable failure) {
		CompletableFuture<@Nullable Object> running;
		Future<?> working;
		synchronized (this) {
			running = this.attempt;
			working = this.task;
		}
		if (!end()) {
			return;
		}
		if (working != null) {
			working.cancel(true);
		}
		if (running != null) {
			running.cancel(true);
		}
		this.runner.outcomes().failed(this.execution, this.start, failure);
		completeExceptionally(failure);
	}

	private synchronized boolean isOver() {
		return this.over;
	}

	private boolean end() {
		synchronized (this) {
			if (this.over) {
				return false;
			}
			this.over = true;
		}
		if (this.alarm != null) {
			this.alarm.cancel(false);
		}
		this.runner.executor().forget(this.onClose);
		Contest running = this.contest;
		if (running != null) {
			running.end();
		}
		return true;
	}

}
