package io.theus.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.run.Suspension.Kind;
import io.theus.workflow.Block;

/**
 * Decides which branches of a run go on, rest or end, and what the run becomes by that.
 */
// Branches run on threads of their own; this is where they meet. The lock is this object.
// Nobody calls processes or observers with it in hand.
//
// A branch is in one of three places: running (a thread takes it from step to step, or is
// about to), resting (it has a suspension), or gone. 'running' and 'calls' count the
// first
// two kinds that keep the run from being only waiting. The run comes to rest when its
// root is gone, which it is after all the branches that it waits for.
//
// Stages follow each other: the steps; then, unless these have come to their end, the
// compensations; then, after a failure, the steps for that case. Pausing, cancelling and
// the time limit concern the first stage only.
//
// 'attention' is set before anybody may want a branch to stop or to rest, and never taken
// back but by resume, so a branch that sees it unset may go on without the lock.
final class RunControl {

	private static final Logger logger = LoggerFactory.getLogger(RunControl.class);

	private final Run run;

	private final RunEnvironment environment;

	private final Interpreter interpreter;

	private final Compensations compensations;

	private final Results results;

	private final Mailbox mailbox = new Mailbox();

	private final AtomicLong numbers = new AtomicLong();

	private final AtomicLong operations = new AtomicLong();

	private final Set<Branch> resting = new LinkedHashSet<>(2);

	private final List<Runnable> conditions = new ArrayList<>(0);

	private Branch root;

	private Stage stage = Stage.STEPS;

	private int running;

	private int calls;

	private boolean begun;

	private boolean paused;

	private volatile boolean attention;

	private @Nullable Ending ending;

	private @Nullable Suspension limit;

	RunControl(Run run, RunEnvironment environment) {
		this.run = run;
		this.environment = environment;
		this.compensations = new Compensations(run, environment);
		this.interpreter = new Interpreter(run, this, environment);
		BoundWorkflow workflow = run.definition();
		Locals locals = Locals.of(workflow, run.inputs());
		this.results = locals.results();
		this.root = new Branch(null, null, 0, Position.startOf(workflow.workflow().body(), null, locals),
				SignalSet.NONE);
	}

	Results results() {
		return this.results;
	}

	synchronized List<String> awaitedSignals() {
		return this.mailbox.awaited();
	}

	/**
	 * Take the run as far as it goes on this thread.
	 */
	void begin() {
		Branch first = this.root;
		synchronized (this) {
			this.begun = true;
			this.running = 1;
			if (this.ending == null) {
				startTimeLimit();
				changed();
			}
		}
		this.run.tell();
		this.interpreter.go(first);
	}

	private void startTimeLimit() {
		Duration timeout = this.run.definition().workflow().options().timeout();
		if (timeout != null) {
			Suspension alarm = new Suspension(Kind.WAIT);
			this.limit = alarm;
			alarm.timer(this.environment.after(timeout,
					() -> end(new Ending(RunState.FAILED, new RunTimeoutException(this.run.workflow(), timeout)))));
		}
	}

	long nextNumber() {
		return this.numbers.incrementAndGet();
	}

	long number() {
		return this.numbers.get();
	}

	long nextOperation() {
		return this.operations.incrementAndGet();
	}

	Mailbox mailbox() {
		return this.mailbox;
	}

	Compensations compensations() {
		return this.compensations;
	}

	/**
	 * Ask before each step whether the branch goes on.
	 * @param branch the branch, on its thread
	 * @return whether it does; if not, it is resting, or has to leave
	 */
	Verdict mayGoOn(Branch branch) {
		if (!this.attention) {
			return Verdict.GO;
		}
		synchronized (this) {
			if (branch.isStopped()) {
				return Verdict.LEAVE;
			}
			if (!this.paused || this.stage != Stage.STEPS) {
				return Verdict.GO;
			}
			rest(branch, new Suspension(Kind.PAUSE));
		}
		this.run.tell();
		return Verdict.REST;
	}

	/**
	 * Let a branch rest. It belongs to whoever wakes it from then on.
	 * @param branch the branch, on its thread
	 * @param kind what for
	 * @param registration arranges for it to be woken; what it gives to the suspension is
	 * undone when it is
	 */
	void suspend(Branch branch, Kind kind, Consumer<Suspension> registration) {
		synchronized (this) {
			suspend(branch, new Suspension(kind), registration);
		}
		this.run.tell();
	}

	private void suspend(Branch branch, Suspension suspension, Consumer<Suspension> registration) {
		rest(branch, suspension);
		// Who is stopped has nothing to wait for, but comes back to hear it
		if (branch.isStopped() && suspension.kind() != Kind.CALL) {
			take(branch, suspension);
			goOn(branch, null);
			return;
		}
		try {
			registration.accept(suspension);
		}
		catch (RejectedExecutionException ex) {
			close(ex);
		}
	}

	private void rest(Branch branch, Suspension suspension) {
		branch.suspension(suspension);
		this.resting.add(branch);
		this.running--;
		if (suspension.kind() == Kind.CALL) {
			this.calls++;
		}
		if (this.running == 0) {
			this.operations.set(0);
		}
		changed();
	}

	private void take(Branch branch, Suspension suspension) {
		branch.suspension(null);
		this.resting.remove(branch);
		this.running++;
		if (suspension.kind() == Kind.CALL) {
			this.calls--;
		}
		suspension.release();
		changed();
	}

	/**
	 * Wake a branch, on a thread of the engine.
	 * @param branch the branch
	 * @param suspension what it was resting for
	 * @param turn what it does first, {@code null} to go on with its step
	 * @return whether it was still resting for that
	 */
	boolean wake(Branch branch, Suspension suspension, Interpreter.@Nullable Turn turn) {
		synchronized (this) {
			if (branch.suspension() != suspension) {
				return false;
			}
			take(branch, suspension);
		}
		this.run.tell();
		goOn(branch, turn);
		return true;
	}

	void goOn(Branch branch, Interpreter.@Nullable Turn turn) {
		try {
			this.environment.execute(() -> this.interpreter.go(branch, turn));
		}
		catch (RejectedExecutionException ex) {
			close(ex);
		}
	}

	/**
	 * Let a branch rest until others have come to their end.
	 * @param parent the branch, on its thread, which goes over to the first of the others
	 * @param children the others, at least one
	 */
	void fork(Branch parent, List<Branch> children) {
		synchronized (this) {
			Suspension suspension = new Suspension(Kind.JOIN);
			parent.suspension(suspension);
			this.resting.add(parent);
			this.running += children.size() - 1;
		}
		children.subList(1, children.size()).forEach((child) -> goOn(child, null));
	}

	/**
	 * A branch has come to its end, or leaves before it.
	 * @param branch the branch, on its thread
	 * @return the branch that goes on on this thread, {@code null} for none
	 */
	@Nullable Branch gone(Branch branch) {
		Join join = branch.join();
		if (join == null) {
			return rootGone(branch);
		}
		return joined(branch, join);
	}

	private @Nullable Branch joined(Branch branch, Join join) {
		Branch next;
		synchronized (this) {
			next = join.gone(branch, branch.position() == null && !branch.isStopped());
			if (next == null) {
				this.running--;
				changed();
			}
			else if (next.suspension() != null) {
				this.resting.remove(next);
				next.suspension(null);
			}
		}
		this.run.tell();
		return next;
	}

	private @Nullable Branch rootGone(Branch branch) {
		synchronized (this) {
			if (this.stage == Stage.OVER) {
				return null;
			}
			// Whoever cancels during the last step comes too late
			if (branch.position() == null && this.stage == Stage.STEPS
					&& (this.ending == null || this.ending.state() == RunState.CANCELLED)) {
				this.ending = new Ending(RunState.COMPLETED, null);
			}
			releaseLimit();
		}
		return conclude();
	}

	private void releaseLimit() {
		if (this.limit != null) {
			this.limit.release();
			this.limit = null;
		}
	}

	// Nothing of this stage is left. Only the thread that took the root away comes here
	private @Nullable Branch conclude() {
		Ending end;
		Stage over;
		synchronized (this) {
			end = Objects.requireNonNull(this.ending);
			over = this.stage;
			if (over == Stage.STEPS) {
				this.stage = Stage.COMPENSATION;
			}
		}
		if (over == Stage.STEPS && end.state() != RunState.COMPLETED && !end.closed()) {
			return compensate();
		}
		if (over == Stage.COMPENSATION && end.state() == RunState.FAILED && !end.closed()) {
			Branch epilogue = epilogue();
			if (epilogue != null) {
				return epilogue;
			}
		}
		synchronized (this) {
			this.stage = Stage.OVER;
			this.running = 0;
			this.run.end(end);
		}
		this.run.tell();
		this.environment.ended(this.run);
		return null;
	}

	private @Nullable Branch compensate() {
		Compensations.Undoing step = this.compensations.next();
		while (step != null) {
			Compensations.Undoing current = step;
			if (!current.isDone()) {
				synchronized (this) {
					this.running--;
					this.calls++;
					changed();
				}
				this.run.tell();
				current.whenDone(() -> this.environment.execute(() -> {
					synchronized (this) {
						this.running++;
						this.calls--;
						changed();
					}
					this.run.tell();
					this.interpreter.go(compensated(current) ? compensate() : null);
				}));
				return null;
			}
			if (!compensated(current)) {
				return null;
			}
			step = this.compensations.next();
		}
		return conclude();
	}

	private boolean compensated(Compensations.Undoing step) {
		Throwable failure = step.failure();
		if (failure == null) {
			return true;
		}
		logger.error("Compensation '{}' of step '{}' has failed in run '{}' of workflow '{}', resolve the incident",
				step.process(), step.step().id(), this.run.id(), this.run.workflow(), failure);
		synchronized (this) {
			this.running--;
			this.run.incident(new Incident(step.step().id(), step.process(), failure));
			changed();
		}
		this.run.tell();
		return false;
	}

	/**
	 * Decide an incident.
	 * @param resolution what to do
	 * @return whether there was one
	 */
	boolean resolve(Resolution resolution) {
		synchronized (this) {
			if (this.run.incident().isEmpty()) {
				return false;
			}
			this.run.incident(null);
			this.running++;
			switch (resolution) {
				case RETRY -> this.compensations.again();
				case SKIP -> {
				}
				case FAIL -> this.compensations.skipAll();
			}
			changed();
		}
		this.run.tell();
		try {
			this.environment.execute(() -> this.interpreter.go(compensate()));
		}
		catch (RejectedExecutionException ex) {
			close(ex);
		}
		return true;
	}

	private @Nullable Branch epilogue() {
		Block block = this.run.definition().workflow().options().onError();
		if (block == null) {
			return null;
		}
		synchronized (this) {
			this.stage = Stage.ON_ERROR;
			this.operations.set(0);
			Branch after = new Branch(null, null, 0,
					Position.startOf(block, null, Locals.of(this.run.definition(), this.run.inputs())),
					this.root.signals());
			this.root = after;
			return after;
		}
	}

	/**
	 * A step has failed for good.
	 * @param branch the branch, on its thread
	 * @param failure what it has failed with
	 * @return the branch that goes on on this thread, {@code null} for none
	 */
	@Nullable Branch failed(Branch branch, Throwable failure) {
		synchronized (this) {
			if (this.stage == Stage.ON_ERROR) {
				this.run.error().ifPresent((error) -> suppress(error, failure));
			}
			else if (this.ending != null || branch.isStopped()) {
				logger.warn("A step of run '{}' of workflow '{}' has failed after the run was stopped", this.run.id(),
						this.run.workflow(), failure);
			}
			else {
				this.ending = new Ending(RunState.FAILED, failure);
				this.run.failing(failure);
			}
			stopAll();
		}
		return gone(branch);
	}

	private static void suppress(Throwable error, Throwable other) {
		if (error != other) {
			error.addSuppressed(other);
		}
	}

	/**
	 * End the run before its next steps.
	 * @param reason what it becomes
	 * @return whether it had not come to its end by itself
	 */
	boolean end(Ending reason) {
		synchronized (this) {
			if (this.stage != Stage.STEPS) {
				return false;
			}
			if (this.ending == null) {
				this.ending = reason;
				Throwable error = reason.error();
				if (error != null) {
					this.run.failing(error);
				}
				stopAll();
			}
		}
		this.run.tell();
		return true;
	}

	private void stopAll() {
		this.root.stop();
		stopped();
	}

	/**
	 * Fetch the branches that rest although they are stopped; to be called with the lock.
	 */
	void stopped() {
		this.attention = true;
		for (Branch branch : List.copyOf(this.resting)) {
			Suspension suspension = branch.suspension();
			if (branch.isStopped() && suspension != null && suspension.kind() != Kind.CALL
					&& suspension.kind() != Kind.JOIN) {
				take(branch, suspension);
				goOn(branch, null);
			}
		}
	}

	/**
	 * Let a branch wait for a signal, unless one was sent already.
	 * @param branch the branch, on its thread
	 * @param topic the topic
	 * @param where what has to hold for the payload
	 * @param receipt what happens when it has come
	 * @param begun told when the branch begins to rest, before it does
	 * @param timer starts the time limit
	 * @return the payload in a list if it has been sent already; {@code null} if the
	 * branch rests
	 */
	@Nullable List<@Nullable Object> await(Branch branch, String topic, Predicate<@Nullable Object> where,
			SignalWait.Receipt receipt, Runnable begun, Consumer<Suspension> timer) {
		Suspension suspension = new Suspension(Kind.WAIT);
		SignalWait wait = new SignalWait(this, branch, suspension, topic, where, receipt);
		synchronized (this) {
			List<@Nullable Object> earlier = this.mailbox.take(wait);
			if (earlier != null) {
				return earlier;
			}
			begun.run();
			suspend(branch, suspension, (resting) -> {
				this.mailbox.add(wait);
				Runnable routed = this.environment.register(wait);
				resting.registration(() -> {
					this.mailbox.remove(wait);
					routed.run();
				});
				timer.accept(resting);
			});
		}
		this.run.tell();
		return null;
	}

	/**
	 * Send the run a signal.
	 * @param topic the topic
	 * @param payload the payload
	 * @return whether the run has not ended
	 */
	boolean signal(String topic, @Nullable Object payload) {
		List<Runnable> conditions;
		synchronized (this) {
			if (this.stage == Stage.OVER) {
				return false;
			}
			SignalWait wait = this.mailbox.send(topic, payload, nextNumber());
			if (wait != null) {
				take(wait.branch(), wait.suspension());
				goOn(wait.branch(), wait.turn(payload));
			}
			conditions = List.copyOf(this.conditions);
		}
		this.run.tell();
		conditions.forEach(this.environment::execute);
		return true;
	}

	/**
	 * Offer a signal of the hub to a wait.
	 * @param wait the wait
	 * @param payload its payload
	 */
	void offer(SignalWait wait, @Nullable Object payload) {
		synchronized (this) {
			if (wait.branch().suspension() != wait.suspension() || !wait.accepts(wait.topic(), payload)) {
				return;
			}
			take(wait.branch(), wait.suspension());
			goOn(wait.branch(), wait.turn(payload));
		}
		this.run.tell();
	}

	/**
	 * Have a condition looked at, now and whenever what it depends on may have changed;
	 * to be called with the lock.
	 * @param check looks at it
	 * @return stops that
	 */
	Runnable watch(Runnable check) {
		this.conditions.add(check);
		Runnable watched = this.environment.watch(check);
		this.environment.execute(check);
		return () -> {
			this.conditions.remove(check);
			watched.run();
		};
	}

	boolean pause() {
		synchronized (this) {
			if (this.stage != Stage.STEPS || this.ending != null) {
				return false;
			}
			this.paused = true;
			this.attention = true;
			changed();
		}
		this.run.tell();
		return true;
	}

	boolean resume() {
		List<Branch> woken = new ArrayList<>();
		synchronized (this) {
			if (!this.paused) {
				return false;
			}
			this.paused = false;
			for (Branch branch : List.copyOf(this.resting)) {
				Suspension suspension = branch.suspension();
				if (suspension != null && suspension.kind() == Kind.PAUSE) {
					take(branch, suspension);
					woken.add(branch);
				}
			}
			changed();
		}
		this.run.tell();
		woken.forEach((branch) -> goOn(branch, null));
		return true;
	}

	/**
	 * The engine is closed: nothing more happens.
	 * @param cause what showed it, {@code null} if it was told
	 */
	void close(@Nullable Throwable cause) {
		synchronized (this) {
			if (this.stage == Stage.OVER) {
				return;
			}
			IllegalStateException closed = new IllegalStateException(
					"run '%s' of workflow '%s' has ended: the engine is closed".formatted(this.run.id(),
							this.run.workflow()),
					cause);
			this.ending = new Ending(RunState.FAILED, closed, true);
			this.root.stop();
			this.attention = true;
			releaseLimit();
			for (Branch branch : List.copyOf(this.resting)) {
				Suspension suspension = branch.suspension();
				if (suspension != null && suspension.kind() != Kind.CALL) {
					suspension.release();
				}
			}
			this.stage = Stage.OVER;
			this.run.end(this.ending);
		}
		this.run.tell();
		this.environment.ended(this.run);
	}

	synchronized boolean isClosed() {
		return this.ending != null && this.ending.closed();
	}

	// To be called with the lock
	private void changed() {
		if (this.stage != Stage.OVER && this.begun) {
			this.run.become(state());
		}
	}

	private RunState state() {
		if (this.run.incident().isPresent()) {
			return RunState.INCIDENT;
		}
		if (this.running > 0) {
			return RunState.RUNNING;
		}
		if (this.calls > 0) {
			return RunState.WAITING_IO;
		}
		return (this.paused && this.stage == Stage.STEPS) ? RunState.PAUSED : RunState.WAITING;
	}

	/**
	 * What a branch is told before a step.
	 */
	enum Verdict {

		GO, REST, LEAVE

	}

	/**
	 * What a run does at all.
	 */
	private enum Stage {

		STEPS, COMPENSATION, ON_ERROR, OVER

	}

	/**
	 * How a run ends.
	 *
	 * @param state what it becomes
	 * @param error what it has failed with, {@code null} if it has not
	 * @param closed whether the engine is closed, so that nothing follows
	 */
	record Ending(RunState state, @Nullable Throwable error, boolean closed) {

		Ending(RunState state, @Nullable Throwable error) {
			this(state, error, false);
		}

	}

}
