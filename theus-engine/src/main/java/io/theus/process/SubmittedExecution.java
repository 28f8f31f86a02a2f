package io.theus.process;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

import io.theus.conflict.ConflictException;
import io.theus.conflict.Worker;
import io.theus.store.CommitOrigin;
import io.theus.store.CommitOrigin.Kind;
import io.theus.transaction.Contest;
import io.theus.transaction.Deadline;
import io.theus.transaction.RetryLoop;

/**
 * An execution on threads of the engine, which gives its thread back while it waits
 * between two attempts.
 */
// A call goes through everything that is around the process (security, validation) before
// it comes to the execution, and has to leave through it to give the thread back: with an
// exception, and once more from the outside for each further attempt. What the advice
// made
// of that exception does not matter; the flag tells what has happened.
//
// State: RUNNING on a thread, WAITING for the timer, or OVER; it changes under the lock.
// Everything else is used by the thread that runs it, which takes over from the one
// before
// by way of the lock and of the executor. Who gives up or is late ends what waits, and
// interrupts what runs.
//
// A process may return null, which the type argument cannot say outside of JSpecify mode.
@SuppressWarnings("NullAway")
final class SubmittedExecution extends CompletableFuture<@Nullable Object> {

	private static final ThreadLocal<@Nullable SubmittedExecution> CURRENT = new ThreadLocal<>();

	private final AsyncExecutor executor;

	private final ProcessDefinition process;

	private final Deadline deadline;

	private final Callable<@Nullable Object> call;

	// Tickets are held by the execution, on whatever thread
	private final Worker worker = new Worker();

	private final Runnable onClose = this::close;

	private State state = State.RUNNING;

	private @Nullable Future<?> task;

	private @Nullable Future<?> alarm;

	private @Nullable Execution execution;

	private @Nullable Outcomes outcomes;

	private long start;

	private @Nullable Contest contest;

	private boolean taken;

	private boolean postponed;

	private long pause;

	SubmittedExecution(AsyncExecutor executor, ProcessDefinition process, Deadline deadline,
			Callable<@Nullable Object> call) {
		this.executor = executor;
		this.process = process;
		this.deadline = deadline;
		this.call = call;
	}

	Deadline deadline() {
		return this.deadline;
	}

	void submit() {
		try {
			this.alarm = this.executor.alarm(this.deadline, this::expire);
			synchronized (this) {
				this.task = this.executor.start(this::run);
			}
		}
		catch (RejectedExecutionException ex) {
			stopAlarm();
			throw this.executor.closed(this.process);
		}
	}

	private void run() {
		this.taken = false;
		this.postponed = false;
		CURRENT.set(this);
		try {
			Object result = this.worker.run(this.call::call);
			if (!this.postponed) {
				complete(result);
			}
		}
		catch (Throwable ex) {
			if (!this.postponed) {
				completeExceptionally(ex);
			}
		}
		finally {
			CURRENT.remove();
		}
		if (this.postponed) {
			await();
		}
		else {
			stopAlarm();
		}
	}

	/**
	 * Return the submitted execution that a call on this thread is part of.
	 * @param process the process that is called
	 * @return the execution, {@code null} if the call is one of its own
	 */
	static @Nullable SubmittedExecution take(ProcessDefinition process) {
		SubmittedExecution current = CURRENT.get();
		if (current == null || current.process != process) {
			return null;
		}
		// Advice that calls again at once comes too early
		if (current.postponed) {
			throw current.postponement();
		}
		if (current.taken) {
			return null;
		}
		current.taken = true;
		return current;
	}

	@Nullable Execution execution() {
		return this.execution;
	}

	/**
	 * Take note of the execution.
	 * @param newExecution what is executed
	 * @param newOutcomes hears if it ends while it waits
	 */
	void begin(Execution newExecution, Outcomes newOutcomes) {
		this.execution = newExecution;
		this.outcomes = newOutcomes;
		this.start = newOutcomes.start();
	}

	long start() {
		return this.start;
	}

	boolean isPostponed() {
		return this.postponed;
	}

	/**
	 * Run the next attempt.
	 * @param running the execution
	 * @param loop opens the contest after the first conflict
	 * @return what the process returned
	 * @throws AttemptPostponedException if there will be another attempt
	 * @throws Throwable what it failed with otherwise
	 */
	@Nullable Object attempt(Execution running, RetryLoop loop) throws Throwable {
		try {
			Object result = (this.contest != null) ? again(running, this.contest) : running.attempt(1);
			if (this.contest != null) {
				this.contest.won();
			}
			return result;
		}
		catch (ConflictException ex) {
			if (this.contest == null) {
				this.contest = loop.contest(running);
			}
			throw refused(this.contest, ex);
		}
		finally {
			if (!this.postponed && this.contest != null) {
				this.contest.end();
			}
		}
	}

	private static @Nullable Object again(Execution running, Contest contest) throws Throwable {
		if (contest.wantsTicket()) {
			contest.takeTicket();
		}
		return running.attempt(contest.next());
	}

	private RuntimeException refused(Contest running, ConflictException conflict) {
		if (isDone() || !running.goesOnAfter(conflict)) {
			return running.lost(conflict);
		}
		this.pause = running.delay();
		this.postponed = true;
		return postponement();
	}

	private AttemptPostponedException postponement() {
		return new AttemptPostponedException(this.process.id(), (this.execution != null) ? this.execution.number() : 1);
	}

	private void await() {
		boolean given;
		synchronized (this) {
			given = isDone();
			this.state = given ? State.OVER : State.WAITING;
		}
		if (given) {
			over();
			return;
		}
		this.executor.tell(this.onClose);
		try {
			this.executor.later(this.pause, this::resume);
		}
		catch (RejectedExecutionException ex) {
			close();
		}
	}

	private void resume() {
		synchronized (this) {
			if (this.state != State.WAITING) {
				return;
			}
			this.state = State.RUNNING;
			this.executor.forget(this.onClose);
			if (this.contest != null) {
				this.contest.waited(this.pause);
			}
			try {
				this.task = this.executor.start(this::run);
				return;
			}
			catch (RejectedExecutionException ex) {
				this.state = State.WAITING;
			}
		}
		close();
	}

	private void close() {
		completeExceptionally(this.executor.closed(this.process));
		stop();
	}

	private void expire() {
		CommitOrigin origin = new CommitOrigin(Kind.PROCESS, this.process.id(), null);
		if (this.deadline.expire() && completeExceptionally(this.deadline.exceeded(origin))) {
			stop();
		}
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		if (!isDone() && !this.deadline.cancel()) {
			return false;
		}
		boolean cancelled = super.cancel(mayInterruptIfRunning);
		if (cancelled) {
			stop();
		}
		return cancelled;
	}

	// The result is there already, and it is a failure
	private void stop() {
		Future<?> running;
		boolean waiting;
		synchronized (this) {
			running = this.task;
			waiting = this.state == State.WAITING;
			if (waiting) {
				this.state = State.OVER;
			}
		}
		if (waiting) {
			over();
		}
		else if (running != null) {
			running.cancel(true);
		}
	}

	private void over() {
		this.deadline.cancel();
		this.executor.forget(this.onClose);
		stopAlarm();
		if (this.contest != null) {
			this.contest.end();
		}
		if (this.outcomes != null && this.execution != null) {
			Throwable failure = handle((result, reason) -> reason).join();
			this.outcomes.failed(this.execution, this.start, (failure != null) ? failure : new CancellationException());
		}
	}

	private void stopAlarm() {
		if (this.alarm != null) {
			this.alarm.cancel(false);
		}
	}

	private enum State {

		RUNNING, WAITING, OVER

	}

}
