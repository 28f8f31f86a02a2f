package io.theus.parallel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link WorkerPool}: order, refusal, interrupts, limits and the end.
 */
class WorkerControlTests {

	@TempDir
	private Path directory;

	private WorkerFixture fixture = new WorkerFixture(WorkerFixture.SETTINGS);

	@AfterEach
	void poolLeavesNothing() {
		this.fixture.close();
		assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
	}

	private void use(WorkerSettings settings) {
		this.fixture.close();
		this.fixture = new WorkerFixture(settings);
	}

	private Path startedFile() {
		return this.directory.resolve("started");
	}

	private Future<@Nullable Object> startSleeping(String method) {
		String file = startedFile().toString();
		Future<@Nullable Object> call = this.fixture.callers().submit(() -> this.fixture.call(method, file));
		await().until(() -> Files.exists(startedFile()));
		return call;
	}

	@Test
	void interruptOfTheCallerInterruptsTheCode() throws Exception {
		Future<@Nullable Object> call = startSleeping("sleep");
		long pid = this.fixture.pool().status().pids().get(0);
		call.cancel(true);
		await().until(() -> Files.exists(this.directory.resolve("started.interrupted")));
		assertThat(this.fixture.call("pid")).isEqualTo(pid);
		assertThat(this.fixture.call("isInterrupted")).isEqualTo(false);
		assertThat(this.fixture.pool().status().died()).isZero();
	}

	@Test
	void codeThatDoesNotMindAnInterruptIsKilled() {
		Future<@Nullable Object> call = startSleeping("spin");
		long pid = this.fixture.pool().status().pids().get(0);
		call.cancel(true);
		assertThat(this.fixture.call("pid")).isNotEqualTo(pid);
		assertThat(this.fixture.pool().status().died()).isOne();
	}

	@Test
	void limitInterruptsTheCode() throws Exception {
		WorkerCall call = WorkerFixture.call(WorkerTasks.class, "sleep", WorkerFixture.NOTHING,
				startedFile().toString());
		this.fixture.call("pid");
		assertThatExceptionOfType(WorkerTimeoutException.class)
			.isThrownBy(() -> this.fixture.pool().call(call, Duration.ofMillis(500)))
			.withMessage("process 'tasks.sleep' did not end in its worker in time: limit=PT0.5S, raise its timeout or "
					+ "make it shorter");
		await().until(() -> Files.exists(this.directory.resolve("started.interrupted")));
		assertThat(this.fixture.pool().status().died()).isZero();
	}

	@Test
	void callThatWaitsCanBeGivenUp() throws Exception {
		Future<@Nullable Object> first = startSleeping("sleep");
		Future<@Nullable Object> second = this.fixture.callers().submit(() -> this.fixture.call("pid"));
		await().until(() -> this.fixture.pool().status().queued() == 1);
		second.cancel(true);
		await().until(() -> this.fixture.pool().status().queued() == 0);
		assertThat(this.fixture.pool().status().busy()).isOne();
		first.cancel(true);
	}

	@Test
	void callIsRefusedWhenTheQueueIsFull() {
		use(WorkerFixture.SETTINGS.withQueueCapacity(1));
		Future<@Nullable Object> running = startSleeping("sleep");
		Future<@Nullable Object> waiting = this.fixture.callers().submit(() -> this.fixture.call("pid"));
		await().until(() -> this.fixture.pool().status().queued() == 1);
		assertThatExceptionOfType(ParallelRejectedException.class).isThrownBy(() -> this.fixture.call("pid"))
			.withMessage("process 'tasks.pid' is refused: size=1 are running, queue=1 are waiting, call it later or "
					+ "raise theus.parallel.pool-size or theus.parallel.queue-capacity")
			.satisfies((ex) -> {
				assertThat(ex.size()).isOne();
				assertThat(ex.queueCapacity()).isOne();
			});
		assertThat(waiting).isNotDone();
		running.cancel(true);
		assertThat(waiting).succeedsWithin(Duration.ofSeconds(30));
	}

	@Test
	void queueOfNoneTakesCallsForWhichThereAreWorkers() {
		use(WorkerFixture.SETTINGS.withQueueCapacity(0));
		Future<@Nullable Object> running = startSleeping("sleep");
		assertThatExceptionOfType(ParallelRejectedException.class).isThrownBy(() -> this.fixture.call("pid"));
		running.cancel(true);
	}

	// Each task waits until another one has arrived, so that they end only side by side
	@Test
	void workersRunSideBySide() throws Exception {
		use(WorkerFixture.SETTINGS.withSize(2));
		List<CompletableFuture<@Nullable Object>> tasks = new ArrayList<>();
		for (String pair : List.of("a", "b")) {
			Path meeting = Files.createDirectory(this.directory.resolve(pair));
			tasks.add(this.fixture.later("meet", meeting.toString(), "1", "2"));
			tasks.add(this.fixture.later("meet", meeting.toString(), "2", "1"));
			for (CompletableFuture<@Nullable Object> each : tasks) {
				each.get(60, TimeUnit.SECONDS);
			}
		}
		assertThat(tasks.stream().map(CompletableFuture::join).distinct()).hasSize(2);
		assertThat(this.fixture.pool().status().started()).isEqualTo(2);
	}

	@Test
	void closeLetsCallsFinish() throws Exception {
		Future<@Nullable Object> call = startSleeping("awaitFile");
		Future<@Nullable Object> waiting = this.fixture.callers().submit(() -> this.fixture.call("add", 1, 1.0));
		await().until(() -> this.fixture.pool().status().queued() == 1);
		Future<?> closing = this.fixture.callers().submit(this.fixture.pool()::close);
		await().untilAsserted(() -> assertThatExceptionOfType(ParallelRejectedException.class)
			.isThrownBy(() -> this.fixture.call("pid"))
			.withMessageStartingWith("process 'tasks.pid' is refused: the pool is closed"));
		assertThat(closing).isNotDone();
		Files.createFile(this.directory.resolve("started.go"));
		assertThat(call.get(30, TimeUnit.SECONDS)).isEqualTo("went");
		assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(2.0);
		closing.get(30, TimeUnit.SECONDS);
		assertThat(this.fixture.pool().status().died()).isZero();
	}

	@Test
	void closeInterruptsWhatTakesTooLong() {
		use(WorkerFixture.SETTINGS.withLimits(Duration.ofSeconds(30), Duration.ofSeconds(20), Duration.ofMillis(100)));
		Future<@Nullable Object> call = startSleeping("sleep");
		Future<@Nullable Object> waiting = this.fixture.callers().submit(() -> this.fixture.call("pid"));
		await().until(() -> this.fixture.pool().status().queued() == 1);
		this.fixture.pool().close();
		assertThat(call).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.havingRootCause()
			.isInstanceOf(InterruptedException.class);
		assertThat(waiting).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.havingRootCause()
			.isInstanceOf(ParallelRejectedException.class);
		assertThat(this.directory.resolve("started.interrupted")).exists();
	}

	@Test
	void closeKillsWhatDoesNotMind() {
		use(WorkerFixture.SETTINGS.withLimits(Duration.ofSeconds(30), Duration.ofMillis(100), Duration.ofMillis(100)));
		Future<@Nullable Object> call = startSleeping("spin");
		this.fixture.pool().close();
		assertThat(call).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.havingRootCause()
			.isInstanceOf(WorkerDiedException.class);
	}

	@Test
	void interruptOfWhoClosesKillsAtOnce() throws Exception {
		use(WorkerFixture.SETTINGS.withLimits(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(5)));
		Future<@Nullable Object> call = startSleeping("spin");
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		Thread closing = new Thread(() -> {
			this.fixture.pool().close();
			interrupted.complete(Thread.currentThread().isInterrupted());
		});
		closing.start();
		closing.interrupt();
		assertThat(interrupted.get(30, TimeUnit.SECONDS)).isTrue();
		assertThat(call).failsWithin(Duration.ofSeconds(10));
	}

}
