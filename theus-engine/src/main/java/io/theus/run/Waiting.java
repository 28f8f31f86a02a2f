package io.theus.run;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.theus.run.StepVisit.Outcome;
import io.theus.run.Suspension.Kind;
import io.theus.telemetry.Activity;
import io.theus.workflow.Block;
import io.theus.workflow.WaitStep;

/**
 * A branch at a {@link WaitStep}.
 */
final class Waiting {

	private final Interpreter interpreter;

	private final Branch branch;

	private final Position at;

	private final WaitStep step;

	private final @Nullable Duration timeout;

	Waiting(Interpreter interpreter, Branch branch, Position at, WaitStep step, @Nullable Duration timeout) {
		this.interpreter = interpreter;
		this.branch = branch;
		this.at = at;
		this.step = step;
		this.timeout = timeout;
	}

	@Nullable Branch begin() {
		return (this.step.signal() != null) ? awaitSignal(this.step.signal()) : awaitCondition();
	}

	private @Nullable Branch awaitSignal(String topic) {
		RunSignals signals = this.interpreter.control().signals();
		SignalWait.Receipt receipt = this::received;
		// Once it rests the branch may be somebody else's
		Activity visit = this.branch.activity();
		this.branch.activity(Activity.NONE);
		List<@Nullable Object> earlier = signals.await(this.branch, topic, this::accepts, receipt,
				() -> this.interpreter.run().visited(this.branch, this.step, Outcome.WAITING, null), this::startTimer);
		if (earlier == null) {
			visit.end(Outcome.WAITING.name(), null);
			return null;
		}
		this.branch.activity(visit);
		return received(earlier.get(0));
	}

	private boolean accepts(@Nullable Object payload) {
		return this.step.where() == null
				|| this.step.where().test(this.interpreter.scope(this.branch, this.at, this.step).with(payload));
	}

	private @Nullable Branch awaitCondition() {
		if (this.interpreter.holds(this.branch, this.step, this::holds)) {
			return arrived();
		}
		this.interpreter.run().visited(this.branch, this.step, Outcome.WAITING, null);
		this.branch.endActivity(Outcome.WAITING.name(), null);
		this.interpreter.control().branches().suspend(this.branch, Kind.WAIT, (suspension) -> {
			startTimer(suspension);
			Runnable check = () -> check(suspension);
			suspension.registration(this.interpreter.control().signals().watch(check));
		});
		return null;
	}

	// Somebody else may wake the branch meanwhile
	private void check(Suspension suspension) {
		try {
			if (holds()) {
				this.interpreter.control().branches().wake(this.branch, suspension, this::arrived);
			}
		}
		catch (Throwable ex) {
			this.interpreter.control().branches().wake(this.branch, suspension, () -> {
				this.interpreter.run().failed(this.branch, this.step, ex);
				throw ex;
			});
		}
	}

	private boolean holds() {
		return Objects.requireNonNull(this.step.until()).test(this.interpreter.scope(this.branch, this.at, this.step));
	}

	private void startTimer(Suspension suspension) {
		if (this.timeout != null) {
			suspension.timer(this.interpreter.environment()
				.after(this.timeout,
						() -> this.interpreter.control().branches().wake(this.branch, suspension, this::late)));
		}
	}

	private Branch received(@Nullable Object payload) {
		this.at.locals().results().put(this.step.id(), payload);
		this.branch.see(this.branch.signals()
			.with(Objects.requireNonNull(this.step.signal()), payload,
					this.interpreter.control().signals().nextNumber()));
		return arrived();
	}

	private Branch arrived() {
		return goTo(this.step.then());
	}

	private Branch late() {
		if (this.step.otherwise() == null) {
			WaitTimeoutException late = new WaitTimeoutException(
					this.interpreter.run().workflow(), this.step.id(), (this.step.signal() != null)
							? "signal '" + this.step.signal() + "'" : "condition '" + this.step.until() + "'",
					Objects.requireNonNull(this.timeout));
			this.interpreter.run().failed(this.branch, this.step, late);
			throw late;
		}
		return goTo(this.step.otherwise());
	}

	private Branch goTo(@Nullable Block block) {
		if (block != null) {
			this.interpreter.run().visited(this.branch, this.step, Outcome.ENTERED, block.name());
			this.branch.goTo(Position.startOf(block, this.at.afterStep(), this.at.locals()));
		}
		else {
			this.interpreter.run().visited(this.branch, this.step, Outcome.COMPLETED, null);
			this.branch.goTo(this.at.afterStep().settled());
		}
		return this.branch;
	}

}
