package io.theus.outbox;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How several messages of a lane are under way at once, with a relay that says that it
 * keeps their order.
 */
class BatchTests extends BacklogSteps {

	@BeforeEach
	void relayKeepsOrder() {
		this.backlog.dispatchTo(() -> {
		}, true);
	}

	@Test
	void batchTakesAsMuchOfALaneAsMayBeUnderWay() {
		commit("a1", "a2", "a3", "a4", "b1");
		assertThat(advance()).containsExactly("a1", "a2", "a3");
		succeed("a1");
		assertThat(advance()).as("there is room, but the lane is out").containsExactly("b1");
		succeed("a3");
		assertThat(advance()).isEmpty();
		succeed("a2");
		assertThat(advance()).containsExactly("a4");
		succeed("a4");
		succeed("b1");
		advance();
		assertThat(status().held()).isZero();
		assertThat(lanes()).isZero();
	}

	@Test
	void noMoreThanTheLimitIsInFlightHoweverManyLanesHaveSeveral() {
		commit("a1", "a2", "b1", "b2", "b3");
		assertThat(advance()).containsExactly("a1", "a2", "b1");
		assertThat(advance()).isEmpty();
	}

	@Test
	void failureTakesBackWhatIsBehindItAndGoesAlone() {
		commit("a1", "a2", "a3");
		assertThat(advance()).containsExactly("a1", "a2", "a3");
		succeed("a1");
		refuse("a2");
		assertThat(advance()).as("until all are answered").isEmpty();
		assertThat(states(MessageFilter.all())).containsExactly("a2 SENDING", "a3 SENDING");
		refuse("a3");
		assertThat(advance()).isEmpty();
		assertThat(states(MessageFilter.all())).containsExactly("a2 FAILED", "a3 PENDING");
		assertThat(status().failedAttempts()).as("the one behind was not at fault").isEqualTo(1);
		this.backlog.retryNow();
		assertThat(advance()).containsExactly("a2");
		commit("a4");
		succeed("a2");
		assertThat(advance()).containsExactly("a3", "a4");
		succeed("a3");
		succeed("a4");
		advance();
		assertThat(status().sent()).isEqualTo(4);
		assertThat(this.backlog.isTroubled()).isFalse();
	}

	@Test
	void relayThatConfirmsBehindAFailureIsFoundOut() {
		commit("a1", "a2", "a3");
		advance();
		refuse("a1");
		succeed("a2");
		refuse("a3");
		assertThat(advance()).isEmpty();
		assertThat(this.backlog.news().outOfOrder()).extracting((held) -> held.message.id()).containsExactly("a1");
		assertThat(this.backlog.news()).isNull();
		this.backlog.retryNow();
		assertThat(advance()).containsExactly("a1");
		succeed("a1");
		commit("a4");
		assertThat(advance()).as("one at a time from now on").containsExactly("a3");
	}

	@Test
	void relayThatIsAskedToMayConfirmInAnyOrder() {
		commit("a1", "a2", "a3");
		advance();
		succeed("a3");
		succeed("a2");
		succeed("a1");
		advance();
		assertThat(this.backlog.news()).isNull();
		commit("a4", "a5");
		assertThat(advance()).containsExactly("a4", "a5");
	}

	@Test
	void messageThatIsNotAnsweredInTimeIsSentAgain() {
		commit("a1", "a2");
		assertThat(advance()).containsExactly("a1", "a2");
		this.nanos += millis(20_000);
		commit("b1");
		assertThat(advance()).containsExactly("b1");
		assertThat(this.backlog.idle()).isEqualTo(millis(40_000));
		this.nanos += millis(40_000);
		assertThat(advance()).isEmpty();
		assertThat(states(MessageFilter.all())).containsExactly("a1 FAILED", "a2 PENDING", "b1 SENDING");
		assertThat(list(0, 1).get(0).lastError()).isEqualTo("java.util.concurrent.TimeoutException: "
				+ "relay has not answered: waited=PT1M, see theus.outbox.send-timeout");
		this.underWay.get("a2").accept("late", null);
		this.underWay.get("a1").accept("late", null);
		assertThat(states(MessageFilter.all())).as("late answers do not count")
			.containsExactly("a1 FAILED", "a2 PENDING", "b1 SENDING");
		this.backlog.retryNow();
		assertThat(advance()).containsExactly("a1");
		succeed("a1");
		assertThat(advance()).containsExactly("a2");
		succeed("a2");
		succeed("b1");
		assertThat(advance()).isEmpty();
		assertThat(this.backlog.idle()).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void destinationThatCannotBeReachedKillsNoMessage() {
		commit("a1");
		List<Throwable> unreachable = List.of(new RelayUnavailableException("down", null), new IOException("no route"),
				new java.util.concurrent.TimeoutException("slow"),
				new java.util.concurrent.CompletionException(new IOException("no route")));
		for (int i = 0; i < 40; i++) {
			assertThat(advance()).containsExactly("a1");
			fail("a1", unreachable.get(i % unreachable.size()));
			assertThat(advance()).isEmpty();
			assertThat(this.backlog.idle()).as("delay after failure %s", i + 1)
				.isEqualTo(millis(Math.min(100L << Math.min(i, 20), 10_000)));
			this.backlog.retryNow();
		}
		assertThat(status().dead()).isZero();
		assertThat(status().failedAttempts()).isEqualTo(40);
		assertThat(list(0, 1).get(0).attempts()).isEqualTo(40);
		for (int i = 0; i < 3; i++) {
			assertThat(advance()).containsExactly("a1");
			refuse("a1");
			advance();
			this.backlog.retryNow();
		}
		assertThat(status().dead()).isEqualTo(1);
	}

}
