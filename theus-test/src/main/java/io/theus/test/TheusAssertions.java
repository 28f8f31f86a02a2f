package io.theus.test;

import java.util.List;

import io.theus.outbox.OutboxMessage;
import io.theus.signal.Signal;
import io.theus.state.State;

/**
 * AssertJ assertions for what an engine makes.
 *
 * @since 0.1.0
 */
public final class TheusAssertions {

	private TheusAssertions() {
	}

	/**
	 * Look at a state.
	 * @param actual the state
	 * @return the assertions
	 */
	public static StateAssert assertThat(State actual) {
		return new StateAssert(actual);
	}

	/**
	 * Look at signals.
	 * @param actual the signals
	 * @return the assertions
	 */
	public static SignalsAssert assertThatSignals(List<Signal> actual) {
		return new SignalsAssert(actual);
	}

	/**
	 * Look at an outbox message.
	 * @param actual the message
	 * @return the assertions
	 */
	public static MessageAssert assertThat(OutboxMessage actual) {
		return new MessageAssert(actual);
	}

}
