package io.theus.run;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;

import io.theus.Isolation;
import io.theus.audit.AuditAbortException;
import io.theus.audit.AuditStopException;
import io.theus.audit.EngineStoppedException;
import io.theus.process.CallOutcome;
import io.theus.process.CallSettings;
import io.theus.run.StepVisit.Outcome;
import io.theus.run.Suspension.Kind;
import io.theus.store.RunPlace;
import io.theus.telemetry.Activity;
import io.theus.workflow.CallOptions;
import io.theus.workflow.ErrorHandler;
import io.theus.workflow.RetryRule;
import io.theus.workflow.Step;

/**
 * Calls the processes of one run.
 */
// A call may take several turns of its branch: one that waits until a parallel step is
// over, one for each attempt, one for what the process has returned. What has begun is
// kept at the branch, whose position stays where it is until the call is over.
//
// What follows a future looks at its failure itself.
@SuppressWarnings("FutureReturnValueIgnored")
final class ProcessCalls {

	private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(10);

	private final Run run;

	private final RunControl control;

	private final RunEnvironment environment;

	private final Trace trace;

	ProcessCalls(Run run, RunControl control, RunEnvironment environment, Trace trace) {
		this.run = run;
		this.control = control;
		this.environment = environment;
		this.trace = trace;
	}

	/**
	 * Go on with a call.
	 * @param branch the branch, on its thread
	 * @param at where it stands
	 * @param pending the call
	 * @return the branch that goes on on this thread, {@code null} if it rests
	 */
	@Nullable Branch proceed(Branch branch, Position at, PendingCall pending) {
		branch.pending(pending);
		if (branch.join() != null && !this.control.branches().takeTurn(branch, pending)) {
			return null;
		}
		this.trace.calling(pending.step(), pending.call().process(), pending.arguments());
		pending.begin(this.control.signals().number());
		CompletableFuture<CallOutcome> execution = call(branch, at, pending);
		if (execution.isDone()) {
			return settle(branch, at, pending, execution);
		}
		this.control.branches()
			.suspendForCall(branch, (suspension) -> execution.whenComplete((outcome, failure) -> this.control.branches()
				.wake(branch, suspension, () -> settle(branch, at, pending, execution))));
		return null;
	}

	// Those who watch see each attempt
	private CompletableFuture<CallOutcome> call(Branch branch, Position at, PendingCall pending) {
		if (branch.activity() == Activity.NONE) {
			this.run.visiting(branch, pending.step());
		}
		CallSettings settings = settings(branch, at, pending.step(), pending.options());
		return branch.activity()
			.during(() -> this.environment.call(this.run, pending.step(), pending.call().process(), pending.arguments(),
					settings));
	}

	private CallSettings settings(Branch branch, Position at, Step step, CallOptions options) {
		Isolation isolation = (options.isolation() != null) ? options.isolation()
				: at.locals().workflow().workflow().options().isolation();
		RunPlace place = new RunPlace(this.run.workflow(), this.run.id(), step.id(), this.run.iteration());
		return new CallSettings(isolation, options.timeout(), branch.signals().seen(this.control.signals().sent()),
				place);
	}

	private @Nullable Branch settle(Branch branch, Position at, PendingCall pending,
			CompletableFuture<CallOutcome> execution) {
		if (branch.join() != null) {
			this.control.branches().giveTurn(pending);
		}
		CallOutcome outcome;
		try {
			outcome = execution.get();
		}
		catch (ExecutionException ex) {
			return failed(branch, at, pending, (ex.getCause() != null) ? ex.getCause() : ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return failed(branch, at, pending, ex);
		}
		catch (RuntimeException ex) {
			// It was cancelled
			return failed(branch, at, pending, ex);
		}
		return committed(branch, at, pending, outcome);
	}

	private Branch committed(Branch branch, Position at, PendingCall pending, CallOutcome outcome) {
		this.trace.returned(pending.step(), outcome.value());
		branch.see(branch.signals().after(pending.begun(), outcome.commits(), this.control.signals().nextNumber()));
		branch.pending(null);
		Compensation compensation = at.locals().workflow().compensation(pending.step());
		if (compensation != null) {
			this.control.compensations()
				.add(pending.step(), compensation,
						compensation.arguments(pending.arguments(), outcome.value(), at.locals().inputs()));
		}
		at.locals().results().put(pending.step().id(), outcome.value());
		this.run.visited(branch, pending.step(), Outcome.COMPLETED, null);
		branch.goTo(at.afterStep().settled());
		return branch;
	}

	private @Nullable Branch failed(Branch branch, Position at, PendingCall pending, Throwable failure) {
		this.trace.threw(pending.step(), failure);
		if (failure instanceof EngineStoppedException) {
			// The step has not run: it begins anew, with what its arguments are by then
			branch.pending(null);
			return this.control.branches().hold(branch);
		}
		if (failure instanceof AuditStopException || failure instanceof AuditAbortException) {
			return failed(branch, pending, failure);
		}
		BoundWorkflow workflow = at.locals().workflow();
		RetryRule rule = pending.options().retry();
		if (rule != null && pending.attempt() < rule.attempts()
				&& workflow.retries(pending.options(), pending.call(), failure)) {
			this.run.visited(branch, pending.step(), Outcome.RETRIED, null, failure);
			return retry(branch, pending, rule);
		}
		branch.pending(null);
		ErrorHandler handler = workflow.handlerFor(pending.options(), pending.call(), failure);
		if (handler != null) {
			this.run.caught(pending.step(), failure);
			this.run.visited(branch, pending.step(), Outcome.CAUGHT, handler.block().name(), failure);
			branch.goTo(Position.startOf(handler.block(), at.afterStep(), at.locals()));
			return branch;
		}
		return failed(branch, pending, failure);
	}

	private @Nullable Branch failed(Branch branch, PendingCall pending, Throwable failure) {
		branch.pending(null);
		this.run.failed(branch, pending.step(), failure);
		this.run.caught(pending.step(), failure);
		return this.control.failed(branch, failure);
	}

	private @Nullable Branch retry(Branch branch, PendingCall pending, RetryRule rule) {
		Duration delay = delay(rule, pending.attempt());
		pending.again();
		this.control.branches()
			.suspend(branch, Kind.WAIT, (suspension) -> suspension
				.timer(this.environment.after(delay, () -> this.control.branches().wake(branch, suspension, null))));
		return null;
	}

	// Doubles each time
	private Duration delay(RetryRule rule, int attempt) {
		double factor = Math.pow(2, attempt - 1) * this.environment.jitter();
		double nanos = Math.min(rule.backoff().toNanos() * factor, (double) LONGEST_BACKOFF.toNanos());
		return Duration.ofNanos((long) nanos);
	}

}
