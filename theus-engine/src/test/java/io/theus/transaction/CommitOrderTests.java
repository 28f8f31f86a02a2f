package io.theus.transaction;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import io.theus.OtherThreads;
import io.theus.engine.TheusEngine;
import io.theus.signal.Signal;
import io.theus.signal.Subscription;
import io.theus.state.SizeEstimate;

import static org.assertj.core.api.Assertions.assertThat;

class CommitOrderTests {

	private static final int THREADS = 8;

	private static final int COMMITS = 250;

	private static final long ALL = (long) THREADS * COMMITS;

	private final List<Long> heard = Collections.synchronizedList(new ArrayList<>());

	@Test
	void listenersHearOfEveryCommitOnceInOrderOfVersion() {
		TheusEngine engine = TheusEngine.builder().commitListener((record) -> this.heard.add(record.version())).build();
		OtherThreads.runAll(THREADS, (thread) -> commitOften(engine, thread));
		assertThat(this.heard).isEqualTo(LongStream.rangeClosed(1, ALL).boxed().toList());
	}

	@Test
	void listenerHasHeardOfACommitWhenItReturns() {
		TheusEngine engine = TheusEngine.builder().commitListener((record) -> this.heard.add(record.version())).build();
		OtherThreads.runAll(THREADS, (thread) -> {
			for (int i = 0; i < COMMITS; i++) {
				assertThat(this.heard.contains(commitOnce(engine, thread, i))).isTrue();
			}
		});
	}

	@Test
	void signalsArriveInOrderOfVersionWithTheStateOfTheirCommitVisible() throws Exception {
		TheusEngine engine = TheusEngine.builder().signalCapacity((int) ALL).build();
		AtomicBoolean visible = new AtomicBoolean(true);
		CountDownLatch all = new CountDownLatch((int) ALL);
		List<Long> versions = new ArrayList<>();
		try (Subscription subscription = engine.signals().subscribe("sig_*")) {
			Thread subscriber = new Thread(() -> {
				for (long i = 0; i < ALL; i++) {
					Signal signal = next(subscription);
					visible.compareAndSet(true, engine.state().version() >= signal.commitVersion());
					versions.add(signal.commitVersion());
					all.countDown();
				}
			});
			subscriber.start();
			OtherThreads.runAll(THREADS, (thread) -> commitOften(engine, thread));
			assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
			subscriber.join();
		}
		assertThat(visible).isTrue();
		assertThat(versions).isEqualTo(LongStream.rangeClosed(1, ALL).boxed().toList());
	}

	@Test
	void signalsOfOneCommitStayTogetherInOrderOfEmission() {
		TheusEngine engine = TheusEngine.builder().signalCapacity((int) (3 * ALL)).build();
		OtherThreads.runAll(THREADS, (thread) -> {
			for (int i = 0; i < COMMITS; i++) {
				engine.transact((tx) -> {
					tx.emit("sig_first", 1);
					tx.emit("sig_second", 2);
					tx.emit("sig_third", 3);
					return null;
				});
			}
		});
		List<Signal> signals = engine.signals().recent();
		assertThat(signals).hasSize((int) (3 * ALL));
		for (int i = 0; i < signals.size(); i++) {
			assertThat(signals.get(i).commitVersion()).isEqualTo(1 + i / 3);
			assertThat(signals.get(i).payload()).isEqualTo(1 + i % 3);
		}
	}

	@Test
	void listenerThatFailsDoesNotDisturbTheCommitOrOtherListeners() {
		TheusEngine engine = TheusEngine.builder().commitListener((record) -> {
			throw new IllegalStateException("listener is broken on purpose");
		}).commitListener((record) -> this.heard.add(record.version())).build();
		commitOnce(engine, 0, 0);
		assertThat(this.heard).containsExactly(1L);
		assertThat(engine.state().version()).isEqualTo(1);
	}

	@Test
	void listenerThatCommitsItselfIsHeardAfterwards() {
		TheusEngine[] engine = new TheusEngine[1];
		engine[0] = TheusEngine.builder().commitListener((record) -> {
			this.heard.add(record.version());
			if (record.version() < 4) {
				engine[0].transact((tx) -> {
					tx.set("domain.depth", record.version());
					return null;
				});
			}
		}).build();
		commitOnce(engine[0], 7, 0);
		assertThat(this.heard).containsExactly(1L, 2L, 3L, 4L);
	}

	@Test
	void otherListenersHearOfItAfterTheCommitThatItFollows() {
		TheusEngine[] engine = new TheusEngine[1];
		engine[0] = TheusEngine.builder().commitListener((record) -> {
			if (record.version() < 4) {
				commitOnce(engine[0], 7, 0);
			}
		}).commitListener((record) -> this.heard.add(record.version())).build();
		commitOnce(engine[0], 7, 0);
		assertThat(this.heard).containsExactly(1L, 2L, 3L, 4L);
		assertThat(engine[0].signals().recent()).extracting(Signal::commitVersion).containsExactly(1L, 2L, 3L, 4L);
	}

	@Test
	void nobodyHearsOfACommitBeforeItsStateIsThere() throws Exception {
		CountDownLatch listening = new CountDownLatch(1);
		CountDownLatch measuring = new CountDownLatch(1);
		CountDownLatch published = new CountDownLatch(1);
		TheusEngine engine = TheusEngine.builder().commitListener((record) -> {
			if (record.version() == 2) {
				// Looks for further commits when it returns
				listening.countDown();
				await(measuring, 30_000);
			}
		}).build();
		Measured.whenMeasured = () -> {
			measuring.countDown();
			await(published, 200);
		};
		List<Long> seen = new ArrayList<>();
		engine.signals().tap((signal) -> {
			if (signal.commitVersion() == 3) {
				seen.add(engine.state().version());
				published.countDown();
			}
		});
		set(engine, new Measured(1));
		Thread other = new Thread(() -> commitOnce(engine, 0, 0));
		other.start();
		assertThat(await(listening, 30_000)).isTrue();
		set(engine, "other");
		other.join();
		assertThat(measuring.getCount()).as("what a commit replaces is measured before its state is there").isZero();
		assertThat(seen).containsExactly(3L);
	}

	private static void set(TheusEngine engine, Object value) {
		engine.transact((tx) -> {
			tx.set("domain.measured", value);
			tx.emit("sig_set", null);
			return null;
		});
	}

	private static boolean await(CountDownLatch latch, long millis) {
		try {
			return latch.await(millis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void commitOften(TheusEngine engine, int thread) {
		for (int i = 0; i < COMMITS; i++) {
			commitOnce(engine, thread, i);
		}
	}

	private static long commitOnce(TheusEngine engine, int thread, int value) {
		try {
			return CommitCapture.of(() -> engine.transact((tx) -> {
				tx.set("domain.t" + thread, value);
				tx.emit("sig_done", value);
				return value;
			})).commits().get(0).version();
		}
		catch (Throwable ex) {
			throw new AssertionError(ex);
		}
	}

	private static Signal next(Subscription subscription) {
		try {
			return Objects.requireNonNull(subscription.poll(Duration.ofSeconds(60)));
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A value that notices when its size is estimated, which is in the midst of a commit.
	 */
	record Measured(int number) {

		private static volatile Runnable whenMeasured = () -> {
		};

		@Override
		public int number() {
			boolean measured = StackWalker.getInstance()
				.walk((frames) -> frames
					.anyMatch((frame) -> frame.getClassName().equals(SizeEstimate.class.getName())));
			if (measured) {
				whenMeasured.run();
			}
			return this.number;
		}

	}

}
