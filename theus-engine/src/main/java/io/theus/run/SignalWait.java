package io.theus.run;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.error.LoggedFailure;

/**
 * A branch that waits for a signal.
 */
final class SignalWait {

	private static final Logger logger = LoggerFactory.getLogger(SignalWait.class);

	private final RunSignals signals;

	private final Branch branch;

	private final Suspension suspension;

	private final String topic;

	private final Predicate<@Nullable Object> where;

	private final Receipt receipt;

	SignalWait(RunSignals signals, Branch branch, Suspension suspension, String topic,
			Predicate<@Nullable Object> where, Receipt receipt) {
		this.signals = signals;
		this.branch = branch;
		this.suspension = suspension;
		this.topic = topic;
		this.where = where;
		this.receipt = receipt;
	}

	String topic() {
		return this.topic;
	}

	Branch branch() {
		return this.branch;
	}

	Suspension suspension() {
		return this.suspension;
	}

	// A payload of another shape is for somebody else
	boolean accepts(String other, @Nullable Object payload) {
		if (!other.equals(this.topic)) {
			return false;
		}
		try {
			return this.where.test(payload);
		}
		catch (RuntimeException ex) {
			logger.warn("Signal '{}' was passed over: {}", this.topic, LoggedFailure.describe(ex, logger));
			return false;
		}
	}

	/**
	 * Offer a signal of the hub.
	 * @param payload its payload
	 */
	void offer(@Nullable Object payload) {
		this.signals.offer(this, payload);
	}

	Interpreter.Turn turn(@Nullable Object payload) {
		return () -> this.receipt.received(payload);
	}

	/**
	 * What happens when the signal has come.
	 */
	@FunctionalInterface
	interface Receipt {

		/**
		 * Go on.
		 * @param payload the payload
		 * @return the branch that goes on on this thread
		 * @throws Throwable if the step fails
		 */
		@Nullable Branch received(@Nullable Object payload) throws Throwable;

	}

}
