package io.theus.run;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.audit.EngineStoppedException;
import io.theus.error.LoggedFailure;
import io.theus.workflow.Block;

/**
 * Leads one run through its life.
 */
// A life has stages: the steps; then, unless these have come to their end, the
// compensations; then, after a failure, the steps for that case. A stage is over when its
// root branch is gone, which it is after all the branches that it waits for; whoever took
// the root there leads on to the next stage. Pausing, cancelling and the time limit
// concern the first stage only.
//
// The fields are guarded by the lock of the branches.
final class RunControl {

	private static final Logger logger = LoggerFactory.getLogger(RunControl.class);

	private final Run run;

	private final RunEnvironment environment;

	private final Trace trace;

	private final Interpreter interpreter;

	private final Branches branches;

	private final RunSignals signals;

	private final Compensations compensations;

	private final Results results;

	private Stage stage = Stage.PENDING;

	private @Nullable Ending ending;

	// Whether compensations wait until the engine goes on
	private boolean postponed;

	private @Nullable Future<?> limit;

	RunControl(Run run, RunEnvironment environment) {
		this.run = run;
		this.environment = environment;
		this.trace = environment.trace(run);
		BoundWorkflow workflow = run.definition();
		Locals locals = Locals.of(workflow, run.inputs());
		this.results = locals.results();
		this.interpreter = new Interpreter(run, this, environment);
		this.branches = new Branches(run,
				new Branch(null, null, 0, Position.startOf(workflow.workflow().body(), null, locals), SignalSet.NONE),
				environment, this.interpreter, this::close);
		this.signals = new RunSignals(run, this.branches, environment);
		this.compensations = new Compensations(run, environment, this.trace);
	}

	Trace trace() {
		return this.trace;
	}

	Branches branches() {
		return this.branches;
	}

	RunSignals signals() {
		return this.signals;
	}

	Compensations compensations() {
		return this.compensations;
	}

	Results results() {
		return this.results;
	}

	long nanoTime() {
		return this.environment.nanoTime();
	}

	// To be called with the lock
	boolean isOver() {
		return this.stage == Stage.OVER;
	}

	boolean isClosed() {
		synchronized (this.branches) {
			return this.ending != null && this.ending.closed();
		}
	}

	/**
	 * Take the run as far as it goes on this thread.
	 */
	void begin() {
		Branch root;
		synchronized (this.branches) {
			if (this.stage == Stage.OVER) {
				return;
			}
			this.stage = Stage.STEPS;
			this.branches.enter();
			root = this.branches.root();
			if (this.ending == null) {
				startTimeLimit();
				changed();
			}
		}
		this.run.tell();
		this.interpreter.go(root);
	}

	private void startTimeLimit() {
		Duration timeout = this.run.definition().workflow().options().timeout();
		if (timeout != null) {
			try {
				this.limit = this.environment.after(timeout,
						() -> end(new Ending(RunState.FAILED, new RunTimeoutException(this.run.workflow(), timeout))));
			}
			catch (RejectedExecutionException ex) {
				this.branches.refused(ex);
			}
		}
	}

	private void stopTimeLimit() {
		if (this.limit != null) {
			this.limit.cancel(false);
			this.limit = null;
		}
	}

	/**
	 * A branch has come to its end, or leaves before it.
	 * @param branch the branch, on its thread
	 * @return the branch that goes on on this thread, {@code null} for none
	 */
	@Nullable Branch gone(Branch branch) {
		Join join = branch.join();
		if (join != null) {
			return this.branches.joined(branch, join);
		}
		boolean undo;
		synchronized (this.branches) {
			if (this.stage == Stage.OVER) {
				return null;
			}
			// Whoever cancels during the last step comes too late
			if (this.stage == Stage.STEPS && branch.position() == null
					&& (this.ending == null || this.ending.state() == RunState.CANCELLED)) {
				this.ending = new Ending(RunState.COMPLETED, null);
			}
			stopTimeLimit();
			this.branches.notPausable();
			Ending end = Objects.requireNonNull(this.ending);
			undo = this.stage == Stage.STEPS && end.state() != RunState.COMPLETED;
			if (undo) {
				this.stage = Stage.COMPENSATIONS;
			}
			else {
				over(end);
			}
		}
		return undo ? compensate() : told();
	}

	private void over(Ending end) {
		this.stage = Stage.OVER;
		this.signals.over();
		this.compensations.skipAll();
		this.run.incident(null);
		this.run.end(end);
	}

	private @Nullable Branch told() {
		this.run.tell();
		this.environment.ended(this.run);
		return null;
	}

	// One after the other, since each may depend on what the one before has restored
	private @Nullable Branch compensate() {
		for (Compensations.Undoing step = this.compensations.next(); step != null; step = this.compensations.next()) {
			if (!step.isDone()) {
				awaitCompensation(step);
				return null;
			}
			if (!isUndone(step)) {
				return null;
			}
		}
		synchronized (this.branches) {
			if (this.stage == Stage.OVER) {
				return null;
			}
			Ending end = Objects.requireNonNull(this.ending);
			Block onError = this.run.definition().workflow().options().onError();
			if (onError != null && end.state() == RunState.FAILED) {
				this.stage = Stage.ON_ERROR;
				Branch root = new Branch(null, null, 0,
						Position.startOf(onError, null, Locals.of(this.run.definition(), this.run.inputs())),
						this.branches.root().signals());
				this.branches.begin(root);
				return root;
			}
			over(end);
		}
		return told();
	}

	private void awaitCompensation(Compensations.Undoing step) {
		synchronized (this.branches) {
			this.branches.enterCall();
			changed();
		}
		this.run.tell();
		step.whenDone(() -> {
			if (!this.branches.execute(() -> goOnAfter(step))) {
				step.abandon();
			}
		});
	}

	private void goOnAfter(Compensations.Undoing step) {
		synchronized (this.branches) {
			this.branches.leaveCall();
			changed();
		}
		this.run.tell();
		if (isUndone(step)) {
			this.interpreter.go(compensate());
		}
	}

	private boolean isUndone(Compensations.Undoing step) {
		Throwable failure = step.failure();
		if (failure == null) {
			return true;
		}
		if (failure instanceof EngineStoppedException) {
			postpone();
			return false;
		}
		Incident incident = new Incident(step.step().id(), step.process(), failure);
		this.environment.incident(this.run, step.step(), incident);
		synchronized (this.branches) {
			if (this.stage == Stage.OVER) {
				return false;
			}
			this.branches.leave();
			this.run.incident(incident);
			changed();
		}
		this.run.tell();
		return false;
	}

	// The engine is stopped; what was committed is undone when it goes on
	private void postpone() {
		boolean again;
		synchronized (this.branches) {
			if (this.stage == Stage.OVER) {
				return;
			}
			this.compensations.again();
			again = this.environment.stop() == null;
			if (!again) {
				this.postponed = true;
				this.branches.leave();
				this.branches.halt();
			}
		}
		this.run.tell();
		if (again) {
			this.branches.execute(() -> this.interpreter.go(compensate()));
		}
	}

	/**
	 * The engine is not stopped any more.
	 */
	void release() {
		boolean goesOn;
		synchronized (this.branches) {
			goesOn = this.postponed && this.stage != Stage.OVER;
			this.postponed = false;
			if (goesOn) {
				this.branches.enter();
			}
		}
		this.branches.release();
		if (goesOn) {
			this.branches.execute(() -> this.interpreter.go(compensate()));
		}
	}

	/**
	 * Decide an incident.
	 * @param resolution what to do
	 * @return whether there was one
	 */
	boolean resolve(Resolution resolution) {
		synchronized (this.branches) {
			if (this.stage == Stage.OVER || this.run.incident().isEmpty()) {
				return false;
			}
			this.run.incident(null);
			this.branches.enter();
			if (resolution == Resolution.RETRY) {
				this.compensations.again();
			}
			else if (resolution == Resolution.FAIL) {
				this.compensations.skipAll();
			}
			changed();
		}
		this.run.tell();
		this.branches.execute(() -> this.interpreter.go(compensate()));
		return true;
	}

	/**
	 * A step has failed for good.
	 * @param branch the branch, on its thread
	 * @param failure what it has failed with
	 * @return the branch that goes on on this thread, {@code null} for none
	 */
	@Nullable Branch failed(Branch branch, Throwable failure) {
		synchronized (this.branches) {
			if (this.stage == Stage.ON_ERROR) {
				suppress(failure);
			}
			else if (this.ending != null || branch.isStopped()) {
				logger.warn("A step of run '{}' of workflow '{}' has failed after the run was stopped", this.run.id(),
						this.run.workflow(), LoggedFailure.of(failure, logger));
			}
			else {
				this.ending = new Ending(RunState.FAILED, failure);
				this.run.failing(failure);
			}
			if (!branch.isStopped()) {
				this.branches.stopAll();
			}
		}
		return gone(branch);
	}

	private void suppress(Throwable failure) {
		Throwable error = this.run.error().orElse(null);
		if (error != null && error != failure) {
			error.addSuppressed(failure);
		}
	}

	/**
	 * End the run before its next steps.
	 * @param reason what it becomes
	 * @return whether it had not come to its end by itself
	 */
	boolean end(Ending reason) {
		synchronized (this.branches) {
			if (this.stage != Stage.STEPS && this.stage != Stage.PENDING) {
				return false;
			}
			if (this.ending == null) {
				this.ending = reason;
				Throwable error = reason.error();
				if (error != null) {
					this.run.failing(error);
				}
				this.branches.stopAll();
			}
		}
		this.run.tell();
		return true;
	}

	/**
	 * The engine is closed: nothing more happens.
	 * @param cause what showed it, {@code null} if it was told
	 */
	void close(@Nullable Throwable cause) {
		synchronized (this.branches) {
			if (this.stage == Stage.OVER) {
				return;
			}
			IllegalStateException closed = new IllegalStateException(
					"run '%s' of workflow '%s' has ended: the engine is closed".formatted(this.run.id(),
							this.run.workflow()),
					cause);
			this.ending = new Ending(RunState.FAILED, closed, true);
			this.branches.abandon();
			stopTimeLimit();
			over(this.ending);
		}
		told();
	}

	/**
	 * Let the run become what its branches make of it; to be called with the lock.
	 */
	void changed() {
		if (this.stage != Stage.OVER && this.stage != Stage.PENDING) {
			this.run.become(this.run.incident().isPresent() ? RunState.INCIDENT : this.branches.state());
		}
	}

	/**
	 * What a run does at all.
	 */
	private enum Stage {

		PENDING, STEPS, COMPENSATIONS, ON_ERROR, OVER

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
