package io.theus.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.theus.telemetry.ThreadContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The engine's threads and its timer.
 */
@Timeout(60)
@SuppressWarnings("FutureReturnValueIgnored")
class AsyncExecutorTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final ExecutorService thread = Executors.newSingleThreadExecutor((task) -> new Thread(task, "the one"));

	private final AsyncExecutor executor = new AsyncExecutor(SOON, ThreadContext.NONE, this.thread);

	@AfterEach
	void close() {
		this.executor.close();
	}

	@Test
	void scheduledTaskRunsInTimeOnAThreadOfTheEngine() {
		long start = System.nanoTime();
		CompletableFuture<String> ran = new CompletableFuture<>();
		this.executor.schedule(Duration.ofMillis(50), () -> ran.complete(Thread.currentThread().getName()));
		assertThat(ran).succeedsWithin(SOON).isEqualTo("the one");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
	}

	@Test
	void taskThatTakesLongKeepsTheTimerFromNothing() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		CompletableFuture<Boolean> looked = new CompletableFuture<>();
		this.executor.schedule(Duration.ZERO, () -> await(release));
		this.executor.later(Duration.ofMillis(20).toNanos(), () -> looked.complete(true));
		assertThat(looked).succeedsWithin(SOON);
		release.countDown();
	}

	@Test
	void cancelledTaskDoesNotRun() {
		List<String> ran = new ArrayList<>();
		CompletableFuture<Boolean> last = new CompletableFuture<>();
		Future<?> cancelled = this.executor.schedule(Duration.ofMillis(20), () -> ran.add("cancelled"));
		this.executor.schedule(Duration.ofMillis(40), () -> last.complete(ran.add("last")));
		assertThat(cancelled.cancel(false)).isTrue();
		assertThat(last).succeedsWithin(SOON);
		assertThat(ran).containsExactly("last");
	}

	@Test
	void enormousDelayIsCounted() {
		Future<?> task = this.executor.schedule(Duration.ofSeconds(Long.MAX_VALUE), () -> {
		});
		assertThat(task).isNotDone();
	}

	@Test
	void closeIsToldOnceAndToWhoComesTooLate() {
		AtomicInteger told = new AtomicInteger();
		Runnable forgotten = () -> told.addAndGet(100);
		this.executor.onClose(told::incrementAndGet);
		this.executor.onClose(forgotten);
		this.executor.forget(forgotten);
		this.executor.close();
		this.executor.close();
		assertThat(told).hasValue(1);
		this.executor.onClose(told::incrementAndGet);
		assertThat(told).hasValue(2);
	}

	@Test
	void closedExecutorTakesNothing() {
		this.executor.close();
		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> this.executor.schedule(Duration.ZERO, () -> {
			}));
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
