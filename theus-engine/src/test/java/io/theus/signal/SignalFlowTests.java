package io.theus.signal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Subscriptions as publishers of Reactive Streams. {@link SignalFlowRulesTests} checks
 * the rules that hold for all publishers.
 */
@Timeout(60)
class SignalFlowTests {

	private final SignalHub hub = new SignalHub(4);

	private final Subscription subscription = this.hub.subscribe("sig_*");

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@AfterEach
	void stopThreads() {
		this.threads.shutdownNow();
	}

	@Test
	void signalsArePassedAsTheyAreDemanded() throws Exception {
		Recorder recorder = new Recorder(0);
		this.subscription.subscribe(recorder);
		publish(0, 4);
		recorder.flow().request(1);
		assertThat(recorder.next()).isEqualTo("0");
		recorder.flow().request(2);
		assertThat(recorder.next()).isEqualTo("1");
		assertThat(recorder.next()).isEqualTo("2");
		assertThat(this.subscription.poll()).isEqualTo(Signal.of("sig_n", 3));
		recorder.flow().request(Long.MAX_VALUE);
		recorder.flow().request(Long.MAX_VALUE);
		publish(4, 6);
		assertThat(recorder.next()).isEqualTo("4");
		assertThat(recorder.next()).isEqualTo("5");
		assertThat(recorder.events).isEmpty();
	}

	@Test
	void signalsOfOtherTopicsAreNotPassedAndUseNoDemand() throws Exception {
		Recorder recorder = new Recorder(1);
		this.subscription.subscribe(recorder);
		this.hub.publish("cmd_a", "other");
		publish(7, 8);
		assertThat(recorder.next()).isEqualTo("7");
	}

	@Test
	void closedHubLetsTheRestDrainThenCompletes() throws Exception {
		Recorder recorder = new Recorder(1);
		this.subscription.subscribe(recorder);
		publish(0, 2);
		this.hub.close();
		assertThat(recorder.next()).isEqualTo("0");
		recorder.flow().request(5);
		assertThat(recorder.next()).isEqualTo("1");
		assertThat(recorder.next()).isEqualTo("complete");
	}

	@Test
	void streamCompletesWithoutDemandWhereNothingIsLeft() throws Exception {
		Recorder ofHub = new Recorder(0);
		this.subscription.subscribe(ofHub);
		Recorder ofClosed = new Recorder(0);
		Subscription closed = this.hub.subscribe("*");
		closed.subscribe(ofClosed);
		Recorder ofFinished = new Recorder(0);
		Subscription finished = this.hub.subscribe("*");
		finished.subscribe(ofFinished);
		finished.finish();
		assertThat(ofFinished.next()).isEqualTo("complete");
		publish(0, 1);
		closed.close();
		assertThat(ofClosed.next()).isEqualTo("complete");
		assertThat(this.subscription.poll()).isNotNull();
		this.hub.close();
		assertThat(ofHub.next()).isEqualTo("complete");
		Recorder late = new Recorder(0);
		this.subscription.subscribe(late);
		assertThat(late.next()).isEqualTo("complete");
	}

	@Test
	void streamWithoutDemandLearnsOfItsEnd() {
		Recorder ofClosed = new Recorder(0);
		Subscription closed = this.hub.subscribe("*");
		closed.publisher(Runnable::run, (lag) -> {
		}).subscribe(ofClosed);
		Recorder ofFinished = new Recorder(0);
		Subscription finished = this.hub.subscribe("*");
		finished.publisher(Runnable::run, (lag) -> {
		}).subscribe(ofFinished);
		Recorder ofHub = new Recorder(0);
		this.subscription.publisher(Runnable::run, (lag) -> {
		}).subscribe(ofHub);
		assertThat(ofClosed.events).isEmpty();
		closed.close();
		assertThat(ofClosed.events).containsExactly("complete");
		assertThat(ofFinished.events).isEmpty();
		finished.finish();
		assertThat(ofFinished.events).containsExactly("complete");
		assertThat(ofHub.events).isEmpty();
		this.hub.close();
		assertThat(ofHub.events).containsExactly("complete");
	}

	@Test
	void subscriberThatFellBehindFailsAndMaySubscribeAgain() throws Exception {
		Recorder first = new Recorder(0);
		this.subscription.subscribe(first);
		publish(0, 10);
		first.flow().request(10);
		assertThat(first.next()).startsWith("subscription 'sig_*' missed 6 signals: missed=6, capacity=4, ");
		Recorder second = new Recorder(10);
		this.subscription.subscribe(second);
		assertThat(second.next(4)).containsExactly("6", "7", "8", "9");
		assertThat(first.events).isEmpty();
		publish(10, 11);
		assertThat(second.next()).isEqualTo("10");
	}

	@Test
	void streamGoesOnWhereLagIsTakenElsewhere() throws Exception {
		Recorder recorder = new Recorder(0);
		this.subscription.publisher(this.threads, (lag) -> recorder.events.add("missed " + lag.missed()))
			.subscribe(recorder);
		publish(0, 10);
		recorder.flow().request(100);
		assertThat(recorder.next(5)).containsExactly("missed 6", "6", "7", "8", "9");
		publish(10, 11);
		assertThat(recorder.next()).isEqualTo("10");
	}

	@Test
	void slowSubscriberHoldsUpNobody() throws Exception {
		CountDownLatch inside = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		Recorder slow = new Recorder(Long.MAX_VALUE) {

			@Override
			public void onNext(Signal signal) {
				inside.countDown();
				await(goOn);
				super.onNext(signal);
			}

		};
		Recorder quick = new Recorder(Long.MAX_VALUE);
		this.subscription.publisher(this.threads, (lag) -> slow.events.add("missed " + lag.missed())).subscribe(slow);
		this.hub.subscribe("*").subscribe(quick);
		publish(0, 1);
		await(inside);
		for (int i = 1; i < 100; i++) {
			publish(i, i + 1);
			assertThat(quick.next((i == 1) ? 2 : 1)).contains(String.valueOf(i));
		}
		goOn.countDown();
		assertThat(slow.next(6)).containsExactly("0", "missed 95", "96", "97", "98", "99");
	}

	@Test
	void subscribersThatShareASubscriptionCompete() throws Exception {
		BlockingQueue<String> all = new LinkedBlockingQueue<>();
		for (int i = 0; i < 3; i++) {
			this.subscription.subscribe(new Recorder(Long.MAX_VALUE, all));
		}
		for (int i = 0; i < 1000; i++) {
			publish(i, i + 1);
			assertThat(all.poll(30, TimeUnit.SECONDS)).isEqualTo(String.valueOf(i));
		}
		this.hub.close();
		assertThat(all.poll(30, TimeUnit.SECONDS)).isEqualTo("complete");
		assertThat(all.poll(30, TimeUnit.SECONDS)).isEqualTo("complete");
		assertThat(all.poll(30, TimeUnit.SECONDS)).isEqualTo("complete");
		assertThat(all).isEmpty();
	}

	@Test
	void cancelledSubscriberHearsNothingMoreAndLeavesTheSubscriptionOpen() throws Exception {
		Recorder recorder = new Recorder(Long.MAX_VALUE);
		this.subscription.subscribe(recorder);
		publish(0, 1);
		assertThat(recorder.next()).isEqualTo("0");
		recorder.flow().cancel();
		recorder.flow().cancel();
		recorder.flow().request(1);
		publish(1, 2);
		assertThat(this.subscription.poll()).isEqualTo(Signal.of("sig_n", 1));
		assertThat(recorder.events).isEmpty();
		assertThat(this.subscription.isExhausted()).isFalse();
	}

	@Test
	void subscriberThatCancelsInTheMidstOfSignalsHearsNothingMore() {
		publish(0, 4);
		Recorder recorder = new Recorder(Long.MAX_VALUE) {

			@Override
			public void onNext(Signal signal) {
				super.onNext(signal);
				if (this.events.size() == 2) {
					flow().cancel();
				}
			}

		};
		this.subscription.publisher(Runnable::run, (lag) -> {
		}).subscribe(recorder);
		assertThat(recorder.events).containsExactly("0", "1");
		assertThat(this.subscription.poll()).isEqualTo(Signal.of("sig_n", 2));
	}

	@Test
	void requestThatIsNotPositiveFails() throws Exception {
		Recorder recorder = new Recorder(0);
		this.subscription.subscribe(recorder);
		recorder.flow().request(0);
		assertThat(recorder.next())
			.isEqualTo("request to subscription is not positive: n=0, request at least 1 (rule 3.9)");
		publish(0, 1);
		recorder.flow().request(1);
		assertThat(this.subscription.poll()).isEqualTo(Signal.of("sig_n", 0));
	}

	@Test
	void subscriberThatThrowsIsNotCalledAnyMore() throws Exception {
		AtomicInteger calls = new AtomicInteger();
		this.subscription.subscribe(new Recorder(Long.MAX_VALUE) {

			@Override
			public void onNext(Signal signal) {
				calls.incrementAndGet();
				throw new IllegalStateException("broken");
			}

		});
		publish(0, 1);
		Awaitility.await().until(() -> calls.get() == 1);
		Recorder other = new Recorder(Long.MAX_VALUE);
		this.subscription.subscribe(other);
		publish(1, 4);
		assertThat(other.next(3)).containsExactly("1", "2", "3");
		assertThat(calls).hasValue(1);
	}

	@Test
	void nobodyIsCalledWhileOnSubscribeRuns() throws Exception {
		publish(0, 3);
		List<String> order = new ArrayList<>();
		CountDownLatch seen = new CountDownLatch(3);
		this.subscription.subscribe(new Recorder(0) {

			@Override
			public void onSubscribe(Flow.Subscription flow) {
				flow.request(10);
				publish(3, 4);
				order.add("subscribed");
			}

			@Override
			public void onNext(Signal signal) {
				order.add(String.valueOf(signal.payload()));
				seen.countDown();
			}

		});
		await(seen);
		assertThat(order).startsWith("subscribed", "0", "1");
	}

	@Test
	void waitingSubscriberHoldsNoThread() throws Exception {
		AtomicInteger running = new AtomicInteger();
		Recorder recorder = new Recorder(Long.MAX_VALUE);
		this.subscription.publisher((task) -> {
			running.incrementAndGet();
			this.threads.execute(() -> {
				task.run();
				running.decrementAndGet();
			});
		}, (lag) -> {
		}).subscribe(recorder);
		for (int i = 0; i < 100; i++) {
			Awaitility.await()
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(1))
				.until(() -> running.get() == 0);
			publish(i, i + 1);
			assertThat(recorder.next()).isEqualTo(String.valueOf(i));
		}
	}

	@Test
	void signalThatComesWhileTheSubscriberTurnsAwayIsNotOverlooked() {
		AtomicInteger seen = new AtomicInteger();
		this.subscription.subscribe(new Recorder(Long.MAX_VALUE) {

			@Override
			public void onNext(Signal signal) {
				seen.incrementAndGet();
			}

		});
		for (int i = 0; i < 50_000; i++) {
			// The next signal comes at any moment until the subscriber waits for it
			for (int spins = i % 64; spins > 0; spins--) {
				Thread.onSpinWait();
			}
			publish(i, i + 1);
			awaitSeen(seen, i + 1);
		}
	}

	private static void awaitSeen(AtomicInteger seen, int count) {
		long begun = System.nanoTime();
		for (int looks = 1; seen.get() < count; looks++) {
			if (looks % 1000 == 0) {
				LockSupport.parkNanos(1000);
				assertThat(Duration.ofNanos(System.nanoTime() - begun)).as("signal %s was not passed", count)
					.isLessThan(Duration.ofSeconds(20));
			}
			Thread.onSpinWait();
		}
	}

	@Test
	void executorThatRefusesFailsTheStreamAndNotThePublisher() throws Exception {
		Recorder recorder = new Recorder(Long.MAX_VALUE);
		ExecutorService own = Executors.newSingleThreadExecutor();
		this.subscription.publisher(own, (lag) -> {
		}).subscribe(recorder);
		publish(0, 1);
		assertThat(recorder.next()).isEqualTo("0");
		own.shutdown();
		assertThat(own.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
		publish(1, 2);
		assertThat(recorder.next()).contains("rejected");
	}

	@Test
	void nobodyIsNoSubscriber() {
		assertThatNullPointerException().isThrownBy(() -> this.subscription.subscribe(null));
	}

	@Test
	void finishedSubscriptionIsReadToItsEnd() {
		publish(0, 2);
		this.subscription.finish();
		assertThat(this.hub.publish("sig_n", 2)).isZero();
		assertThat(this.subscription.isExhausted()).isFalse();
		List<Object> seen = new ArrayList<>();
		this.subscription.forEach((signal) -> seen.add(signal.payload()));
		assertThat(seen).containsExactly(0, 1);
		assertThat(this.subscription.isExhausted()).isTrue();
	}

	private void publish(int from, int to) {
		for (int i = from; i < to; i++) {
			this.hub.publish("sig_n", i);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	/**
	 * Notes what it is told.
	 */
	private static class Recorder implements Flow.Subscriber<Signal> {

		final BlockingQueue<String> events;

		private final long demand;

		private volatile Flow.@Nullable Subscription flow;

		Recorder(long demand) {
			this(demand, new LinkedBlockingQueue<>());
		}

		Recorder(long demand, BlockingQueue<String> events) {
			this.demand = demand;
			this.events = events;
		}

		Flow.Subscription flow() {
			Flow.Subscription known = this.flow;
			assertThat(known).isNotNull();
			return known;
		}

		@Nullable String next() throws InterruptedException {
			return this.events.poll(30, TimeUnit.SECONDS);
		}

		List<@Nullable String> next(int count) throws InterruptedException {
			List<@Nullable String> taken = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				taken.add(next());
			}
			return taken;
		}

		@Override
		public void onSubscribe(Flow.Subscription subscription) {
			this.flow = subscription;
			if (this.demand > 0) {
				subscription.request(this.demand);
			}
		}

		@Override
		public void onNext(Signal signal) {
			this.events.add(String.valueOf(signal.payload()));
		}

		@Override
		public void onError(Throwable ex) {
			this.events.add(String.valueOf(ex.getMessage()));
		}

		@Override
		public void onComplete() {
			this.events.add("complete");
		}

	}

}
