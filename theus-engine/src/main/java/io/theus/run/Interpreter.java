package io.theus.run;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.theus.audit.EngineStoppedException;
import io.theus.run.Position.Beat;
import io.theus.run.Position.Items;
import io.theus.run.StepVisit.Outcome;
import io.theus.run.Suspension.Kind;
import io.theus.workflow.Condition;
import io.theus.workflow.EveryStep;
import io.theus.workflow.ForEachStep;
import io.theus.workflow.Step;
import io.theus.workflow.WhileStep;
import io.theus.workflow.WorkflowStep;

/**
 * Takes the branches of one run from step to step.
 */
// Where a branch stands is a Position; each turn makes the next one out of it, so nothing
// about a run is kept on the stack of a thread. A turn returns the branch that goes on on
// this thread: the same, another one, or none where the branch rests or is gone, after
// which nothing of it may be touched.
//
// Counting: a visited step is one operation, an iteration of a repetition another,
// counted before the step or the iteration begins. A loop is visited once and then stands
// at the end of its body, where its condition decides about the next iteration.
final class Interpreter {

	private final Run run;

	private final RunControl control;

	private final RunEnvironment environment;

	private final Trace trace;

	private final ProcessCalls calls;

	private final long maxOps;

	Interpreter(Run run, RunControl control, RunEnvironment environment) {
		this.run = run;
		this.control = control;
		this.environment = environment;
		this.trace = control.trace();
		this.calls = new ProcessCalls(run, control, environment, this.trace);
		this.maxOps = run.maxOps();
	}

	/**
	 * Take a branch as far as it goes on this thread, and those that follow it.
	 * @param first the branch, {@code null} for none
	 */
	void go(@Nullable Branch first) {
		go(first, null);
	}

	/**
	 * Take a branch as far as it goes on this thread, and those that follow it.
	 * @param first the branch, {@code null} for none
	 * @param turn what it does first, {@code null} for its next step
	 */
	void go(@Nullable Branch first, @Nullable Turn turn) {
		Branch branch = first;
		Turn next = turn;
		while (branch != null) {
			branch = advance(branch, next);
			next = null;
		}
	}

	private @Nullable Branch advance(Branch branch, @Nullable Turn turn) {
		try {
			if (turn != null) {
				return turn.take();
			}
			Position at = branch.position();
			if (at == null) {
				return this.control.gone(branch);
			}
			return switch (this.control.branches().mayGoOn(branch)) {
				case REST -> null;
				case LEAVE -> leave(branch);
				case GO -> at.isAtEnd() ? repeat(branch, at) : visit(branch, at);
			};
		}
		catch (EngineStoppedException ex) {
			return this.control.branches().hold(branch);
		}
		catch (Throwable ex) {
			branch.endActivity(Outcome.FAILED.name(), ex);
			return this.control.failed(branch, ex);
		}
	}

	// It may have been on its way to a call
	private @Nullable Branch leave(Branch branch) {
		branch.endActivity(RunState.CANCELLED.name(), null);
		return this.control.gone(branch);
	}

	private @Nullable Branch visit(Branch branch, Position at) {
		Step step = at.step();
		if (branch.pending() == null) {
			begin(branch);
			count(step);
			this.run.visiting(branch, step);
		}
		return step.accept(new StepTurn(this, branch, at));
	}

	// The time costs something, so it is asked for only where somebody wants to know
	private void begin(Branch branch) {
		if (this.run.isTimed()) {
			branch.began(this.environment.nanoTime());
		}
	}

	void count(Step step) {
		long operations = this.control.branches().nextOperation();
		if (operations > this.maxOps) {
			throw new FluxSafetyTripException(this.run.workflow(), step.id(), operations, this.maxOps);
		}
	}

	// At the end of a body its step decides
	private @Nullable Branch repeat(Branch branch, Position at) {
		begin(branch);
		Step owner = at.owner();
		if (owner instanceof WhileStep loop) {
			return repeat(branch, at, loop);
		}
		if (owner instanceof ForEachStep each) {
			return repeat(branch, at, each);
		}
		if (owner instanceof EveryStep every) {
			return repeat(branch, at, every);
		}
		return leave(branch, at, (WorkflowStep) Objects.requireNonNull(owner));
	}

	private Branch repeat(Branch branch, Position at, WhileStep loop) {
		if (!holds(branch, loop, () -> loop.condition().test(scope(branch, at, loop)))) {
			this.run.visited(branch, loop, Outcome.PASSED, null);
			branch.goTo(at.afterOwner());
			return branch;
		}
		iterate(at, loop);
		this.run.visited(branch, loop, Outcome.ENTERED, loop.body().name());
		branch.goTo(at.again(at.locals(), null));
		return branch;
	}

	private Branch repeat(Branch branch, Position at, ForEachStep each) {
		Items items = (Items) Objects.requireNonNull(at.progress());
		Position outer = Objects.requireNonNull(at.outer());
		Items done = items;
		if (items.next() > 0) {
			at.locals().results().join();
			done = items.with(at.locals().results().last());
		}
		if (done.isOver()) {
			outer.locals().results().put(each.id(), done.results());
			this.run.visited(branch, each, Outcome.COMPLETED, null);
			branch.goTo(outer.settled());
			return branch;
		}
		iterate(at, each);
		this.run.visited(branch, each, Outcome.ENTERED, each.body().name());
		branch.goTo(at.again(outer.locals().with(each.variable(), done.item()), done.begun()));
		return branch;
	}

	private @Nullable Branch repeat(Branch branch, Position at, EveryStep every) {
		Beat beat = (Beat) Objects.requireNonNull(at.progress());
		long now = this.environment.nanoTime();
		if (beat.due() - now > 0) {
			this.control.branches()
				.suspend(branch, Kind.WAIT,
						(suspension) -> suspension.timer(this.environment.after(Duration.ofNanos(beat.due() - now),
								() -> this.control.branches().wake(branch, suspension, null))));
			return null;
		}
		Condition until = every.until();
		if (until != null && holds(branch, every, () -> until.test(scope(branch, at, every)))) {
			this.run.visited(branch, every, Outcome.PASSED, null);
			branch.goTo(at.afterOwner());
			return branch;
		}
		iterate(at, every);
		this.run.visited(branch, every, Outcome.ENTERED, every.body().name());
		branch.goTo(at.again(at.locals(), beat.next(every, now)));
		return branch;
	}

	private void iterate(Position at, Step loop) {
		count(loop);
		if (!isWithinLoop(at.outer())) {
			this.run.nextIteration();
		}
	}

	private static boolean isWithinLoop(@Nullable Position place) {
		for (Position at = place; at != null; at = at.outer()) {
			Step owner = at.owner();
			if (owner instanceof WhileStep || owner instanceof ForEachStep || owner instanceof EveryStep) {
				return true;
			}
		}
		return false;
	}

	// Its results are gone with it, except for the last one
	private Branch leave(Branch branch, Position at, WorkflowStep step) {
		Position outer = Objects.requireNonNull(at.outer());
		outer.locals().results().put(step.id(), at.locals().results().last());
		this.run.visited(branch, step, Outcome.COMPLETED, null);
		branch.goTo(outer.settled());
		return branch;
	}

	boolean holds(Branch branch, Step step, BooleanSupplier condition) {
		try {
			return condition.getAsBoolean();
		}
		catch (Throwable ex) {
			this.run.failed(branch, step, ex);
			throw ex;
		}
	}

	RunScope scope(Branch branch, Position at, Step step) {
		return new RunScope(this.run, step, at.locals(), this.environment.head(), seen(branch),
				this.environment.facts(), this.trace);
	}

	Map<String, @Nullable Object> seen(Branch branch) {
		return branch.signals().seen(this.control.signals().sent());
	}

	Run run() {
		return this.run;
	}

	RunControl control() {
		return this.control;
	}

	RunEnvironment environment() {
		return this.environment;
	}

	ProcessCalls calls() {
		return this.calls;
	}

	/**
	 * What a branch does when it is woken.
	 */
	@FunctionalInterface
	interface Turn {

		/**
		 * Do it.
		 * @return the branch that goes on on this thread, {@code null} for none
		 * @throws Throwable if the step fails
		 */
		@Nullable Branch take() throws Throwable;

	}

}
