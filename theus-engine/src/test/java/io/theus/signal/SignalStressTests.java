package io.theus.signal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two publishers and eight subscribers, one of which sleeps: nothing is lost silently.
 */
@Timeout(120)
class SignalStressTests {

	private static final int CAPACITY = 1024;

	private static final int EACH = 100_000;

	private static final long TOTAL = 2L * EACH;

	private final SignalHub hub = new SignalHub(CAPACITY);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final CountDownLatch published = new CountDownLatch(2);

	@AfterEach
	void stopThreads() {
		this.threads.shutdownNow();
	}

	@Test
	void eachSubscriberReceivesOrIsToldOfEachSignal() throws Exception {
		CountDownLatch asleep = new CountDownLatch(1);
		List<Future<Tally>> subscribers = new ArrayList<>();
		subscribers.add(start((tally) -> sleep(tally, asleep)));
		for (int i = 0; i < 4; i++) {
			subscribers.add(start(this::loop));
		}
		for (int i = 0; i < 3; i++) {
			subscribers.add(start(this::flow));
		}
		this.hub.publish("sig_0", 0);
		assertThat(asleep.await(30, TimeUnit.SECONDS)).isTrue();
		List<Future<?>> publishers = List.of(this.threads.submit(() -> publish("sig_0", 1)),
				this.threads.submit(() -> publish("sig_1", 0)));
		for (Future<?> publisher : publishers) {
			publisher.get();
		}
		this.hub.close();
		for (Future<Tally> subscriber : subscribers) {
			Tally tally = subscriber.get();
			assertThat(tally.received + tally.missed).isEqualTo(TOTAL);
		}
		Tally sleeper = subscribers.get(0).get();
		assertThat(sleeper.received).isEqualTo(1 + CAPACITY);
		assertThat(sleeper.reports).isEqualTo(1);
	}

	private void publish(String topic, int from) {
		for (int i = from; i < EACH; i++) {
			this.hub.publish(topic, i);
		}
		this.published.countDown();
	}

	private Future<Tally> start(Reading reading) {
		Tally tally = new Tally(this.hub.subscribe("*"));
		return this.threads.submit((Callable<Tally>) () -> {
			reading.read(tally);
			return tally;
		});
	}

	private void sleep(Tally tally, CountDownLatch asleep) throws InterruptedException {
		Signal first = tally.subscription.poll(Duration.ofSeconds(30));
		assertThat(first).isNotNull();
		tally.accept(first);
		asleep.countDown();
		this.published.await();
		loop(tally);
	}

	private void loop(Tally tally) {
		while (!tally.subscription.isExhausted()) {
			try {
				tally.subscription.forEach(tally::accept);
			}
			catch (SignalLagException ex) {
				tally.missed(ex);
			}
		}
	}

	private void flow(Tally tally) throws InterruptedException {
		CountDownLatch ended = new CountDownLatch(1);
		tally.subscription.publisher(this.threads, tally::missed).subscribe(new OneByOne(tally, ended));
		assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
		assertThat(tally.failure).isNull();
	}

	/**
	 * A way to read a subscription to its end.
	 */
	private interface Reading {

		void read(Tally tally) throws InterruptedException;

	}

	/**
	 * What one subscriber got.
	 */
	private static final class Tally {

		private final Map<String, Integer> last = new HashMap<>();

		private final Subscription subscription;

		private long received;

		private long missed;

		private int reports;

		private @Nullable Throwable failure;

		Tally(Subscription subscription) {
			this.subscription = subscription;
		}

		void accept(Signal signal) {
			int number = (Integer) Objects.requireNonNull(signal.payload());
			Integer before = this.last.put(signal.topic(), number);
			assertThat(number).isGreaterThan((before != null) ? before : -1);
			this.received++;
		}

		void missed(SignalLagException lag) {
			this.missed += lag.missed();
			this.reports++;
		}

	}

	/**
	 * Demands one signal after the other.
	 */
	private static final class OneByOne implements Flow.Subscriber<Signal> {

		private final Tally tally;

		private final CountDownLatch ended;

		private Flow.@Nullable Subscription flow;

		OneByOne(Tally tally, CountDownLatch ended) {
			this.tally = tally;
			this.ended = ended;
		}

		@Override
		public void onSubscribe(Flow.Subscription subscription) {
			this.flow = subscription;
			subscription.request(1);
		}

		@Override
		public void onNext(Signal signal) {
			this.tally.accept(signal);
			Objects.requireNonNull(this.flow).request(1);
		}

		@Override
		public void onError(Throwable ex) {
			this.tally.failure = ex;
			this.ended.countDown();
		}

		@Override
		public void onComplete() {
			this.ended.countDown();
		}

	}

}
