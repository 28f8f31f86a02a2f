package io.theus.parallel;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link WorkerPool}: workers that die. Each ends with a pool that is whole.
 */
class WorkerDeathTests {

	private final BlockingQueue<WorkerDiedException> deaths = new LinkedBlockingQueue<>();

	private final WorkerFixture fixture = new WorkerFixture(WorkerFixture.SETTINGS.withListener(new WorkerListener() {

		@Override
		public void died(WorkerDiedException death) {
			WorkerDeathTests.this.deaths.add(death);
		}

	}));

	@AfterEach
	void poolIsWholeAndLeavesNothing() {
		assertThat(this.fixture.call("add", 1, 1.0)).isEqualTo(2.0);
		this.fixture.close();
		assertThat(this.fixture.pool().status().alive()).isZero();
		assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
	}

	private WorkerDiedException death(String method, @Nullable Object... arguments) throws InterruptedException {
		long pid = (Long) java.util.Objects.requireNonNull(this.fixture.call("pid"));
		WorkerDiedException[] thrown = new WorkerDiedException[1];
		assertThatExceptionOfType(WorkerDiedException.class).isThrownBy(() -> this.fixture.call(method, arguments))
			.satisfies((ex) -> thrown[0] = ex);
		assertThat(thrown[0].process()).isEqualTo("tasks." + method);
		assertThat(thrown[0].pid()).isEqualTo(pid);
		assertThat(this.deaths.poll(10, TimeUnit.SECONDS)).isNotNull()
			.hasMessage(thrown[0].getMessage())
			.satisfies((death) -> assertThat(death.pid()).isEqualTo(pid));
		assertThat(this.deaths).isEmpty();
		assertThat(this.fixture.pool().status().died()).isOne();
		return thrown[0];
	}

	@Test
	void exitFailsTheCall() throws Exception {
		WorkerDiedException death = death("exit", 7);
		assertThat(death.exitCode()).isEqualTo(7);
		assertThat(death).hasMessage(
				"worker of process 'tasks.exit' died: pid=%d, exit code=7, it exited by itself".formatted(death.pid()));
	}

	@Test
	void killFailsTheCall() throws Exception {
		WorkerDiedException death = death("kill");
		assertThat(death)
			.hasMessage("worker of process 'tasks.kill' died: pid=%d, exit code=137, it was killed by SIGKILL"
				.formatted(death.pid()));
	}

	@Test
	void crashOfNativeCodeFailsTheCall() throws Exception {
		WorkerDiedException death = death("crash");
		assertThat(death.getMessage()).matches("worker of process 'tasks.crash' died: pid=" + death.pid()
				+ ", exit code=\\d+, native code crashed it( \\(SIGABRT\\))?");
		assertThat(death.lastLines()).anyMatch((line) -> line.contains("fatal error"));
	}

	@Test
	void exhaustedHeapFailsTheCall() throws Exception {
		WorkerDiedException death = death("hog");
		assertThat(death).hasMessage(("worker of process 'tasks.hog' died: pid=%d, exit code=3, it ran out of memory, "
				+ "raise theus.parallel.worker-heap")
			.formatted(death.pid()));
	}

	@Test
	void nonsenseOnTheStandardOutputFailsTheCall() throws Exception {
		assertThat(death("babble")).hasMessageEndingWith(
				"it was killed: what was read is no frame, native code may " + "have written to the standard output");
	}

	@Test
	void frameThatIsCutOffFailsTheCall() throws Exception {
		assertThat(death("truncate")).hasMessageEndingWith("it was killed: a frame is cut off");
	}

	@Test
	void lastLinesOfTheWorkerAreKept() throws Exception {
		assertThat(death("complain").lastLines()).containsExactly("this is wrong", "all wrong");
	}

	// Its end may be seen before or after the next call is given to it
	@Test
	void deathOfAnIdleWorkerIsNoticedByNobody() throws Exception {
		for (int i = 0; i < 20; i++) {
			long pid = (Long) java.util.Objects.requireNonNull(this.fixture.call("pid"));
			ProcessHandle.of(pid).orElseThrow().destroyForcibly();
			assertThat(this.fixture.call("add", i, 1.0)).isEqualTo(i + 1.0);
			WorkerDiedException death = this.deaths.poll(10, TimeUnit.SECONDS);
			assertThat(death).isNotNull();
			assertThat(death.pid()).isEqualTo(pid);
		}
	}

	@Test
	void deathOfOneWorkerCostsTheOtherNothing() throws Exception {
		try (WorkerFixture two = new WorkerFixture(WorkerFixture.SETTINGS.withSize(2))) {
			CompletableFuture<@Nullable Object> sleeping = two.later("sleepThenEcho", Duration.ofSeconds(1), "alive");
			await().until(() -> two.pool().status().busy() == 1);
			assertThatExceptionOfType(WorkerDiedException.class).isThrownBy(() -> two.call("exit", 1));
			assertThat(sleeping.get(30, TimeUnit.SECONDS)).isEqualTo("alive");
			assertThat(two.pool().status().died()).isOne();
		}
	}

	@Test
	void callsThatWaitGoToTheNextWorker() throws Exception {
		CompletableFuture<@Nullable Object> first = this.fixture.later("sleepThenExit", Duration.ofMillis(200));
		await().until(() -> this.fixture.pool().status().busy() == 1);
		List<CompletableFuture<@Nullable Object>> others = List.of(this.fixture.later("add", 1, 2.0),
				this.fixture.later("add", 2, 2.0));
		assertThat(others.get(0).get(30, TimeUnit.SECONDS)).isEqualTo(3.0);
		assertThat(others.get(1).get(30, TimeUnit.SECONDS)).isEqualTo(4.0);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(first::join)
			.withCauseInstanceOf(WorkerDiedException.class);
	}

}
