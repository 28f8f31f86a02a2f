package io.theus.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.theus.run.StepVisit.Outcome;
import io.theus.run.Suspension.Kind;
import io.theus.workflow.Step;

/**
 * The branches of one run: which of them go on, and which rest for what.
 */
// Branches run on threads of their own; this is where they meet. This object is the lock
// of the run, for all its parts. Nobody calls processes or observers with it in hand.
//
// A branch is in one of three places: running (a thread takes it from step to step, or is
// about to), resting (it has a suspension), or gone. 'running' and 'calls' count the
// first two kinds that keep the run from being only waiting.
//
// Where a thread of the engine is refused, the engine is closed, and so is the run: at
// once, or by whoever leaves the lock if that was found out with it in hand.
//
// 'attention' is set before anybody may want a branch to stop or to rest, and never taken
// back, so a branch that sees it unset may go on without the lock.
final class Branches {

	private final Run run;

	private final RunEnvironment environment;

	private final Interpreter interpreter;

	private final Consumer<RejectedExecutionException> closed;

	private final Set<Branch> resting = new LinkedHashSet<>(2);

	private final AtomicLong operations = new AtomicLong();

	private final Turns turns;

	private Branch root;

	private int running;

	private int calls;

	private boolean pausable = true;

	private boolean paused;

	// Whether the engine is stopped
	private boolean halted;

	private volatile boolean attention;

	private volatile @Nullable RejectedExecutionException refusal;

	Branches(Run run, Branch root, RunEnvironment environment, Interpreter interpreter,
			Consumer<RejectedExecutionException> closed) {
		this.run = run;
		this.root = root;
		this.environment = environment;
		this.interpreter = interpreter;
		this.closed = closed;
		this.turns = new Turns(run, environment);
	}

	long nextOperation() {
		return this.operations.incrementAndGet();
	}

	// The following are called with the lock in hand

	Branch root() {
		return this.root;
	}

	/**
	 * Begin a stage of the run.
	 * @param newRoot the branch that it consists of at first
	 */
	void begin(Branch newRoot) {
		this.root = newRoot;
		this.operations.set(0);
	}

	/**
	 * A thread begins to work for the run.
	 */
	void enter() {
		this.running++;
	}

	/**
	 * A thread has done with the run.
	 */
	void leave() {
		this.running--;
		if (this.running == 0) {
			this.operations.set(0);
		}
	}

	/**
	 * A thread has left what it worked on to a process.
	 */
	void enterCall() {
		this.running--;
		this.calls++;
	}

	/**
	 * A thread works on what a process was left.
	 */
	void leaveCall() {
		this.running++;
		this.calls--;
	}

	void notPausable() {
		this.pausable = false;
	}

	/**
	 * Return what the run is as long as it has not ended.
	 * @return the state
	 */
	RunState state() {
		if (this.running > 0) {
			return RunState.RUNNING;
		}
		if (this.calls > 0) {
			return RunState.WAITING_IO;
		}
		return isHeld() ? RunState.PAUSED : RunState.WAITING;
	}

	private boolean isHeld() {
		return this.halted || (this.paused && this.pausable);
	}

	void stopAll() {
		this.root.stop();
		fetchStopped();
	}

	/**
	 * Fetch the branches that rest although they are stopped. Those that wait for a
	 * process or for other branches come by themselves.
	 */
	void fetchStopped() {
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
	 * Undo what resting branches have registered, where nobody will wake them any more.
	 */
	void abandon() {
		this.attention = true;
		this.pausable = false;
		this.root.stop();
		for (Branch branch : this.resting) {
			branch.endActivity(RunState.CANCELLED.name(), null);
			Suspension suspension = branch.suspension();
			if (suspension != null && suspension.kind() != Kind.TURN) {
				suspension.release();
			}
		}
	}

	void suspend(Branch branch, Suspension suspension, Consumer<Suspension> registration) {
		rest(branch, suspension);
		// Who is stopped has nothing to wait for, but comes back to hear it
		if (branch.isStopped()) {
			take(branch, suspension);
			goOn(branch, null);
			return;
		}
		try {
			registration.accept(suspension);
		}
		catch (RejectedExecutionException ex) {
			this.refusal = ex;
		}
	}

	private void rest(Branch branch, Suspension suspension) {
		branch.suspension(suspension);
		this.resting.add(branch);
		if (suspension.kind() == Kind.CALL) {
			this.calls++;
		}
		leave();
		this.run.changed();
	}

	/**
	 * Take a branch from its rest; it runs from then on.
	 * @param branch the branch
	 * @param suspension what it rests for
	 */
	void take(Branch branch, Suspension suspension) {
		branch.suspension(null);
		this.resting.remove(branch);
		this.running++;
		if (suspension.kind() == Kind.CALL) {
			this.calls--;
		}
		suspension.release();
		this.run.changed();
	}

	// The following are called with the lock or without

	/**
	 * Let a thread of the engine go on with a branch that runs.
	 * @param branch the branch
	 * @param turn what it does first, {@code null} for its next step
	 */
	void goOn(Branch branch, Interpreter.@Nullable Turn turn) {
		if (!execute(() -> this.interpreter.go(branch, turn))) {
			branch.endActivity(RunState.CANCELLED.name(), null);
		}
	}

	/**
	 * Let a thread of the engine do something for the run.
	 * @param task what to do
	 * @return whether there is a thread for it
	 */
	boolean execute(Runnable task) {
		try {
			this.environment.execute(task);
			return true;
		}
		catch (RejectedExecutionException ex) {
			refused(ex);
			return false;
		}
	}

	void refused(RejectedExecutionException ex) {
		this.refusal = ex;
		if (!Thread.holdsLock(this)) {
			closeIfRefused();
		}
	}

	// The following take the lock

	/**
	 * End the run if it was refused a thread of the engine.
	 */
	void closeIfRefused() {
		RejectedExecutionException ex = this.refusal;
		if (ex != null) {
			this.closed.accept(ex);
		}
	}

	/**
	 * Ask before each step whether a branch goes on.
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
			if (!isHeld()) {
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

	/**
	 * Let a branch rest until a call is over. Nothing else wakes it.
	 * @param branch the branch, on its thread
	 * @param registration arranges for it to be woken, which may happen at once
	 */
	void suspendForCall(Branch branch, Consumer<Suspension> registration) {
		Suspension suspension = new Suspension(Kind.CALL);
		synchronized (this) {
			rest(branch, suspension);
		}
		this.run.tell();
		registration.accept(suspension);
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

	/**
	 * Let a branch rest until others have come to their end.
	 * @param parent the branch, on its thread, which goes over to the first of the others
	 * @param children the others, at least one
	 */
	void fork(Branch parent, List<Branch> children) {
		synchronized (this) {
			parent.suspension(new Suspension(Kind.JOIN));
			this.resting.add(parent);
			this.running += children.size() - 1;
		}
		children.subList(1, children.size()).forEach((child) -> goOn(child, null));
	}

	/**
	 * A parallel branch has come to its end, or leaves before it.
	 * @param branch the branch, on its thread
	 * @param join where it comes together with others
	 * @return the branch that goes on on this thread, {@code null} for none
	 */
	@Nullable Branch joined(Branch branch, Join join) {
		Branch next;
		boolean together;
		synchronized (this) {
			// It may have left with its turn
			leaveLine(branch.pending());
			next = join.gone(branch, branch.position() == null && !branch.isStopped());
			if (next == null) {
				leave();
				this.run.changed();
			}
			else if (next.suspension() != null) {
				this.resting.remove(next);
				next.suspension(null);
			}
			together = join.isTogether();
		}
		if (next != null && together) {
			this.run.visited(next, join.step(), Outcome.COMPLETED, null);
		}
		this.run.tell();
		return next;
	}

	/**
	 * Let a call wait until those before it that would be in its way are over.
	 * @param branch the branch, on its thread
	 * @param call the call
	 * @return whether it may begin; if not, the branch rests
	 */
	boolean takeTurn(Branch branch, PendingCall call) {
		synchronized (this) {
			Turns.Entry earlier = call.turn();
			if (earlier != null) {
				return true;
			}
			Turns.Entry entry = this.turns.join(branch, call);
			call.turn(entry);
			if (entry.isGranted()) {
				return true;
			}
			suspend(branch, new Suspension(Kind.TURN), (suspension) -> suspension.registration(() -> {
				// Stopped before its turn has come
				if (!entry.isGranted()) {
					leaveLine(call);
				}
			}));
		}
		this.run.tell();
		return false;
	}

	void giveTurn(PendingCall call) {
		synchronized (this) {
			leaveLine(call);
		}
		this.run.tell();
	}

	private void leaveLine(@Nullable PendingCall call) {
		Turns.Entry entry = (call != null) ? call.turn() : null;
		if (call != null && entry != null) {
			call.turn(null);
			grant(this.turns.leave(entry));
		}
	}

	private void grant(List<Turns.Entry> entries) {
		for (Turns.Entry next : entries) {
			Suspension suspension = next.branch().suspension();
			if (suspension != null && suspension.kind() == Kind.TURN) {
				take(next.branch(), suspension);
				goOn(next.branch(), null);
			}
		}
	}

	/**
	 * Return the steps at which branches rest, in the order in which they came to rest.
	 * @return a step for each branch, without those that wait for others to join
	 */
	synchronized List<Step> restingAt() {
		List<Step> steps = new ArrayList<>();
		for (Branch branch : this.resting) {
			Position at = branch.position();
			Suspension suspension = branch.suspension();
			if (at != null && suspension != null && suspension.kind() != Kind.JOIN) {
				steps.add(at.isAtEnd() ? Objects.requireNonNull(at.owner()) : at.step());
			}
		}
		return steps;
	}

	boolean pause() {
		synchronized (this) {
			if (!this.pausable) {
				return false;
			}
			this.paused = true;
			this.attention = true;
			this.run.changed();
		}
		this.run.tell();
		return true;
	}

	boolean resume() {
		List<Branch> woken;
		synchronized (this) {
			if (!this.paused || !this.pausable) {
				return false;
			}
			this.paused = false;
			woken = takeHeld();
		}
		this.run.tell();
		woken.forEach((branch) -> goOn(branch, null));
		return true;
	}

	/**
	 * Let no branch go on with another step, because the engine is stopped.
	 */
	void halt() {
		synchronized (this) {
			this.halted = true;
			this.attention = true;
			this.run.changed();
		}
		this.run.tell();
	}

	/**
	 * The engine is not stopped any more.
	 */
	void release() {
		List<Branch> woken;
		synchronized (this) {
			if (!this.halted) {
				return;
			}
			this.halted = false;
			woken = takeHeld();
		}
		this.run.tell();
		woken.forEach((branch) -> goOn(branch, null));
	}

	private List<Branch> takeHeld() {
		List<Branch> taken = new ArrayList<>();
		for (Branch branch : isHeld() ? List.<Branch>of() : List.copyOf(this.resting)) {
			Suspension suspension = branch.suspension();
			if (suspension != null && suspension.kind() == Kind.PAUSE) {
				take(branch, suspension);
				taken.add(branch);
			}
		}
		this.run.changed();
		return taken;
	}

	/**
	 * A step was refused because the engine is stopped. The branch rests before it,
	 * unless the engine goes on already: who is released later finds it resting.
	 * @param branch the branch, on its thread
	 * @return the branch that goes on on this thread, {@code null} if it rests
	 */
	@Nullable Branch hold(Branch branch) {
		synchronized (this) {
			if (branch.isStopped() || this.environment.stop() == null) {
				return branch;
			}
			this.halted = true;
			this.attention = true;
			rest(branch, new Suspension(Kind.PAUSE));
		}
		this.run.tell();
		return null;
	}

	/**
	 * What a branch is told before a step.
	 */
	enum Verdict {

		GO, REST, LEAVE

	}

}
