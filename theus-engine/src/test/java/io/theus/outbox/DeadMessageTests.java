package io.theus.outbox;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What becomes of messages that are given up, replayed and discarded, step by step.
 */
class DeadMessageTests extends BacklogSteps {

	private static final MessageFilter ALL = MessageFilter.all();

	private void kill(String id) {
		for (int i = 0; i < 3; i++) {
			assertThat(advance()).contains(id);
			refuse(id);
			this.backlog.retryNow();
		}
	}

	private void deliver(String id) {
		assertThat(advance()).containsExactly(id);
		succeed(id);
	}

	private int replay(MessageFilter filter) {
		return this.backlog.operate((all) -> all.replay(filter, "r"));
	}

	private void replay(String id) {
		this.backlog.operate((all) -> all.replay(id, "r"));
	}

	private void discard(String id) {
		this.backlog.operate((all) -> all.discard(id, "nobody needs it"));
	}

	// What is left where there is nothing to wait for
	private long drain() {
		long begun = System.nanoTime();
		long left = this.backlog.awaitDelivered(Duration.ofSeconds(20).toNanos(), false);
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).as("returns at once")
			.isLessThan(Duration.ofSeconds(10));
		return left;
	}

	@Test
	void deadMessageBlocksNobody() {
		commit("a1", "a2");
		kill("a1");
		assertThat(this.backlog.news().died()).extracting((held) -> held.message.id()).containsExactly("a1");
		assertThat(states(ALL)).containsExactly("a1 DEAD", "a2 PENDING");
		deliver("a2");
		assertThat(advance()).isEmpty();
		assertThat(status().dead()).isEqualTo(1);
		assertThat(status().held()).isEqualTo(1);
		assertThat(lanes()).isZero();
		assertThat(this.backlog.isTroubled()).isFalse();
		assertThat(this.room.taken()).as("it takes room").isEqualTo(1);
		assertThat(list(0, 1).get(0).lastError()).isEqualTo("java.lang.IllegalStateException: refused");
		assertThat(list(0, 1).get(0).attempts()).isEqualTo(3);
		assertThat(this.backlog.idle()).isEqualTo(Long.MAX_VALUE);
		assertThat(drain()).isEqualTo(1);
	}

	@Test
	void withStrictOrderItsLaneWaitsUntilItIsReplayed() {
		this.backlog = backlog(true, 3);
		commit("a1", "a2", "b1");
		kill("a1");
		succeed("b1");
		commit("a3", "b2");
		assertThat(advance()).containsExactly("b2");
		succeed("b2");
		assertThat(advance()).isEmpty();
		assertThat(status().blocked()).isEqualTo(2);
		assertThat(status().dead()).isEqualTo(1);
		assertThat(drain()).isEqualTo(3);
		replay("a1");
		assertThat(status().blocked()).isZero();
		assertThat(status().pending()).isEqualTo(3);
		deliver("a1");
		deliver("a2");
		deliver("a3");
		advance();
		assertThat(status().held()).isZero();
	}

	@Test
	void withStrictOrderItsLaneGoesOnWhenItIsDiscarded() {
		this.backlog = backlog(true, 3);
		commit("a1", "a2", "a3");
		kill("a1");
		discard("a2");
		assertThat(status().blocked()).isEqualTo(1);
		discard("a1");
		assertThat(status().blocked()).isZero();
		deliver("a3");
		advance();
		assertThat(lanes()).isZero();
		assertThat(this.room.taken()).isZero();
		assertThat(status().discarded()).isEqualTo(2);
	}

	@Test
	void replayedMessagesGoBeforeThoseThatWait() {
		commit("a1", "a2");
		kill("a1");
		kill("a2");
		commit("a3", "a4");
		assertThat(advance()).containsExactly("a3");
		assertThat(replay(MessageFilter.in(MessageState.DEAD))).isEqualTo(2);
		assertThat(advance()).as("a3 is on its way").isEmpty();
		succeed("a3");
		deliver("a1");
		deliver("a2");
		deliver("a4");
		advance();
		assertThat(status().held()).isZero();
		assertThat(lanes()).isZero();
	}

	@Test
	void replayedMessageGoesBehindOneThatFailsMeanwhile() {
		commit("a1", "a2");
		kill("a1");
		assertThat(advance()).containsExactly("a2");
		replay("a1");
		refuse("a2");
		assertThat(advance()).isEmpty();
		assertThat(states(ALL)).containsExactly("a1 PENDING", "a2 FAILED");
		this.backlog.retryNow();
		deliver("a2");
		deliver("a1");
	}

	@Test
	void messagesThatAreReplayedTogetherGoInTheirOrder() {
		commit("a1", "a2");
		kill("a1");
		assertThat(advance()).containsExactly("a2");
		refuse("a2");
		assertThat(advance()).isEmpty();
		assertThat(states(ALL)).containsExactly("a1 DEAD", "a2 FAILED");
		assertThat(replay(ALL)).isEqualTo(2);
		deliver("a1");
		deliver("a2");
	}

	@Test
	void replayedMessageHasAllItsAttemptsAgain() {
		commit("a1");
		kill("a1");
		replay("a1");
		assertThat(list(0, 1).get(0).attempts()).isZero();
		assertThat(list(0, 1).get(0).lastError()).isNull();
		kill("a1");
		assertThat(status().dead()).isEqualTo(1);
	}

	@Test
	void messageThatDiesAtItsFirstFailureIsNoTroubleAnyMore() {
		this.backlog = backlog(false, 1);
		commit("a1", "b1");
		assertThat(advance()).containsExactly("a1", "b1");
		refuse("a1");
		assertThat(advance()).isEmpty();
		assertThat(status().dead()).isEqualTo(1);
		assertThat(this.backlog.isTroubled()).isFalse();
		fail("b1", new IOException("no route"));
		assertThat(advance()).isEmpty();
		assertThat(this.backlog.isTroubled()).isTrue();
	}

	@Test
	void failedMessageIsReplayedAtOnce() {
		commit("a1", "a2");
		advance();
		refuse("a1");
		assertThat(advance()).isEmpty();
		replay("a1");
		deliver("a1");
		deliver("a2");
		this.nanos += millis(1000);
		assertThat(advance()).as("the retry that was planned is off").isEmpty();
		assertThat(this.backlog.isTroubled()).isFalse();
		assertThat(status().failed()).isZero();
	}

	// The retry of b1 comes first, so that of a1 is not looked at before
	private void failBoth() {
		commit("a1", "b1");
		assertThat(advance()).containsExactly("a1", "b1");
		refuse("b1");
		assertThat(advance()).isEmpty();
		this.nanos += millis(10);
		refuse("a1");
		assertThat(advance()).isEmpty();
	}

	@Test
	void delayOfARetryIsNotCutByOneThatWasPlannedBeforeAReplay() {
		failBoth();
		this.nanos += millis(50);
		replay("a1");
		assertThat(advance()).containsExactly("a1");
		refuse("a1");
		assertThat(advance()).isEmpty();
		this.nanos += millis(50);
		assertThat(advance()).as("when the first retry was to be").containsExactly("b1");
		succeed("b1");
		assertThat(advance()).isEmpty();
		assertThat(this.backlog.idle()).isEqualTo(millis(50));
		this.nanos += millis(50);
		deliver("a1");
	}

	@Test
	void retryThatWasPlannedBeforeAReplayLeavesWhatIsPendingAlone() {
		commit("a1");
		advance();
		refuse("a1");
		assertThat(advance()).isEmpty();
		this.backlog.pause(true);
		replay("a1");
		this.nanos += millis(100);
		assertThat(advance()).isEmpty();
		assertThat(status().failed()).isZero();
		assertThat(status().pending()).isEqualTo(1);
		this.backlog.pause(false);
		deliver("a1");
	}

	@Test
	void retryThatWasPlannedBeforeAReplayLeavesWhatIsOnItsWayAlone() {
		failBoth();
		replay("a1");
		assertThat(advance()).containsExactly("a1");
		this.backlog.retryNow();
		assertThat(advance()).as("a1 is on its way").containsExactly("b1");
		assertThat(status().failed()).isZero();
		assertThat(status().sending()).isEqualTo(2);
		succeed("a1");
		succeed("b1");
		assertThat(advance()).isEmpty();
		assertThat(status().held()).isZero();
	}

	@Test
	void messagesThatWereSentAreKeptAndReplayed() {
		commit("a1", "a2", "a3");
		deliver("a1");
		deliver("a2");
		deliver("a3");
		assertThat(advance()).isEmpty();
		MessageFilter sent = MessageFilter.in(MessageState.SENT);
		assertThat(states(sent)).as("no more than the limit").containsExactly("a2 SENT", "a3 SENT");
		assertThat(states(ALL)).isEmpty();
		commit("a4");
		assertThat(replay(ALL)).as("only if named").isZero();
		assertThat(replay(sent.to("other"))).isZero();
		assertThat(replay(sent)).isEqualTo(2);
		assertThat(states(sent)).isEmpty();
		assertThat(states(ALL)).containsExactly("a2 PENDING", "a3 PENDING", "a4 PENDING");
		assertThat(list(0, 2)).allSatisfy((entry) -> assertThat(entry.ended()).isNull());
		assertThat(status().pending()).isEqualTo(3);
		assertThat(this.room.taken()).isEqualTo(3);
		deliver("a2");
		deliver("a3");
		deliver("a4");
		advance();
		assertThat(this.room.taken()).isZero();
		assertThat(status().sent()).isEqualTo(6);
	}

	@Test
	void sentMessagesAreReplayedOnlyIfThereIsRoomForAll() {
		commit("a1", "a2");
		deliver("a1");
		deliver("a2");
		advance();
		this.room.reserve(9);
		assertThatExceptionOfType(OutboxFullException.class)
			.isThrownBy(() -> replay(MessageFilter.in(MessageState.SENT)))
			.withMessageStartingWith("outbox is full: requested=2, pending=9, limit=10, relay=r");
		assertThat(status().pending()).isZero();
		assertThat(states(MessageFilter.in(MessageState.SENT))).hasSize(2);
		replay("a2");
		deliver("a2");
	}

	@Test
	void discardedMessagesAreRememberedWithTheReason() {
		commit("a1", "b1", "a2");
		assertThat(advance()).containsExactly("a1", "b1");
		refuse("b1");
		advance();
		discard("b1");
		discard("a2");
		assertThatExceptionOfType(MessageStateException.class).isThrownBy(() -> discard("a1"))
			.withMessage("message 'a1' cannot be discarded: state=SENDING, wait for the answer of the relay")
			.satisfies((ex) -> assertThat(ex.state()).isEqualTo(MessageState.SENDING))
			.satisfies((ex) -> assertThat(ex.id()).isEqualTo("a1"));
		succeed("a1");
		assertThat(advance()).isEmpty();
		assertThat(states(MessageFilter.in(MessageState.DISCARDED))).containsExactly("b1 DISCARDED", "a2 DISCARDED");
		OutboxEntry discarded = this.backlog.locked((all) -> all.entry("b1")).orElseThrow();
		assertThat(discarded.reason()).isEqualTo("nobody needs it");
		assertThat(discarded.ended()).isEqualTo(Messages.TIME.plusSeconds(5));
		assertThat(discarded.attempts()).isEqualTo(1);
		assertThat(this.room.taken()).isZero();
		assertThat(status().discarded()).isEqualTo(2);
		assertThat(lanes()).isZero();
		assertThat(this.backlog.isTroubled()).isFalse();
		assertThat(this.backlog.idle()).isEqualTo(Long.MAX_VALUE);
		assertThatExceptionOfType(MessageStateException.class).isThrownBy(() -> discard("a1"))
			.withMessage("message 'a1' cannot be discarded: state=SENT, it is not in the outbox any more");
		assertThatExceptionOfType(MessageStateException.class).isThrownBy(() -> replay("a2"))
			.withMessage("message 'a2' cannot be replayed: state=DISCARDED, discarding is final");
	}

	@Test
	void onlyTheLastDiscardedMessagesAreRemembered() {
		for (int i = 0; i <= 1000; i++) {
			commit("a" + i);
			discard("a" + i);
		}
		MessageFilter discarded = MessageFilter.in(MessageState.DISCARDED);
		assertThat(this.backlog.<Long>locked((all) -> all.count(discarded))).isEqualTo(1000);
		assertThat(states(discarded)).startsWith("a1 DISCARDED");
		assertThat(status().discarded()).isEqualTo(1001);
	}

	@Test
	void laneGoesOnBehindAMessageThatFailedAndWasDiscarded() {
		commit("a1", "a2");
		advance();
		refuse("a1");
		advance();
		discard("a1");
		deliver("a2");
	}

	@Test
	void laneThatWasEmptiedByDiscardsServesLaterMessages() {
		commit("a1");
		discard("a1");
		assertThat(lanes()).isZero();
		commit("a2");
		deliver("a2");
		assertThat(advance()).isEmpty();
		assertThat(lanes()).isZero();
	}

	@Test
	void discardByFilterLeavesWhatTheRelayHas() {
		commit("a1", "a2", "b1", "a3");
		assertThat(advance()).containsExactly("a1", "b1");
		int count = this.backlog.operate((all) -> all.discard(ALL.to("t").withKey("a"), "wrong"));
		assertThat(count).isEqualTo(2);
		assertThat(states(ALL)).containsExactly("a1 SENDING", "b1 SENDING");
		succeed("a1");
		succeed("b1");
		advance();
		assertThat(lanes()).isZero();
	}

	@Test
	void whatIsOnItsWayIsNotReplayedAndWhatIsUnknownIsNamed() {
		commit("a1", "a2");
		advance();
		assertThatExceptionOfType(MessageStateException.class).isThrownBy(() -> replay("a1"))
			.withMessage("message 'a1' cannot be replayed: state=SENDING, it is on its way already");
		assertThatExceptionOfType(MessageStateException.class).isThrownBy(() -> replay("a2"))
			.withMessage("message 'a2' cannot be replayed: state=PENDING, it is on its way already");
		assertThat(replay(ALL)).isZero();
		assertThatExceptionOfType(MessageNotFoundException.class).isThrownBy(() -> replay("zz"))
			.withMessage("message 'zz' not found: of those that were sent or discarded only the last ones are kept, "
					+ "list what there is")
			.satisfies((ex) -> assertThat(ex.id()).isEqualTo("zz"));
	}

	@Test
	void nothingIsChosenWhilePaused() {
		commit("a1", "a2");
		assertThat(advance()).containsExactly("a1");
		assertThat(this.backlog.pause(true)).isTrue();
		assertThat(this.backlog.pause(true)).isFalse();
		succeed("a1");
		assertThat(advance()).isEmpty();
		assertThat(drain()).isEqualTo(1);
		assertThat(this.backlog.pause(false)).isTrue();
		deliver("a2");
	}

}
