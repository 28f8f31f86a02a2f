package io.theus.parallel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.theus.OtherThreads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@SuppressWarnings("FutureReturnValueIgnored")
@Timeout(120)
class ThreadPoolTests {

	private final ThreadPool pool = ThreadPool.computing(2, 3);

	private final CountDownLatch open = new CountDownLatch(1);

	private final List<String> done = Collections.synchronizedList(new ArrayList<>());

	@AfterEach
	void close() throws InterruptedException {
		this.open.countDown();
		this.pool.close();
		assertThat(this.pool.awaitIdle(Duration.ofSeconds(30))).isTrue();
	}

	private void hold(String name) {
		try {
			this.open.await(60, TimeUnit.SECONDS);
			this.done.add(name);
		}
		catch (InterruptedException ex) {
			this.done.add(name + " interrupted");
		}
	}

	private Future<?> begin(String name) {
		return this.pool.begin("shop." + name, () -> hold(name));
	}

	@Test
	void takesWhatItHasRoomForAndNotOneMore() throws Exception {
		List<Future<?>> taken = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			taken.add(begin("held"));
		}
		assertThat(this.pool.active()).isEqualTo(2);
		assertThat(this.pool.queued()).isEqualTo(3);
		assertThatExceptionOfType(ParallelRejectedException.class).isThrownBy(() -> begin("more"))
			.withMessage("process 'shop.more' is refused: size=2 are running, queue=3 are waiting, call it later or "
					+ "raise theus.parallel.pool-size or theus.parallel.queue-capacity")
			.satisfies((ex) -> {
				assertThat(ex.process()).isEqualTo("shop.more");
				assertThat(ex.size()).isEqualTo(2);
				assertThat(ex.queueCapacity()).isEqualTo(3);
			});
		assertThat(this.pool.rejected()).isEqualTo(1);
		this.open.countDown();
		for (Future<?> each : taken) {
			each.get(60, TimeUnit.SECONDS);
		}
		assertThat(this.pool.awaitIdle(Duration.ofSeconds(60))).isTrue();
		assertThat(this.pool.completed()).isEqualTo(5);
		assertThat(this.pool.active()).isZero();
	}

	@Test
	void noMoreRunAtTheSameTimeThanItHasThreads() {
		// A task is done a moment before its thread takes the next one
		ThreadPool roomy = ThreadPool.computing(2, 6);
		AtomicInteger now = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		OtherThreads.runAll(4, (number) -> {
			for (int i = 0; i < 500; i++) {
				try {
					roomy.begin("count", () -> {
						most.accumulateAndGet(now.incrementAndGet(), Math::max);
						now.decrementAndGet();
					}).get(60, TimeUnit.SECONDS);
				}
				catch (InterruptedException | ExecutionException | TimeoutException ex) {
					throw new IllegalStateException(ex);
				}
			}
		});
		assertThat(most.get()).isBetween(1, 2);
		Awaitility.await().until(() -> roomy.completed() == 2000);
		roomy.close();
	}

	@Test
	void whatGoesOnIsNeverRefused() throws Exception {
		for (int i = 0; i < 5; i++) {
			begin("held");
		}
		Future<?> more = this.pool.goOn(() -> this.done.add("more"));
		assertThat(this.pool.queued()).isEqualTo(4);
		this.open.countDown();
		more.get(60, TimeUnit.SECONDS);
		assertThat(this.done).contains("more");
	}

	@Test
	void cancelledTaskThatWaitsNeverRunsAndGivesItsPlaceBack() throws Exception {
		List<Future<?>> taken = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			taken.add(begin("number " + i));
		}
		assertThat(taken.get(3).cancel(true)).isTrue();
		assertThat(this.pool.queued()).isEqualTo(2);
		Future<?> next = begin("next");
		this.open.countDown();
		next.get(60, TimeUnit.SECONDS);
		assertThat(this.pool.awaitIdle(Duration.ofSeconds(60))).isTrue();
		assertThat(this.done).containsExactlyInAnyOrder("number 0", "number 1", "number 2", "number 4", "next");
	}

	@Test
	void interruptEndsWithItsTask() throws Exception {
		ThreadPool one = ThreadPool.computing(1, 1);
		CountDownLatch entered = new CountDownLatch(1);
		Future<?> stuck = one.begin("stuck", () -> {
			entered.countDown();
			// Never asks whether it was interrupted
			while (!Thread.currentThread().isInterrupted()) {
				Thread.onSpinWait();
			}
		});
		entered.await(60, TimeUnit.SECONDS);
		stuck.cancel(true);
		one.begin("next", () -> this.done.add("interrupted=" + Thread.currentThread().isInterrupted()))
			.get(60, TimeUnit.SECONDS);
		assertThat(this.done).containsExactly("interrupted=false");
		one.close();
	}

	@Test
	void threadsAreNamedAndKnowThatTheyAreOfAPool() throws Exception {
		assertThat(ThreadPool.isHere()).isFalse();
		this.pool
			.begin("name",
					() -> this.done
						.add(Thread.currentThread().getName().replaceAll("[0-9]+", "n") + " " + ThreadPool.isHere()))
			.get(60, TimeUnit.SECONDS);
		ThreadPool waiting = ThreadPool.waiting(1, 0);
		waiting
			.begin("name",
					() -> this.done
						.add(Thread.currentThread().getName().replaceAll("[0-9]+", "n") + " " + ThreadPool.isHere()))
			.get(60, TimeUnit.SECONDS);
		waiting.close();
		assertThat(this.done).containsExactly("theus-parallel-n true", "theus-parallel-waiting-n true");
	}

	@Test
	void whatFollowsATaskFindsTheRoomThatThisLeaves() throws Exception {
		ThreadPool one = ThreadPool.computing(1, 1);
		CountDownLatch full = new CountDownLatch(1);
		Future<?> first = one.begin("first", () -> {
			try {
				full.await(60, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			one.begin("next", () -> this.done.add("next"));
		});
		one.begin("second", () -> this.done.add("second"));
		full.countDown();
		first.get(60, TimeUnit.SECONDS);
		assertThat(one.awaitIdle(Duration.ofSeconds(60))).isTrue();
		assertThat(this.done).containsExactly("second", "next");
		one.close();
	}

	@Test
	void haltedPoolBeginsNothingUntilItIsClosed() throws Exception {
		begin("first");
		begin("second");
		Future<?> cancelled = begin("cancelled");
		Future<?> third = begin("third");
		this.pool.halt();
		this.open.countDown();
		assertThat(this.pool.awaitIdle(Duration.ofSeconds(60))).isTrue();
		assertThat(this.done).containsExactlyInAnyOrder("first", "second");
		cancelled.cancel(true);
		this.pool.close();
		third.get(60, TimeUnit.SECONDS);
		assertThat(this.done).contains("third").doesNotContain("cancelled");
	}

	@Test
	void closingPoolRefusesWhatIsNewAndRunsWhatGoesOn() throws Exception {
		begin("held");
		this.pool.refuse();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> begin("new"));
		assertThat(this.pool.awaitIdle(Duration.ofMillis(1))).isFalse();
		this.pool.goOn(() -> this.done.add("more")).get(60, TimeUnit.SECONDS);
		this.pool.close();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> this.pool.goOn(() -> {
		}));
	}

}
