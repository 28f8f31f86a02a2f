package io.theus.run;

import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

/**
 * What a branch rests for.
 */
// What undoes the registration is set before anybody can be woken, and done once by
// whoever has taken the suspension away
final class Suspension {

	private final Kind kind;

	private @Nullable Future<?> timer;

	private @Nullable Runnable registration;

	Suspension(Kind kind) {
		this.kind = kind;
	}

	Kind kind() {
		return this.kind;
	}

	void timer(Future<?> set) {
		this.timer = set;
	}

	void registration(Runnable undo) {
		this.registration = undo;
	}

	void release() {
		Future<?> alarm = this.timer;
		if (alarm != null) {
			alarm.cancel(false);
		}
		Runnable undo = this.registration;
		if (undo != null) {
			undo.run();
		}
	}

	/**
	 * Kinds of rest.
	 */
	enum Kind {

		/** An asynchronous process, or one between two attempts. Cannot be left. */
		CALL,

		/** A signal, a condition, a time. */
		WAIT,

		/** Branches that have to come to their end first. Ends with them. */
		JOIN,

		/** Another branch whose step must be over first. */
		TURN,

		/** The run is paused. */
		PAUSE

	}

}
