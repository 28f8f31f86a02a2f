package io.theus.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;

import io.theus.process.CallOutcome;
import io.theus.process.CallSettings;
import io.theus.run.StepVisit.Outcome;
import io.theus.store.RunPlace;
import io.theus.telemetry.Activity;
import io.theus.workflow.Step;

/**
 * What a run has committed and can undo, the last first.
 */
// Steps of parallel branches add what they have committed; nobody adds any more when the
// first one is undone
final class Compensations {

	private final Run run;

	private final RunEnvironment environment;

	private final Trace trace;

	private final Deque<Entry> entries = new ArrayDeque<>(0);

	private @Nullable Entry current;

	Compensations(Run run, RunEnvironment environment, Trace trace) {
		this.run = run;
		this.environment = environment;
		this.trace = trace;
	}

	synchronized void add(Step step, Compensation compensation, Map<String, @Nullable Object> arguments) {
		this.entries.addLast(new Entry(step, compensation, arguments));
	}

	/**
	 * Begin to undo what was committed last and is not undone yet.
	 * @return the call, {@code null} if nothing is left
	 */
	@Nullable Undoing next() {
		Entry entry = take();
		return (entry != null) ? begin(entry) : null;
	}

	// Nobody calls a process with the lock in hand
	private synchronized @Nullable Entry take() {
		this.current = this.entries.pollLast();
		return this.current;
	}

	private Undoing begin(Entry entry) {
		this.trace.calling(entry.step, entry.compensation.process(), entry.arguments);
		long began = this.environment.nanoTime();
		Activity activity = this.run.watch(entry.step);
		CallSettings settings = CallSettings.DECLARED
			.at(new RunPlace(this.run.workflow(), this.run.id(), entry.step.id(), 0));
		CompletableFuture<CallOutcome> execution = activity.during(() -> this.environment.call(this.run, entry.step,
				entry.compensation.process(), entry.arguments, settings));
		return new Undoing(entry.step, entry.compensation.process().id(), began, activity, execution);
	}

	synchronized void again() {
		if (this.current != null) {
			this.entries.addLast(this.current);
		}
	}

	synchronized void skipAll() {
		this.current = null;
		this.entries.clear();
	}

	/**
	 * What can be undone.
	 *
	 * @param step the step that has committed
	 * @param compensation what undoes it
	 * @param arguments with what
	 */
	private record Entry(Step step, Compensation compensation, Map<String, @Nullable Object> arguments) {

	}

	/**
	 * A compensation that has begun.
	 */
	final class Undoing {

		private final Step step;

		private final String process;

		private final long began;

		private final Activity activity;

		private final CompletableFuture<CallOutcome> execution;

		private Undoing(Step step, String process, long began, Activity activity,
				CompletableFuture<CallOutcome> execution) {
			this.step = step;
			this.process = process;
			this.began = began;
			this.activity = activity;
			this.execution = execution;
		}

		Step step() {
			return this.step;
		}

		String process() {
			return this.process;
		}

		boolean isDone() {
			return this.execution.isDone();
		}

		@SuppressWarnings("FutureReturnValueIgnored")
		void whenDone(Runnable action) {
			this.execution.whenComplete((outcome, failure) -> action.run());
		}

		/**
		 * Nobody asks any more what has become of it.
		 */
		void abandon() {
			this.activity.end(RunState.CANCELLED.name(), null);
		}

		/**
		 * Return what it has failed with, once it is done.
		 * @return the failure, {@code null} if the step is undone
		 */
		@Nullable Throwable failure() {
			Throwable failure = end();
			this.activity.end(((failure != null) ? Outcome.FAILED : Outcome.COMPENSATED).name(), failure);
			if (failure != null) {
				Compensations.this.trace.threw(this.step, failure);
			}
			return failure;
		}

		private @Nullable Throwable end() {
			try {
				CallOutcome outcome = this.execution.get();
				Compensations.this.trace.returned(this.step, outcome.value());
				Compensations.this.run.undone(this.step, this.began);
				return null;
			}
			catch (ExecutionException ex) {
				return (ex.getCause() != null) ? ex.getCause() : ex;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return ex;
			}
			catch (RuntimeException ex) {
				return ex;
			}
		}

	}

}
