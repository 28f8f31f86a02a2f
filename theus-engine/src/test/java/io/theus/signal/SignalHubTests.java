package io.theus.signal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.theus.path.InvalidTopicException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(60)
class SignalHubTests {

	private final SignalHub hub = new SignalHub(4);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@AfterEach
	void stopThreads() {
		this.threads.shutdownNow();
	}

	@Test
	void lastSignalsAreRetained() {
		SignalHub hub = new SignalHub(2);
		assertThat(hub.retained()).isEmpty();
		hub.publish("sig_a", 1);
		hub.publish("sig_b", 2);
		hub.publish("sig_c", 3);
		assertThat(hub.retained()).containsExactly(Signal.of("sig_b", 2), Signal.of("sig_c", 3));
	}

	@Test
	void publishReturnsToHowManySubscriptionsASignalWasAddressed() {
		assertThat(this.hub.publish("sig_a", 1)).isZero();
		Subscription all = this.hub.subscribe("*");
		this.hub.subscribe("sig_*");
		this.hub.subscribe("cmd_*");
		assertThat(this.hub.publish("sig_a", 1)).isEqualTo(2);
		assertThat(this.hub.publish("log_a", 1)).isEqualTo(1);
		assertThat(this.hub.publish("sig_a", 1)).isEqualTo(2);
		all.close();
		assertThat(this.hub.publish("sig_a", 1)).isEqualTo(1);
	}

	@Test
	void subscriptionSeesMatchingSignalsPublishedAfterIt() {
		this.hub.publish("sig_a", 0);
		Subscription subscription = this.hub.subscribe("sig_*");
		this.hub.publish("sig_a", 1);
		this.hub.publish("cmd_a", 2);
		this.hub.publish("sig_b", null);
		assertThat(subscription.poll()).isEqualTo(new Signal("sig_a", 1, Signal.NO_COMMIT));
		assertThat(subscription.poll()).isEqualTo(new Signal("sig_b", null, Signal.NO_COMMIT));
		assertThat(subscription.poll()).isNull();
		assertThat(subscription.isExhausted()).isFalse();
	}

	@Test
	void signalsOfACommitCarryItsVersion() {
		Subscription subscription = this.hub.subscribe("*");
		this.hub.publishCommitted(List.of(Signal.of("sig_a", 1).withCommit(7), Signal.of("sig_b", 2).withCommit(7)));
		assertThat(subscription.poll()).isEqualTo(new Signal("sig_a", 1, 7));
		assertThat(subscription.poll()).isEqualTo(new Signal("sig_b", 2, 7));
	}

	@Test
	void subscriberThatFellBehindIsToldOnceAndContinuesAtTheOldest() {
		Subscription subscription = this.hub.subscribe("sig_*");
		publish(0, 10);
		assertThatExceptionOfType(SignalLagException.class).isThrownBy(subscription::poll)
			.withMessage("subscription 'sig_*' missed 6 signals: missed=6, capacity=4, reading continues at the oldest "
					+ "retained signal, read faster or raise theus.signals.capacity")
			.satisfies((ex) -> assertThat(ex.pattern()).isEqualTo("sig_*"))
			.satisfies((ex) -> assertThat(ex.missed()).isEqualTo(6))
			.satisfies((ex) -> assertThat(ex.capacity()).isEqualTo(4));
		assertThat(drain(subscription)).containsExactly(6, 7, 8, 9);
	}

	@Test
	void lagReachesTimedPollAndForEachAsWell() throws Exception {
		Subscription subscription = this.hub.subscribe("sig_*");
		publish(0, 5);
		assertThatExceptionOfType(SignalLagException.class).isThrownBy(() -> subscription.poll(Duration.ofSeconds(1)))
			.satisfies((ex) -> assertThat(ex.missed()).isEqualTo(1));
		assertThat(subscription.poll(Duration.ofSeconds(1))).isEqualTo(Signal.of("sig_n", 1));
		publish(5, 8);
		List<Signal> seen = new ArrayList<>();
		assertThatExceptionOfType(SignalLagException.class).isThrownBy(() -> subscription.forEach(seen::add))
			.satisfies((ex) -> assertThat(ex.missed()).isEqualTo(2));
		this.hub.close();
		subscription.forEach(seen::add);
		assertThat(seen).extracting(Signal::payload).containsExactly(4, 5, 6, 7);
	}

	@Test
	void closedHubLetsTheRestDrainThenEndsTheStream() throws Exception {
		Subscription polling = this.hub.subscribe("sig_*");
		Subscription looping = this.hub.subscribe("sig_*");
		publish(0, 4);
		assertThat(this.hub.isOpen()).isTrue();
		this.hub.close();
		assertThat(this.hub.isOpen()).isFalse();
		assertThat(this.hub.publish("sig_n", 99)).isZero();
		this.hub.publishCommitted(List.of(Signal.of("sig_n", 99).withCommit(1)));
		assertThat(polling.isExhausted()).isFalse();
		assertThat(drain(polling)).containsExactly(0, 1, 2, 3);
		assertThat(polling.poll(Duration.ofDays(1))).isNull();
		assertThat(polling.isExhausted()).isTrue();
		List<Object> seen = new ArrayList<>();
		looping.forEach((signal) -> seen.add(signal.payload()));
		assertThat(seen).containsExactly(0, 1, 2, 3);
		assertThat(this.hub.subscribe("*").isExhausted()).isTrue();
		assertThat(this.hub.recent()).hasSize(4);
	}

	@Test
	void closingTheHubReleasesThoseThatWait() throws Exception {
		Subscription subscription = this.hub.subscribe("*");
		CountDownLatch first = new CountDownLatch(1);
		Future<?> loop = this.threads.submit(() -> subscription.forEach((signal) -> first.countDown()));
		this.hub.publish("sig_a", null);
		assertThat(first.await(30, TimeUnit.SECONDS)).isTrue();
		this.hub.close();
		loop.get(30, TimeUnit.SECONDS);
		assertThat(subscription.isExhausted()).isTrue();
	}

	@Test
	void closingASubscriptionEndsItAtOnce() throws Exception {
		Subscription subscription = this.hub.subscribe("*");
		CountDownLatch first = new CountDownLatch(1);
		Future<?> loop = this.threads.submit(() -> subscription.forEach((signal) -> {
			first.countDown();
			subscription.close();
		}));
		publish(0, 3);
		loop.get(30, TimeUnit.SECONDS);
		assertThat(first.getCount()).isZero();
		assertThat(subscription.poll()).isNull();
		assertThat(subscription.isExhausted()).isTrue();
		subscription.close();
		assertThat(this.hub.publish("sig_a", null)).isZero();
	}

	@Test
	void interruptEndsForEachAndLeavesTheFlagSet() throws Exception {
		Subscription subscription = this.hub.subscribe("*");
		AtomicReference<Thread> thread = new AtomicReference<>();
		CountDownLatch first = new CountDownLatch(1);
		CompletableFuture<Boolean> flag = CompletableFuture.supplyAsync(() -> {
			thread.set(Thread.currentThread());
			subscription.forEach((signal) -> first.countDown());
			return Thread.interrupted();
		}, this.threads);
		this.hub.publish("sig_a", null);
		assertThat(first.await(30, TimeUnit.SECONDS)).isTrue();
		thread.get().interrupt();
		assertThat(flag.get(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void exceptionOfAnActionLeavesForEach() {
		Subscription subscription = this.hub.subscribe("*");
		publish(0, 2);
		assertThatIllegalStateException().isThrownBy(() -> subscription.forEach((signal) -> {
			throw new IllegalStateException("no");
		}));
		assertThat(drain(subscription)).containsExactly(1);
	}

	@Test
	void timedPollWaitsForAMatchingSignal() throws Exception {
		Subscription subscription = this.hub.subscribe("cmd_*");
		assertThat(subscription.poll(Duration.ofMillis(1))).isNull();
		assertThat(subscription.poll(Duration.ofSeconds(-1))).isNull();
		Future<Signal> polled = this.threads.submit(() -> subscription.poll(Duration.ofSeconds(Long.MAX_VALUE)));
		this.hub.publish("sig_a", 1);
		this.hub.publish("cmd_a", 2);
		assertThat(polled.get(30, TimeUnit.SECONDS)).isEqualTo(Signal.of("cmd_a", 2));
	}

	@Test
	void signalsOfOtherTopicsDoNotLengthenATimedPoll() throws Exception {
		SignalHub large = new SignalHub();
		Subscription subscription = large.subscribe("cmd_*");
		AtomicBoolean done = new AtomicBoolean();
		Future<?> publisher = this.threads.submit(() -> {
			while (!done.get()) {
				large.publish("sig_a", null);
				LockSupport.parkNanos(100_000);
			}
		});
		try {
			Future<Signal> polled = this.threads.submit(() -> subscription.poll(Duration.ofMillis(200)));
			assertThat(polled.get(10, TimeUnit.SECONDS)).isNull();
		}
		finally {
			done.set(true);
		}
		publisher.get(30, TimeUnit.SECONDS);
	}

	@Test
	void recentListsTheLastSignalsOfAllTopics() {
		publish(0, 5);
		this.hub.publish("cmd_a", 5);
		assertThat(this.hub.recent()).extracting(Signal::payload).containsExactly(2, 3, 4, 5);
	}

	@Test
	void malformedNamesAreRefused() {
		assertThatExceptionOfType(InvalidTopicException.class).isThrownBy(() -> this.hub.publish("a/b", null));
		assertThatExceptionOfType(InvalidTopicException.class).isThrownBy(() -> this.hub.subscribe("a/*"));
		assertThat(this.hub.recent()).isEmpty();
	}

	@Test
	void defaultCapacityIs1024() {
		SignalHub defaults = new SignalHub();
		for (int i = 0; i < 1025; i++) {
			defaults.publish("sig_a", i);
		}
		assertThat(defaults.recent()).hasSize(SignalHub.DEFAULT_CAPACITY).first().isEqualTo(Signal.of("sig_a", 1));
	}

	@Test
	void publishersKeepTheirOrderAndSharersCompete() throws Exception {
		int each = 20_000;
		SignalHub large = new SignalHub(4 * each);
		Subscription alone = large.subscribe("sig_*");
		Subscription shared = large.subscribe("*");
		Set<Object> once = ConcurrentHashMap.newKeySet();
		AtomicInteger count = new AtomicInteger();
		List<Future<?>> readers = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			readers.add(this.threads.submit(() -> shared.forEach((signal) -> {
				once.add(signal);
				count.incrementAndGet();
			})));
		}
		readers.add(this.threads.submit(() -> {
			Map<String, Integer> next = new ConcurrentHashMap<>();
			alone.forEach((signal) -> {
				int expected = next.merge(signal.topic(), 1, Integer::sum) - 1;
				assertThat(signal.payload()).isEqualTo(expected);
			});
			assertThat(next).isEqualTo(Map.of("sig_0", each, "sig_1", each, "sig_2", each));
		}));
		List<Future<?>> publishers = new ArrayList<>();
		for (String topic : List.of("sig_0", "sig_1", "sig_2", "cmd_3")) {
			publishers.add(this.threads.submit(() -> {
				for (int i = 0; i < each; i++) {
					large.publish(topic, i);
				}
			}));
		}
		for (Future<?> publisher : publishers) {
			publisher.get();
		}
		large.close();
		for (Future<?> reader : readers) {
			reader.get();
		}
		assertThat(once).hasSize(4 * each);
		assertThat(count).hasValue(4 * each);
	}

	private void publish(int from, int to) {
		for (int i = from; i < to; i++) {
			this.hub.publish("sig_n", i);
		}
	}

	private static List<Object> drain(Subscription subscription) {
		List<Object> payloads = new ArrayList<>();
		for (Signal signal = subscription.poll(); signal != null; signal = subscription.poll()) {
			payloads.add(signal.payload());
		}
		return payloads;
	}

}
