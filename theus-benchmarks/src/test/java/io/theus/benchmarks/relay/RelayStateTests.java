package io.theus.benchmarks.relay;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RelayStateTests {

	private static final int MESSAGES = 600;

	@ParameterizedTest
	@EnumSource
	void brokerHasEachMessageOnceAndInOrder(RelayingType type) {
		RelayState state = state(type);
		state.open();
		try {
			for (int time = 1; time <= 2; time++) {
				state.send();
				state.verify();
			}
		}
		finally {
			state.close();
		}
	}

	@ParameterizedTest
	@EnumSource(names = "TEMPLATE")
	void messagesThatAreMissingOrRepeatedOrOutOfOrderAreRefused(RelayingType type) {
		RelayState state = state(type);
		state.open();
		try (Relaying other = type.open(state.broker())) {
			assertThatIllegalStateException().isThrownBy(() -> state.verify(1))
				.withMessage("messages are missing: sent=1, arrived=0, do not count this measurement");
			other.send(0, 7, 7);
			state.verify(7);
			other.send(7, 1, 7);
			other.send(7, 1, 7);
			assertThatIllegalStateException().isThrownBy(() -> state.verify(9))
				.withMessageStartingWith("messages of key '0' are out of order: expected=14, content={\"number\":7,");
		}
		finally {
			state.close();
		}
	}

	private static RelayState state(RelayingType type) {
		RelayState state = new RelayState();
		state.relayingType = type;
		state.messages = MESSAGES;
		state.keys = 7;
		return state;
	}

}
