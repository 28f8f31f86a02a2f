package io.theus.benchmarks.signals;

import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class BroadcastTests {

	@ParameterizedTest
	@EnumSource
	void eachReceiverGetsEachRow(BroadcastType type) throws Exception {
		BroadcastState state = new BroadcastState();
		state.broadcastType = type;
		state.subscribers = 3;
		state.open();
		for (int row = 0; row < 3; row++) {
			assertThat(state.run()).isEqualTo(Broadcast.MESSAGES);
		}
		state.close();
	}

	@Test
	void lostRepeatedAndReorderedMessagesAreRefused() {
		check(99_998, "expected=99998, received=99999, received=99999 of 100000");
		check(99_997, "expected=99998, received=99999, received=100000 of 100000");
	}

	// All but the last message are in order, then comes one that is not
	private static void check(int inOrder, String facts) {
		Receiver receiver = new Receiver();
		receiver.expect(new CountDownLatch(1));
		for (int i = 0; i < inOrder; i++) {
			receiver.receive(i);
		}
		if (inOrder == 99_997) {
			receiver.receive(inOrder);
			receiver.receive(99_999);
			receiver.receive(99_999);
		}
		else {
			receiver.receive(99_999);
		}
		assertThatIllegalStateException().isThrownBy(receiver::check)
			.withMessage(
					"messages were lost, repeated or reordered: %s, do not count this measurement".formatted(facts));
	}

}
