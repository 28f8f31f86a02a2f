package io.theus.outbox;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(60)
class OutboxTests {

	private static final Backoff FAST = new Backoff(Duration.ofMillis(1), 2, Duration.ofMillis(4));

	private static final Backoff NEVER = new Backoff(Duration.ofDays(1), 2, Duration.ofDays(1));

	private final RecordingRelay relay = new RecordingRelay();

	private DefaultOutbox outbox = Outbox.builder().maxPending(4).backoff(FAST).build();

	@AfterEach
	void close() {
		this.outbox.close(Duration.ZERO);
	}

	@Test
	void withoutRelayMessagesStayPendingUnderANamedState() {
		commit("1", "2");
		assertThat(this.outbox.status().phase()).isEqualTo(OutboxStatus.Phase.NO_RELAY);
		assertThat(this.outbox.status().pending()).isEqualTo(2);
		assertThat(this.outbox.status().relay()).isNull();
		assertThat(this.outbox.drain(Duration.ofDays(1))).isEqualTo(2);
		assertThat(this.outbox.messages(MessageFilter.in(MessageState.PENDING), 0, 10)).hasSize(2);
	}

	@Test
	void relayThatStartsLateGetsWhatHasWaited() throws Exception {
		commit("1", "2");
		this.outbox.start(this.relay);
		assertThat(this.relay.awaitSend()).isEqualTo("1");
		this.relay.succeed("1");
		assertThat(this.relay.awaitSend()).isEqualTo("2");
		this.relay.succeed("2");
		assertThat(this.outbox.drain(Duration.ofSeconds(30))).isZero();
		OutboxStatus status = this.outbox.status();
		assertThat(status.phase()).isEqualTo(OutboxStatus.Phase.RUNNING);
		assertThat(status.relay()).isEqualTo("recorder");
		assertThat(status.sent()).isEqualTo(2);
		assertThat(this.outbox.lanes()).isZero();
	}

	@Test
	void sleepingDispatcherIsWokenByEachCommit() throws Exception {
		this.outbox.start(this.relay);
		// No drain here, because that wakes the dispatcher as well.
		for (int i = 0; i < 20_000; i++) {
			commit("m" + i);
			assertThat(this.relay.awaitSend()).isEqualTo("m" + i);
			this.relay.succeed("m" + i);
		}
	}

	@Test
	void failedMessageIsSentAgainBeforeItsSuccessor() throws Exception {
		this.outbox.start(this.relay);
		commit("1", "2");
		for (int i = 0; i < 3; i++) {
			assertThat(this.relay.awaitSend()).isEqualTo("1");
			this.relay.fail("1", new IllegalStateException("down"));
		}
		assertThat(this.relay.awaitSend()).isEqualTo("1");
		this.relay.succeed("1");
		assertThat(this.relay.awaitSend()).isEqualTo("2");
		assertThat(this.outbox.status().failedAttempts()).isEqualTo(3);
		assertThat(this.outbox.status().lastError()).isEqualTo("java.lang.IllegalStateException: down");
	}

	@Test
	void stoppedBrokerHoldsUpNoCommitUntilTheOutboxIsFull() {
		this.outbox.start(this.relay);
		commit("1", "2", "3");
		this.outbox.reserve(1);
		assertThatExceptionOfType(OutboxFullException.class).isThrownBy(() -> this.outbox.reserve(2))
			.withMessage("outbox is full: requested=2, pending=4, limit=4, relay=recorder, see why messages are not "
					+ "delivered, or raise theus.outbox.max-pending")
			.satisfies((ex) -> assertThat(ex.requested()).isEqualTo(2))
			.satisfies((ex) -> assertThat(ex.pending()).isEqualTo(4))
			.satisfies((ex) -> assertThat(ex.limit()).isEqualTo(4));
		this.outbox.reserve(0);
		this.outbox.release(1);
		this.outbox.reserve(1);
	}

	@Test
	void fullOutboxWithoutRelaySaysSo() {
		assertThatExceptionOfType(OutboxFullException.class).isThrownBy(() -> this.outbox.reserve(5))
			.withMessageContaining("relay=none");
	}

	@Test
	void drainRetriesAtOnceWhatWaits() throws Exception {
		this.outbox = Outbox.builder().backoff(NEVER).build();
		this.outbox.start(this.relay);
		commit("1");
		this.relay.awaitSend();
		this.relay.fail("1", new IllegalStateException("down"));
		Awaitility.await().until(() -> this.outbox.status().failed() == 1);
		CompletableFuture<Long> left = CompletableFuture.supplyAsync(() -> this.outbox.drain(Duration.ofSeconds(35)));
		this.relay.awaitSend();
		this.relay.succeed("1");
		assertThat(left.get(30, TimeUnit.SECONDS)).isZero();
	}

	@Test
	void drainReturnsWhatIsLeft() throws Exception {
		this.outbox.start(this.relay);
		commit("1", "2");
		this.relay.awaitSend();
		assertThat(this.outbox.drain(Duration.ofMillis(1))).isEqualTo(2);
		Thread.currentThread().interrupt();
		assertThat(this.outbox.drain(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(2);
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void drainWaitsForWhatIsOnItsWayWhileDeliveryIsPaused() throws Exception {
		this.outbox.start(this.relay);
		commit("1", "2");
		this.relay.awaitSend();
		this.outbox.pause();
		ExecutorService own = Executors.newSingleThreadExecutor();
		try {
			Future<Long> left = own.submit(() -> this.outbox.drain(Duration.ofSeconds(35)));
			assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> left.get(200, TimeUnit.MILLISECONDS));
			this.relay.succeed("1");
			assertThat(left.get(30, TimeUnit.SECONDS)).isEqualTo(1);
		}
		finally {
			own.shutdownNow();
		}
	}

	@Test
	void closeWaitsForCommitsUnderWayWhileDeliveryIsPaused() throws Exception {
		this.outbox.start(this.relay);
		this.outbox.pause();
		this.outbox.reserve(1);
		ExecutorService own = Executors.newSingleThreadExecutor();
		try {
			Future<Long> left = own.submit(() -> this.outbox.close(Duration.ofSeconds(35)));
			assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> left.get(200, TimeUnit.MILLISECONDS));
			this.outbox.release(1);
			assertThat(left.get(30, TimeUnit.SECONDS)).isZero();
		}
		finally {
			own.shutdownNow();
		}
	}

	@Test
	void relayMayThrowOrReturnNullOrFailWithAnError() {
		AtomicInteger calls = new AtomicInteger();
		this.outbox.start(relay((message) -> switch (calls.incrementAndGet()) {
			case 1 -> throw new IOException("no route");
			case 2 -> null;
			case 3 -> throw new NoClassDefFoundError("missing");
			default -> CompletableFuture.completedFuture(null);
		}));
		commit("1");
		assertThat(this.outbox.drain(Duration.ofSeconds(30))).isZero();
		assertThat(this.outbox.status().failedAttempts()).isEqualTo(3);
		assertThat(calls).hasValue(4);
	}

	@Test
	void nullFromARelayIsReportedAsAnError() {
		this.outbox = Outbox.builder().backoff(NEVER).build();
		this.outbox.start(relay((message) -> null));
		commit("1");
		Awaitility.await().until(() -> this.outbox.status().failed() == 1);
		assertThat(this.outbox.status().lastError())
			.isEqualTo("java.lang.IllegalStateException: relay 'test' returned null for message '1' to 't' "
					+ "[commitVersion=1, contentType=text/plain, bodyLength=0]");
		OutboxEntry entry = this.outbox.messages(MessageFilter.in(MessageState.FAILED).to("t"), 0, 10).get(0);
		assertThat(entry.attempts()).isEqualTo(1);
		assertThat(entry.lastError()).isEqualTo(this.outbox.status().lastError());
		assertThat(entry.nextAttempt()).isNotNull();
	}

	@Test
	void relayMayAnswerTwice() throws Exception {
		CountDownLatch answered = new CountDownLatch(3);
		this.outbox.start(relay((message) -> {
			answered.countDown();
			return new TwiceAnswered();
		}));
		commit("1", "2", "3");
		assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(this.outbox.drain(Duration.ofSeconds(30))).isZero();
		assertThat(this.outbox.status().sent()).isEqualTo(3);
		assertThat(this.outbox.status().failedAttempts()).isZero();
	}

	@Test
	void relayThatLeavesTheThreadInterruptedDoesNotStopDelivery() {
		AtomicInteger calls = new AtomicInteger();
		this.outbox.start(relay((message) -> {
			Thread.currentThread().interrupt();
			return (calls.incrementAndGet() > 2) ? CompletableFuture.completedFuture(null)
					: CompletableFuture.failedFuture(new IllegalStateException("down"));
		}));
		commit("1");
		assertThat(this.outbox.drain(Duration.ofSeconds(30))).isZero();
	}

	@Test
	void closeDrainsThenRefuses() throws Exception {
		this.outbox.start(this.relay);
		commit("1", "2");
		this.outbox.reserve(1);
		CompletableFuture<Long> left = CompletableFuture.supplyAsync(() -> this.outbox.close(Duration.ofSeconds(35)));
		Awaitility.await().until(() -> this.outbox.status().phase() == OutboxStatus.Phase.CLOSING);
		assertThatExceptionOfType(OutboxClosedException.class).isThrownBy(() -> this.outbox.reserve(1))
			.withMessage("outbox is closed: requested=1, do not send messages while the application shuts down")
			.satisfies((ex) -> assertThat(ex.requested()).isEqualTo(1));
		this.relay.awaitSend();
		this.relay.succeed("1");
		this.relay.awaitSend();
		this.relay.succeed("2");
		this.outbox.append(List.of(Messages.message("3", "t", null)));
		assertThat(this.relay.awaitSend()).as("commit under way").isEqualTo("3");
		this.relay.succeed("3");
		assertThat(left.get(30, TimeUnit.SECONDS)).isZero();
		assertThat(this.outbox.status().phase()).isEqualTo(OutboxStatus.Phase.CLOSED);
		assertThat(this.outbox.close(Duration.ofDays(1))).isZero();
	}

	@Test
	void closeWaitsForACommitThatIsRefusedInTheEnd() throws Exception {
		this.outbox.start(this.relay);
		this.outbox.reserve(1);
		CompletableFuture<Long> left = CompletableFuture.supplyAsync(() -> this.outbox.close(Duration.ofSeconds(35)));
		Awaitility.await().until(() -> this.outbox.status().phase() == OutboxStatus.Phase.CLOSING);
		this.outbox.release(1);
		assertThat(left.get(30, TimeUnit.SECONDS)).isZero();
	}

	@Test
	void closeReportsWhatIsLeft() throws Exception {
		this.outbox.start(this.relay);
		this.outbox.reserve(3);
		this.outbox.append(List.of(Messages.message("1", "t", "a"), Messages.message("2", "t", "a"),
				Messages.message("3", "u", "a")));
		this.relay.awaitSend();
		List<ILoggingEvent> events = logged(DefaultOutbox.class, () -> {
			assertThat(this.outbox.close(Duration.ofMillis(1))).isEqualTo(3);
			this.outbox.close(Duration.ZERO);
		});
		assertThat(events).singleElement().satisfies((event) -> {
			assertThat(event.getLevel()).isEqualTo(Level.WARN);
			assertThat(event.getFormattedMessage()).isEqualTo("outbox closed with undelivered messages: left=3, "
					+ "dead=0, topics={t=2, u=1}, relay=recorder, paused=false, lastError=null; they are lost unless the store is durable");
		});
	}

	@Test
	void closeWithoutRelayReportsAtOnceAndLateCommitsAreReportedToo() {
		commit("1");
		this.outbox.reserve(1);
		List<ILoggingEvent> events = logged(DefaultOutbox.class, () -> {
			assertThat(this.outbox.close(Duration.ofDays(1))).isEqualTo(1);
			this.outbox.append(List.of(Messages.message("late", "t", null)));
		});
		assertThat(events).extracting(ILoggingEvent::getFormattedMessage)
			.containsExactly(
					"outbox closed with undelivered messages: left=1, dead=0, topics={t=1}, relay=null, "
							+ "paused=false, lastError=null; they are lost unless the store is durable",
					"outbox was closed before a commit under way ended, its messages are not delivered: [message "
							+ "'late' to 't' [commitVersion=1, contentType=text/plain, bodyLength=0]]");
	}

	@Test
	void closeInterruptsARelayThatBlocks() throws Exception {
		CountDownLatch blocked = new CountDownLatch(1);
		CountDownLatch interrupted = new CountDownLatch(1);
		this.outbox.start(relay((message) -> {
			blocked.countDown();
			try {
				new CompletableFuture<>().get();
				return CompletableFuture.completedFuture(null);
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
				throw ex;
			}
		}));
		commit("1");
		assertThat(blocked.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(this.outbox.close(Duration.ZERO)).isEqualTo(1);
		assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void troubleIsLoggedOnceAndItsEndToo() throws Exception {
		this.outbox.start(this.relay);
		this.outbox.reserve(2);
		List<ILoggingEvent> events = logged(Dispatcher.class, () -> {
			this.outbox.append(List.of(Messages.message("1", "t", "a"), Messages.message("2", "t", "b")));
			for (int i = 0; i < 4; i++) {
				this.relay.fail(this.relay.awaitSend(), new IllegalStateException("down"));
			}
			this.relay.succeed(this.relay.awaitSend());
			this.relay.succeed(this.relay.awaitSend());
			assertThat(this.outbox.drain(Duration.ofSeconds(30))).isZero();
			this.outbox.close(Duration.ZERO);
		});
		assertThat(events).extracting(ILoggingEvent::getFormattedMessage)
			.containsExactly(
					"relay 'recorder' fails, messages are kept and sent again: "
							+ "error=java.lang.IllegalStateException: down",
					"relay 'recorder' has no message any more that had failed and is to be sent again");
	}

	@Test
	void oneRelayIsStartedOnce() {
		this.outbox.start(this.relay);
		assertThatIllegalStateException().isThrownBy(() -> this.outbox.start(relay((message) -> null)))
			.withMessage("outbox cannot start relay 'test': relay=recorder, phase=RUNNING, start one relay once");
		Outbox ended = Outbox.builder().build();
		ended.close();
		assertThatIllegalStateException().isThrownBy(() -> ended.start(this.relay))
			.withMessage("outbox cannot start relay 'recorder': relay=null, phase=CLOSED, start one relay once");
	}

	@Test
	void ageIsThatOfTheOldestMessageOnTheGivenClock() {
		this.outbox = Outbox.builder().clock(Clock.fixed(Messages.TIME.plusSeconds(9), ZoneOffset.UTC)).build();
		assertThat(this.outbox.status().oldestAge()).isNull();
		commit("1");
		assertThat(this.outbox.status().oldestAge()).isEqualTo(Duration.ofSeconds(9));
	}

	@Test
	void listIsFilteredAndPaged() {
		this.outbox.reserve(4);
		this.outbox.append(List.of(Messages.message("1", "t", "a"), Messages.message("2", "u", "a")));
		this.outbox.append(List.of(Messages.message("3", "t", "b"), Messages.message("4", "t", "a")));
		assertThat(this.outbox.messages(MessageFilter.all().to("t"), 1, 1)).extracting((entry) -> entry.message().id())
			.containsExactly("3");
		assertThat(this.outbox.messages(MessageFilter.in(MessageState.SENT), 0, 10)).isEmpty();
		assertThat(this.outbox.messages(MessageFilter.all(), 0, 10)).extracting((entry) -> entry.message().id())
			.containsExactly("1", "2", "3", "4");
	}

	@Test
	void messagesWithoutCommitAreRefused() {
		this.outbox.reserve(1);
		OutboxMessage message = OutboxMessage.of("1", "t", null, null, "text/plain", Map.of());
		assertThatIllegalStateException().isThrownBy(() -> this.outbox.append(List.of(message)))
			.withMessage("message '1' is not committed: topic=t, call withCommit first");
	}

	@Test
	void settingsMustBePositive() {
		assertThatIllegalArgumentException().isThrownBy(() -> Outbox.builder().maxPending(0))
			.withMessage("outbox setting 'maxPending' is too small: maxPending=0, minimum=1");
		assertThatIllegalArgumentException().isThrownBy(() -> Outbox.builder().maxInFlight(0))
			.withMessage("outbox setting 'maxInFlight' is too small: maxInFlight=0, minimum=1");
		assertThatIllegalArgumentException().isThrownBy(() -> this.outbox.reserve(-1))
			.withMessage("number of messages must not be negative: count=-1");
	}

	private void commit(String... ids) {
		this.outbox.reserve(ids.length);
		this.outbox
			.append(IntStream.range(0, ids.length).mapToObj((i) -> Messages.message(ids[i], "t", null)).toList());
	}

	private static List<ILoggingEvent> logged(Class<?> type, Action action) {
		Logger logger = (Logger) LoggerFactory.getLogger(type);
		ListAppender<ILoggingEvent> appender = new ListAppender<>();
		appender.start();
		logger.addAppender(appender);
		logger.setLevel(Level.INFO);
		try {
			action.run();
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
		finally {
			logger.setLevel(null);
			logger.detachAppender(appender);
		}
		return List.copyOf(appender.list);
	}

	private static OutboxRelay relay(Send send) {
		return new OutboxRelay() {

			@Override
			public String name() {
				return "test";
			}

			@Override
			public CompletionStage<?> send(OutboxMessage message) throws Exception {
				return send.send(message);
			}

		};
	}

	private interface Action {

		void run() throws Exception;

	}

	private interface Send {

		CompletionStage<?> send(OutboxMessage message) throws Exception;

	}

	/**
	 * A stage of somebody else that tells its listener success, then failure.
	 */
	private static final class TwiceAnswered extends CompletableFuture<Object> {

		@Override
		public CompletableFuture<Object> whenComplete(BiConsumer<? super Object, ? super Throwable> action) {
			action.accept("done", null);
			action.accept(null, new IllegalStateException("second answer"));
			return this;
		}

	}

}
