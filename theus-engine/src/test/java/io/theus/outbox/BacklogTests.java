package io.theus.outbox;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The rules of lanes and delays, step by step, on a clock that the test moves.
 */
class BacklogTests extends BacklogSteps {

	@Test
	void messagesOfALaneGoOneAfterTheOther() {
		append(Messages.message("a1", "t", "a"), Messages.message("a2", "t", "a"), Messages.message("b1", "t", "b"));
		assertThat(advance()).containsExactly("a1", "b1");
		assertThat(advance()).isEmpty();
		succeed("a1");
		assertThat(advance()).containsExactly("a2");
	}

	@Test
	void laneIsTopicAndKeyAndMessagesWithoutKeyShareOnePerTopic() {
		append(Messages.message("1", "t", null), Messages.message("2", "t", null), Messages.message("3", "u", null),
				Messages.message("4", "t", ""));
		assertThat(advance()).containsExactly("1", "3", "4");
		assertThat(lanes()).isEqualTo(3);
	}

	@Test
	void noMoreThanTheLimitIsInFlight() {
		append(Messages.message("1", "t", "1"), Messages.message("2", "t", "2"), Messages.message("3", "t", "3"),
				Messages.message("4", "t", "4"));
		assertThat(advance()).containsExactly("1", "2", "3");
		fail("2", new IllegalStateException("no"));
		assertThat(advance()).containsExactly("4");
		assertThat(advance()).isEmpty();
	}

	@Test
	void failedMessageWaitsWithGrowingDelayWhileOtherLanesGoOn() {
		append(Messages.message("a1", "t", "a"), Messages.message("a2", "t", "a"), Messages.message("b1", "t", "b"));
		assertThat(advance()).containsExactly("a1", "b1");
		fail("a1", new IllegalStateException("down"));
		succeed("b1");
		append(Messages.message("b2", "t", "b"));
		assertThat(advance()).containsExactly("b2");
		assertThat(this.backlog.idle()).isEqualTo(millis(100));
		this.nanos += millis(100) - 1;
		assertThat(advance()).isEmpty();
		this.nanos++;
		assertThat(advance()).containsExactly("a1");
		fail("a1", new IllegalStateException("down"));
		assertThat(advance()).isEmpty();
		assertThat(this.backlog.idle()).isEqualTo(millis(200));
		this.nanos += millis(200);
		assertThat(advance()).containsExactly("a1");
		succeed("a1");
		assertThat(advance()).containsExactly("a2");
		fail("a2", new IllegalStateException("down"));
		assertThat(advance()).isEmpty();
		assertThat(this.backlog.idle()).as("delay starts anew").isEqualTo(millis(100));
	}

	@Test
	void retryNowSendsWhatWaits() {
		append(Messages.message("a1", "t", "a"), Messages.message("b1", "t", "b"));
		advance();
		fail("a1", new IllegalStateException("down"));
		fail("b1", new IllegalStateException("down"));
		assertThat(advance()).isEmpty();
		this.backlog.retryNow();
		assertThat(advance()).containsExactly("a1", "b1");
	}

	@Test
	void drainEndsWithTheLastAnswer() throws Exception {
		commit("a1");
		advance();
		ExecutorService own = Executors.newSingleThreadExecutor();
		try {
			Future<Long> left = own.submit(() -> this.backlog.awaitDelivered(Duration.ofSeconds(40).toNanos(), false));
			assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> left.get(100, TimeUnit.MILLISECONDS));
			succeed("a1");
			assertThat(advance()).isEmpty();
			assertThat(left.get(10, TimeUnit.SECONDS)).isZero();
		}
		finally {
			own.shutdownNow();
		}
	}

	@Test
	void secondAnswerToADeliveryIsIgnored() {
		append(Messages.message("a1", "t", "a"), Messages.message("a2", "t", "a"), Messages.message("a3", "t", "a"));
		advance();
		Delivery delivery = this.underWay.get("a1");
		delivery.accept(null, null);
		assertThat(advance()).containsExactly("a2");
		delivery.accept(null, null);
		delivery.accept(null, new IllegalStateException("late"));
		assertThat(advance()).isEmpty();
		assertThat(status().failedAttempts()).isZero();
	}

	@Test
	void emptiedLanesAreRemoved() {
		append(Messages.message("a1", "t", "a"), Messages.message("b1", "t", "b"));
		advance();
		succeed("a1");
		advance();
		assertThat(lanes()).isEqualTo(1);
		succeed("b1");
		advance();
		assertThat(lanes()).isZero();
		assertThat(status().oldestAge()).isNull();
	}

	@Test
	void statusCountsByState() {
		append(Messages.message("a1", "t", "a"), Messages.message("a2", "t", "a"), Messages.message("b1", "t", "b"),
				Messages.message("c1", "u", "c"));
		advance();
		fail("b1", new CompletionException(new IllegalStateException("down")));
		succeed("c1");
		advance();
		append(Messages.message("d1", "t", "d"));
		assertThat(status()).isEqualTo(new OutboxStatus(OutboxStatus.Phase.RUNNING, false, "r", 2, 1, 1, 0, 0, 1, 1, 0,
				Duration.ofSeconds(5), "java.lang.IllegalStateException: down", 10));
		assertThat(status().held()).isEqualTo(4);
	}

	@Test
	void listShowsHowEachMessageFares() {
		append(Messages.message("a1", "t", "a"), Messages.message("a2", "t", "a"), Messages.message("b1", "t", "b"));
		advance();
		fail("b1", new IllegalStateException("down"));
		advance();
		append(Messages.message("c1", "u", "c"));
		this.nanos += millis(40);
		assertThat(list(0, 10)).extracting((entry) -> entry.message().id() + " " + entry.state())
			.containsExactly("a1 SENDING", "a2 PENDING", "b1 FAILED", "c1 PENDING");
		OutboxEntry failed = list(2, 1).get(0);
		assertThat(failed.attempts()).isEqualTo(1);
		assertThat(failed.lastError()).isEqualTo("java.lang.IllegalStateException: down");
		assertThat(failed.nextAttempt()).isEqualTo(Messages.TIME.plusSeconds(5).plusMillis(60));
		assertThat(list(1, 2)).extracting((entry) -> entry.message().id()).containsExactly("a2", "b1");
		assertThat(this.backlog.locked(Operations::countByTopic)).hasToString("{t=3, u=1}");
	}

	@Test
	void messagesAreListedInCommitOrderAcrossLanes() {
		append(Messages.message("a1", "t", "a"), Messages.message("b1", "t", "b"), Messages.message("a2", "t", "a"),
				Messages.message("c1", "t", "c"));
		advance();
		succeed("b1");
		advance();
		append(Messages.message("b2", "t", "b"));
		assertThat(list(0, 10)).extracting((entry) -> entry.message().id()).containsExactly("a1", "a2", "c1", "b2");
		succeed("a1");
		succeed("c1");
		advance();
		assertThat(list(0, 10)).extracting((entry) -> entry.message().id()).containsExactly("a2", "b2");
	}

	@Test
	void messagesWithoutReservationAreRefused() {
		this.room.reserve(1);
		assertThatIllegalStateException().isThrownBy(
				() -> this.backlog.append(List.of(Messages.message("1", "t", null), Messages.message("2", "t", null))))
			.withMessage("messages have no room reserved: count=2, reserved=1, call reserve before the commit");
		this.backlog.release(1);
		assertThatIllegalStateException().isThrownBy(() -> this.backlog.release(1))
			.withMessage("messages have no room reserved: count=1, reserved=0, call reserve before the commit");
	}

	@Test
	void roomIsGivenBackByDeliveryAndRelease() {
		assertThat(this.room.reserve(6)).isTrue();
		assertThat(this.room.reserve(5)).isFalse();
		this.backlog.release(5);
		this.backlog.append(List.of(Messages.message("1", "t", null)));
		assertThat(this.room.reserve(9)).isTrue();
		assertThat(this.room.reserve(1)).isFalse();
		advance();
		succeed("1");
		advance();
		assertThat(this.room.reserve(1)).isTrue();
	}

}
