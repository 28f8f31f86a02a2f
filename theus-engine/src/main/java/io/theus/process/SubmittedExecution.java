package io.theus.process;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.theus.conflict.ConflictException;
import io.theus.conflict.Worker;
import io.theus.parallel.ParallelRejectedException;
import io.theus.store.CommitOrigin;
import io.theus.store.CommitOrigin.Kind;
import io.theus.telemetry.ThreadBound;
import io.theus.transaction.CommitCapture;
import io.theus.transaction.Contest;
import io.theus.transaction.Deadline;
import io.theus.transaction.Frame;
import io.theus.transaction.RetryLoop;
import io.theus.transaction.Transactions;

/**
 * An execution that gives its thread back while it waits between two attempts. It begins
 * on a thread of the engine, or on that of its caller; further attempts are made on
 * threads of the engine.
 *
 * @param <T> what its caller gets
 */
// A call goes through everything that is around the process (security, validation) before
// it comes to the execution, and has to leave through it to give the thread back: with an
// exception, and once more from the outside for each further attempt. What the advice
// made of that exception does not matter; the flag tells what has happened.
//
// State: QUEUED for a thread, RUNNING on it, WAITING for the timer, or OVER; it changes
// under
// the lock.
// Everything else is used by the thread that runs it, which takes over from the one
// before by way of the lock and of the executor. Who gives up or is late ends what waits,
// and interrupts what runs: the task of a thread of the engine, or the call that was
// begun on one ('thread'), which ends under the lock too, so that nothing else is
// interrupted. Threads of others are not interrupted.
//
// The value is there when nothing of the execution is bound to the thread any more, since
// what follows may run right there.
//
// A process may return null, which the type argument cannot say outside of JSpecify mode.
@SuppressWarnings("NullAway")
final class SubmittedExecution<T extends @Nullable Object> extends CompletableFuture<T> {

	private static final ThreadLocal<@Nullable SubmittedExecution<?>> CURRENT = new ThreadLocal<>();

	private final AsyncExecutor executor;

	private final Lane lane;

	private final ProcessDefinition process;

	private final CallSettings settings;

	private final Deadline deadline;

	private final Frame.Body<@Nullable Object> call;

	private final CommitCapture.Elsewhere commits;

	private final Function<@Nullable Object, T> form;

	// Of the thread that has submitted it; null where it begins on that thread
	private @Nullable ThreadBound context;

	// Tickets are held by the execution, on whatever thread, or by who waits for it
	private final Worker worker;

	private final @Nullable Worker caller;

	private final Runnable onClose = this::close;

	private State state = State.RUNNING;

	private @Nullable Future<?> task;

	private @Nullable Thread thread;

	private boolean interrupted;

	private @Nullable Future<?> alarm;

	private @Nullable Handover handover;

	private @Nullable Execution execution;

	private @Nullable Outcomes outcomes;

	private long start;

	private @Nullable Contest contest;

	private boolean taken;

	private boolean postponed;

	private long pause;

	SubmittedExecution(AsyncExecutor executor, Lane lane, ProcessDefinition process, CallSettings settings,
			Frame.Body<@Nullable Object> call, CommitCapture.Elsewhere commits, Function<@Nullable Object, T> form) {
		this(executor, lane, process, settings, call, commits, form, null);
	}

	SubmittedExecution(AsyncExecutor executor, Lane lane, ProcessDefinition process, CallSettings settings,
			Frame.Body<@Nullable Object> call, CommitCapture.Elsewhere commits, Function<@Nullable Object, T> form,
			@Nullable Worker caller) {
		this.caller = caller;
		this.worker = (caller != null) ? caller : new Worker();
		this.lane = lane;
		this.executor = executor;
		this.process = process;
		this.settings = settings;
		this.deadline = Deadline.in(settings.timeout(process, executor.timeout()));
		this.call = call;
		this.commits = commits;
		this.form = form;
	}

	CallSettings settings() {
		return this.settings;
	}

	// Where the code of the process runs, null for the thread of the attempt
	@Nullable Workers workers() {
		return this.lane.workers();
	}

	Deadline deadline() {
		return this.deadline;
	}

	/**
	 * Make the first attempt on a thread of the lane.
	 * @throws ParallelRejectedException if there is no room
	 * @throws IllegalStateException if the engine is closed
	 */
	void submit() {
		this.context = this.executor.context().capture();
		try {
			this.alarm = this.executor.alarm(this.deadline, this::expire);
			synchronized (this) {
				this.state = State.QUEUED;
				this.task = this.lane.begin(this::run);
			}
		}
		catch (RejectedExecutionException ex) {
			stopAlarm();
			throw this.executor.closed(this.process);
		}
		catch (ParallelRejectedException ex) {
			stopAlarm();
			throw ex;
		}
		if (this.lane.endsWithEngine()) {
			this.executor.onClose(this.onClose);
			// It may be over already
			if (isDone()) {
				this.executor.forget(this.onClose);
			}
		}
	}

	/**
	 * Make the first attempt on this thread.
	 */
	void begin() {
		RunningCalls.Place place = this.executor.place();
		if (place == null) {
			goOn(attempt());
			return;
		}
		Outcome<T> outcome;
		this.thread = Thread.currentThread();
		SubmittedExecution<?> outer = place.begin(this);
		try {
			outcome = attempt();
		}
		finally {
			place.end(outer);
			leave();
		}
		goOn(outcome);
	}

	// An interrupt that was meant for the attempt must not reach what follows
	private void leave() {
		boolean late;
		synchronized (this) {
			this.thread = null;
			late = this.interrupted;
		}
		if (late) {
			Thread.interrupted();
		}
	}

	private void run() {
		synchronized (this) {
			if (this.state != State.QUEUED) {
				return;
			}
			this.state = State.RUNNING;
		}
		goOn(attempt());
	}

	private void goOn(@Nullable Outcome<T> outcome) {
		if (outcome == null) {
			await();
			return;
		}
		settled();
		if (outcome.failure != null) {
			completeExceptionally(outcome.failure);
		}
		else {
			complete(outcome.value);
		}
	}

	// Null if there will be another one
	private @Nullable Outcome<T> attempt() {
		this.taken = false;
		this.postponed = false;
		SubmittedExecution<?> outer = CURRENT.get();
		CURRENT.set(this);
		try {
			Object value = call();
			return this.postponed ? null : new Outcome<>(this.form.apply(value), null);
		}
		catch (Throwable ex) {
			return this.postponed ? null : new Outcome<>(null, ex);
		}
		finally {
			CURRENT.set(outer);
		}
	}

	// What is bound to the thread of the caller goes along to others
	private @Nullable Object call() throws Throwable {
		Handover with = this.handover;
		if (with != null) {
			return with.<@Nullable Object, Throwable>run(this.call::run);
		}
		ThreadBound bound = this.context;
		return (bound != null) ? bound.<@Nullable Object, Throwable>during(this::firstCall) : firstCall();
	}

	private @Nullable Object firstCall() throws Throwable {
		Worker waiting = this.caller;
		return (waiting != null) ? waiting.<@Nullable Object, Throwable>run(this::counted) : counted();
	}

	private @Nullable Object counted() throws Throwable {
		return this.commits.<@Nullable Object, Throwable>run(this.call::run);
	}

	/**
	 * Take note of what counts on this thread, for further attempts on others.
	 * @param transactions what it works on
	 */
	void handOver(Transactions transactions) {
		if (this.handover == null && this.execution != null) {
			ThreadBound bound = (this.context != null) ? this.context : this.executor.context().capture();
			this.handover = new Handover(this.worker, this.execution.takeAll(), this.commits, transactions, bound);
		}
	}

	/**
	 * Return the submitted execution that a call on this thread is part of.
	 * @param process the process that is called
	 * @return the execution, {@code null} if the call is one of its own
	 */
	static @Nullable SubmittedExecution<?> take(ProcessDefinition process) {
		SubmittedExecution<?> current = CURRENT.get();
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
				this.contest = this.worker.run(() -> loop.contest(running));
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
			if (!given) {
				this.lane.suspend();
			}
		}
		if (given) {
			over();
			return;
		}
		this.executor.onClose(this.onClose);
		try {
			if (this.alarm == null) {
				this.alarm = this.executor.alarm(this.deadline, this::expire);
			}
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
			this.state = State.QUEUED;
			if (!this.lane.endsWithEngine()) {
				this.executor.forget(this.onClose);
			}
			if (this.contest != null) {
				this.contest.waited(this.pause);
			}
			try {
				this.task = this.lane.goOn(this::run);
				this.lane.resume();
				return;
			}
			catch (RejectedExecutionException ex) {
				this.state = State.WAITING;
			}
		}
		close();
	}

	// What has begun to commit goes on
	private void close() {
		if (!isRunning() || this.deadline.cancel()) {
			completeExceptionally(this.executor.closed(this.process));
			stop();
		}
	}

	private synchronized boolean isRunning() {
		return this.state == State.RUNNING;
	}

	void expire() {
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
			if (this.thread != null) {
				this.interrupted = true;
				this.thread.interrupt();
			}
			running = this.task;
			waiting = this.state == State.WAITING || this.state == State.QUEUED;
			if (this.state == State.WAITING) {
				this.lane.resume();
			}
			if (waiting) {
				this.state = State.OVER;
			}
		}
		if (running != null) {
			running.cancel(true);
		}
		if (waiting) {
			over();
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
			Throwable failure = handle((value, reason) -> reason).join();
			this.outcomes.failed(this.execution, this.start, (failure != null) ? failure : new CancellationException());
		}
	}

	private void settled() {
		stopAlarm();
		if (this.lane.endsWithEngine()) {
			this.executor.forget(this.onClose);
		}
	}

	private void stopAlarm() {
		if (this.alarm != null) {
			this.alarm.cancel(false);
		}
	}

	/**
	 * How the execution has ended.
	 *
	 * @param <T> what its caller gets
	 * @param value that, if there is no failure
	 * @param failure what it failed with, {@code null} if it did not
	 */
	private record Outcome<T>(@Nullable T value, @Nullable Throwable failure) {

	}

	private enum State {

		QUEUED, RUNNING, WAITING, OVER

	}

}
