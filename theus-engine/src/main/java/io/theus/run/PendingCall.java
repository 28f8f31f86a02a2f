package io.theus.run;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.workflow.CallOptions;
import io.theus.workflow.Step;

/**
 * A call that a step has begun and that is not over: it waits for its turn, for another
 * attempt, or for its process.
 */
// Belongs to the thread of its branch
final class PendingCall {

	private final Step step;

	private final CallOptions options;

	private final Call call;

	private final Map<String, @Nullable Object> arguments;

	private int attempt = 1;

	private Turns.@Nullable Entry turn;

	private long begun;

	PendingCall(Step step, CallOptions options, Call call, Map<String, @Nullable Object> arguments) {
		this.step = step;
		this.options = options;
		this.call = call;
		this.arguments = arguments;
	}

	Step step() {
		return this.step;
	}

	CallOptions options() {
		return this.options;
	}

	Call call() {
		return this.call;
	}

	Map<String, @Nullable Object> arguments() {
		return this.arguments;
	}

	int attempt() {
		return this.attempt;
	}

	void again() {
		this.attempt++;
	}

	/**
	 * Return the place in the line of parallel calls; guarded by the lock of the run.
	 * @return the place, {@code null} if it has none
	 */
	Turns.@Nullable Entry turn() {
		return this.turn;
	}

	void turn(Turns.@Nullable Entry entry) {
		this.turn = entry;
	}

	/**
	 * Return the number of the moment when the attempt began.
	 * @return the number
	 */
	long begun() {
		return this.begun;
	}

	void begin(long number) {
		this.begun = number;
	}

}
