package io.theus.run;

import org.jspecify.annotations.Nullable;

import io.theus.telemetry.Activity;

/**
 * A line of steps in a run: the only one, or one of several while parallel steps go on.
 */
// Belongs to the thread that takes it from step to step. Where it rests, the suspension
// says what for; whoever takes that away, under the lock of the run, owns the branch from
// then on. Only 'stopped' is set by others while it runs.
final class Branch {

	private final @Nullable Branch parent;

	private final @Nullable Join join;

	private final int index;

	private @Nullable Position position;

	private SignalSet signals;

	private @Nullable Suspension suspension;

	private @Nullable PendingCall pending;

	private long began;

	private Activity activity = Activity.NONE;

	private volatile boolean stopped;

	Branch(@Nullable Branch parent, @Nullable Join join, int index, @Nullable Position position, SignalSet signals) {
		this.parent = parent;
		this.join = join;
		this.index = index;
		this.position = position;
		this.signals = signals;
	}

	@Nullable Join join() {
		return this.join;
	}

	int index() {
		return this.index;
	}

	@Nullable Position position() {
		return this.position;
	}

	void goTo(@Nullable Position next) {
		this.position = next;
	}

	SignalSet signals() {
		return this.signals;
	}

	void see(SignalSet seen) {
		this.signals = seen;
	}

	/**
	 * Return the call that the step at which the branch stands has begun.
	 * @return the call, {@code null} if the step begins
	 */
	@Nullable PendingCall pending() {
		return this.pending;
	}

	void pending(@Nullable PendingCall call) {
		this.pending = call;
	}

	/**
	 * Return when the branch came to its step, or to the end of the body of a repetition.
	 * @return nanoseconds since some moment, without meaning where steps are not timed
	 */
	long began() {
		return this.began;
	}

	void began(long now) {
		this.began = now;
	}

	/**
	 * Return the visit to the step, as those see it who watch.
	 * @return the visit, {@link Activity#NONE} if none is going on
	 */
	Activity activity() {
		return this.activity;
	}

	void activity(Activity visit) {
		this.activity = visit;
	}

	/**
	 * The visit is over, for those who watch.
	 * @param outcome how it ended
	 * @param failure what it failed with, {@code null} if it did not
	 */
	void endActivity(String outcome, @Nullable Throwable failure) {
		Activity visit = this.activity;
		if (visit != Activity.NONE) {
			this.activity = Activity.NONE;
			visit.end(outcome, failure);
		}
	}

	@Nullable Suspension suspension() {
		return this.suspension;
	}

	void suspension(@Nullable Suspension rest) {
		this.suspension = rest;
	}

	void stop() {
		this.stopped = true;
	}

	/**
	 * Return whether the branch has to end before its next step.
	 * @return whether it was stopped, or one that it is a part of
	 */
	boolean isStopped() {
		for (Branch branch = this; branch != null; branch = branch.parent) {
			if (branch.stopped) {
				return true;
			}
		}
		return false;
	}

}
