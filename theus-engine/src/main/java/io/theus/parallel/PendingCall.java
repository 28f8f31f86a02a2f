package io.theus.parallel;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * A call that waits for a worker or is with one. All but the outcome is guarded by the
 * lock of the pool.
 */
final class PendingCall {

	private final String process;

	private final byte[] content;

	private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

	private @Nullable Worker worker;

	private long number;

	private boolean begun;

	private boolean abandoned;

	private boolean repeated;

	PendingCall(String process, byte[] content) {
		this.process = process;
		this.content = content;
	}

	String process() {
		return this.process;
	}

	CompletableFuture<Outcome> outcome() {
		return this.outcome;
	}

	void end(Outcome end) {
		this.outcome.complete(end);
	}

	@Nullable Worker worker() {
		return this.worker;
	}

	long number() {
		return this.number;
	}

	Frame assign(Worker to, long callNumber) {
		this.worker = to;
		this.number = callNumber;
		this.begun = false;
		return new Frame(Frame.Kind.CALL, callNumber, this.content);
	}

	void begun() {
		this.begun = true;
	}

	void abandon() {
		this.abandoned = true;
	}

	// Whether another worker may get it, because it has done nothing yet; once only, so
	// that what kills workers before it begins cannot kill them all
	boolean repeat() {
		if (this.begun || this.abandoned || this.repeated) {
			return false;
		}
		this.repeated = true;
		this.worker = null;
		return true;
	}

	/** How it ended: gives the reply, or throws, on the thread of the caller. */
	@FunctionalInterface
	interface Outcome {

		Reply reply();

	}

	/**
	 * What came back.
	 *
	 * @param pid the worker that it came from
	 * @param frame the value or exception
	 */
	record Reply(long pid, Frame frame) {
	}

}
