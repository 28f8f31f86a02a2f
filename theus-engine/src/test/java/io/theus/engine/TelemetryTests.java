package io.theus.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.theus.ProcessContext;
import io.theus.Propagation;
import io.theus.annotation.Process;
import io.theus.conflict.ConflictSettings;
import io.theus.conflict.TicketScope;
import io.theus.engine.RecordingTelemetry.Recorded;
import io.theus.run.Run;
import io.theus.run.RunState;
import io.theus.workflow.WorkflowParser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests of what those see who watch an engine.
 */
@Timeout(20)
class TelemetryTests {

	private final RecordingTelemetry recording = new RecordingTelemetry();

	private final Work work = new Work();

	private final TheusEngine engine = TheusEngine.builder()
		.processes(this.work)
		.conflicts(new ConflictSettings(3, Duration.ofMillis(1), Duration.ofMillis(2), 3, Duration.ofSeconds(5),
				TicketScope.EXECUTION))
		.telemetry(this.recording.telemetry())
		.build();

	TelemetryTests() {
		this.work.engine = this.engine;
	}

	@AfterEach
	void everythingHasEndedOnceAndIsBoundToNoThread() {
		this.engine.close();
		RecordingTelemetry.CALLER.remove();
		await().untilAsserted(() -> assertThat(this.recording.open()).isEmpty());
		assertThat(this.recording.all()).allSatisfy((recorded) -> {
			assertThat(recorded.outcomes).as(recorded.name).hasSize(1);
			assertThat(recorded.boundAtEnd).as(recorded.name).isFalse();
			assertThat(recorded.bindings).as(recorded.name).hasValue(0);
		});
	}

	@Test
	void commitIsPartOfItsExecution() {
		this.engine.execute("count");
		assertThat(this.work.seen).isEqualTo("process work.count HYBRID");
		assertThat(this.recording.shown()).containsExactly("process work.count HYBRID COMMITTED",
				"process work.count HYBRID > commit process 'work.count' COMMITTED");
		assertThat(RecordingTelemetry.bound()).isNull();
	}

	@Test
	void whatHasNothingToCommitShowsNoCommit() {
		this.engine.execute("look");
		assertThat(this.recording.shown()).containsExactly("process work.look HYBRID COMMITTED");
	}

	@Test
	void equalValuesShowAsUnchanged() {
		this.engine.execute("put", 1L);
		this.engine.execute("put", 1L);
		assertThat(this.recording.shown("commit")).containsExactly(
				"process work.put HYBRID > commit process 'work.put' COMMITTED",
				"process work.put HYBRID > commit process 'work.put' UNCHANGED");
	}

	@Test
	void failureEndsTheExecution() {
		assertThatIllegalStateException().isThrownBy(() -> this.engine.execute("fail"));
		Recorded failed = this.recording.all().get(0);
		assertThat(failed).hasToString("process work.fail HYBRID UNDECLARED");
		assertThat(failed.failure).hasMessage("broken");
	}

	@Test
	void transactionsAndEditsShowTheirCommits() {
		write(this.engine, 5L);
		this.engine.edit("correction", (tx) -> tx.set("domain.n", 6L));
		this.engine.compareAndSwap(this.engine.state().version(), Map.of("domain.n", 7L));
		assertThat(this.recording.shown()).containsExactly("commit transaction COMMITTED",
				"commit edit 'correction' COMMITTED", "commit compare-and-swap COMMITTED");
	}

	@Test
	void joinedProcessIsPartOfTheExecutionAndOneApartIsNot() {
		this.engine.execute("joining");
		this.engine.execute("callingApart");
		assertThat(this.recording.shown()).filteredOn((text) -> !text.contains("commit"))
			.containsExactly("process work.joining HYBRID COMMITTED", "process work.callingApart HYBRID COMMITTED",
					"process work.callingApart HYBRID > process work.apart HYBRID COMMITTED");
	}

	@Test
	void everyAttemptIsPartOfTheExecution() {
		this.work.rivals.set(1);
		this.engine.execute("conflicting");
		assertThat(this.recording.shown("process work.conflicting")).containsExactly(
				"process work.conflicting HYBRID COMMITTED",

				"process work.conflicting HYBRID > commit process 'work.conflicting' CONFLICT",
				"process work.conflicting HYBRID > commit process 'work.conflicting' COMMITTED");
	}

	@Test
	void contextOfTheCallerGoesAlongToTheThreadsOfTheEngine() throws Exception {
		RecordingTelemetry.CALLER.set("caller");
		this.work.rivals.set(2);
		this.engine.executeAsync("conflicting").get(10, TimeUnit.SECONDS);
		Recorded execution = this.recording.all().get(0);
		assertThat(execution).hasToString("process work.conflicting HYBRID COMMITTED");
		assertThat(execution.threads).hasSize(3).doesNotContain(Thread.currentThread().getName());
		assertThat(this.recording.all()).filteredOn((recorded) -> recorded.name.contains("work.conflicting'"))
			.hasSize(3)
			.allSatisfy((recorded) -> {
				assertThat(recorded.caller).isEqualTo("caller");
				assertThat(recorded.parent).isSameAs(execution);
			});
	}

	@Test
	void submissionWithinAnExecutionIsPartOfIt() throws Exception {
		this.engine.execute("submitting");
		this.work.submitted.get(10, TimeUnit.SECONDS);
		assertThat(this.recording.all()).filteredOn((recorded) -> recorded.name.startsWith("process work.count"))
			.singleElement()
			.satisfies((recorded) -> assertThat(recorded.caller).isEqualTo("within"));
	}

	@Test
	void asynchronousProcessIsBoundWhereItGoesOn() throws Exception {
		RecordingTelemetry.CALLER.set("caller");
		CompletableFuture<?> first = begin("later");
		assertThat(this.recording.open()).hasSize(1);
		assertThat(RecordingTelemetry.bound()).isNull();
		this.work.value.complete(8L);
		first.get(10, TimeUnit.SECONDS);
		this.engine.executeAsync("later").get(10, TimeUnit.SECONDS);
		assertThat(this.recording.shown("process work.later")).contains("process work.later HYBRID COMMITTED",
				"process work.later HYBRID > commit process 'work.later' COMMITTED");
		assertThat(this.recording.all()).allSatisfy((recorded) -> assertThat(recorded.caller).isEqualTo("caller"));
	}

	@Test
	void whatIsGivenUpEnds() {
		begin("later").cancel(true);
		await().untilAsserted(
				() -> assertThat(this.recording.shown()).containsExactly("process work.later HYBRID CANCELLED"));
	}

	@Test
	void whatTheEngineIsClosedBeforeEnds() {
		this.engine.close();
		assertThatIllegalStateException().isThrownBy(() -> begin("later"))
			.withMessage("process 'work.later' cannot be executed: the engine is closed");
		assertThat(this.recording.shown()).containsExactly("process work.later HYBRID REFUSED");
	}

	@Test
	void forksAndSimulationsAreNotWatched() {
		workflow("name: counting\nsteps: [count]");
		TheusEngine fork = this.engine.fork(0);
		fork.execute("count");
		fork.workflows().run("counting");
		this.engine.workflows().simulate("counting");
		assertThat(this.recording.shown()).isEmpty();
	}

	@Test
	void stepsBelongToTheTraceInWhichTheirRunWasStarted() {
		workflow("name: counting\nsteps: [count, { flux: if, id: big, condition: domain.n > 5, then: [look] }]");
		RecordingTelemetry.CALLER.set("starter");
		this.engine.workflows().run("counting");
		assertThat(this.recording.shown()).containsExactly("step count{trace=starter} COMPLETED",
				"step count{trace=starter} > process work.count HYBRID COMMITTED",
				"process work.count HYBRID > commit process 'work.count' COMMITTED", "step big{trace=starter} PASSED");
	}

	@Test
	void runGoesOnInItsTraceAfterAWaitAndNothingIsOpenMeanwhile() throws InterruptedException {
		workflow("name: approval\nsteps: [{ flux: wait, id: approve, signal: cmd_go }, count, "
				+ "{ flux: sleep, id: nap, for: 1ms }, { flux: wait, id: full, until: domain.n > 1 }]");
		RecordingTelemetry.CALLER.set("starter");
		Run run = this.engine.workflows().start("approval");
		RecordingTelemetry.CALLER.set("stranger");
		await().until(() -> run.state() == RunState.WAITING);
		await().untilAsserted(
				() -> assertThat(this.recording.shown()).containsExactly("step approve{trace=starter} WAITING"));
		run.signal("cmd_go", null);
		await().untilAsserted(() -> assertThat(this.recording.shown("step full")).hasSize(1));
		this.engine.execute("count");
		assertThat(run.await(Duration.ofSeconds(10))).isTrue();
		assertThat(this.recording.shown("step")).containsExactly("step approve{trace=starter} WAITING",
				"step approve{trace=starter} COMPLETED", "step count{trace=starter} COMPLETED",
				"step count{trace=starter} > process work.count HYBRID COMMITTED", "step nap{trace=starter} WAITING",
				"step nap{trace=starter} COMPLETED", "step full{trace=starter} WAITING",
				"step full{trace=starter} COMPLETED");
	}

	@Test
	void runThatAProcessStartsBelongsToThatProcess() {
		workflow("name: counting\nsteps: [count]");
		this.engine.execute("ordering");
		await().untilAsserted(() -> assertThat(this.recording.shown("step"))
			.contains("step count{trace=process work.ordering HYBRID} COMPLETED"));
	}

	@Test
	void everyAttemptAtAStepShows() {
		workflow("name: stubborn\non-error: [count]\nsteps: [{ process: count, id: done, compensate: look }, "
				+ "{ process: refuse, id: hard, retry: { attempts: 2, backoff: 1ms } }]");
		assertThatIllegalStateException().isThrownBy(() -> this.engine.workflows().run("stubborn"));
		assertThat(this.recording.all()).filteredOn((recorded) -> recorded.name.startsWith("step"))
			.extracting(Recorded::toString)
			.containsExactly("step done{} COMPLETED", "step hard{} RETRIED", "step hard{} FAILED",
					"step done{} COMPENSATED", "step count{} COMPLETED");
	}

	@Test
	void expressionThatFailsEndsItsStep() {
		workflow("name: wrong\nsteps: [{ flux: if, id: odd, condition: domain.none > 1, then: [count] }]");
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> this.engine.workflows().run("wrong"));
		assertThat(this.recording.shown()).containsExactly("step odd{} FAILED");
		assertThat(this.recording.all().get(0).failure).hasMessageContaining("domain.none");
	}

	@Test
	void emittedSignalIsCommittedWithinItsStep() {
		workflow("name: telling\nsteps: [{ flux: emit, id: tell, signal: sig_done, payload: 1 }]");
		this.engine.workflows().run("telling");
		assertThat(this.recording.shown()).containsExactly("step tell{} COMPLETED",
				"step tell{} > commit transaction 'workflow telling' COMMITTED");
	}

	// Everything that begins ends, whoever gets in the way
	@Test
	void visitsEndInRunsThatAreDisturbed() throws Exception {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		workflow("name: busy\nsteps: [{ flux: parallel, branches: [[slow, slow], [slow, { flux: sleep, for: 1ms }], "
				+ "[{ flux: wait, signal: cmd_go, timeout: 2ms, else: [count] }, slow]] }, slow]");
		for (int i = 0; i < 60; i++) {
			Run run = this.engine.workflows().start("busy");
			CountDownLatch begun = new CountDownLatch(random.nextInt(3));
			this.work.step = begun::countDown;
			begun.await(50, TimeUnit.MILLISECONDS);
			switch (random.nextInt(4)) {
				case 0 -> run.cancel();
				case 1 -> {
					run.pause();
					run.cancel();
				}
				case 2 -> run.signal("cmd_go", null);
				default -> {
					run.pause();
					run.resume();
				}
			}
			if (i == 59) {
				this.engine.close();
			}
			assertThat(run.await(Duration.ofSeconds(10))).as("seed %d, %s", seed, run).isTrue();
		}
		await().untilAsserted(() -> assertThat(this.recording.open()).as("seed %d", seed).isEmpty());
	}

	@Test
	void closedEngineEndsWhatRests() throws Exception {
		workflow("name: resting\nsteps: [later]");
		Run run = this.engine.workflows().start("resting");
		await().until(() -> run.state() == RunState.WAITING_IO);
		this.engine.close();
		assertThat(run.await(Duration.ofSeconds(10))).isTrue();
		await().untilAsserted(() -> assertThat(this.recording.open()).isEmpty());
	}

	@Test
	void submissionThatIsNotTakenShowsNothing() {
		this.engine.close();
		assertThatIllegalStateException().isThrownBy(() -> this.engine.executeAsync("count"));
		assertThat(this.recording.shown()).isEmpty();
	}

	@Test
	void failedSubmissionEnds() {
		CompletableFuture<?> failing = this.engine.executeAsync("fail");
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> failing.get(10, TimeUnit.SECONDS));
		assertThat(this.recording.shown()).containsExactly("process work.fail HYBRID UNDECLARED");
	}

	// As its bean's method does
	private CompletableFuture<?> begin(String process) {
		try {
			return this.engine.processes().begin(process, Map.of());
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void write(TheusEngine engine, long value) {
		engine.transact((tx) -> {
			tx.set("domain.n", value);
			return true;
		});
	}

	private void workflow(String document) {
		this.engine.workflows().addAll(List.of(WorkflowParser.parse(document, "test")));
	}

	static class Work {

		private final AtomicInteger rivals = new AtomicInteger();

		private final CompletableFuture<Long> value = new CompletableFuture<>();

		private volatile Runnable step = () -> {
		};

		private volatile @Nullable String seen;

		private CompletableFuture<?> submitted = new CompletableFuture<>();

		private @Nullable TheusEngine engine;

		private TheusEngine engine() {
			return java.util.Objects.requireNonNull(this.engine);
		}

		@Process(updates = "domain.n")
		void count(ProcessContext state) {
			this.seen = RecordingTelemetry.bound();
			state.set("domain.n", state.getOrDefault("domain.n", 0L) + 1);
		}

		@Process(inputs = "domain.n")
		void look(ProcessContext state) {
			state.find("domain.n");
		}

		@Process(updates = "domain.n")
		void put(ProcessContext state, long value) {
			state.set("domain.n", value);
		}

		@Process(errors = IllegalStateException.class)
		void refuse() {
			throw new IllegalStateException("refused");
		}

		@Process
		void fail() {
			throw new IllegalStateException("broken");
		}

		@Process(updates = "domain.n", calls = "count")
		void joining() {
			engine().execute("count");
		}

		@Process(calls = "apart")
		void callingApart() {
			engine().execute("apart");
		}

		@Process(updates = "domain.apart", propagation = Propagation.REQUIRES_NEW)
		void apart(ProcessContext state) {
			state.set("domain.apart", true);
		}

		@Process(updates = "domain.n")
		void conflicting(ProcessContext state) {
			long count = state.getOrDefault("domain.n", 0L);
			if (this.rivals.getAndDecrement() > 0) {
				rival(count);
			}
			state.set("domain.n", count + 1);
		}

		// As if it came from elsewhere: not a part of the transaction that is running
		private void rival(long count) {
			Thread rival = new Thread(() -> write(engine(), count + 100));
			rival.start();
			try {
				rival.join();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Process(calls = "count")
		void submitting() {
			RecordingTelemetry.CALLER.set("within");
			this.submitted = engine().executeAsync("count");
		}

		@Process(updates = "domain.n")
		CompletableFuture<Long> later(ProcessContext state) {
			ProcessContext detached = state.detach();
			return this.value.thenApply((number) -> {
				detached.set("domain.n", number + detached.getOrDefault("domain.n", 0L));
				return number;
			});
		}

		@Process(starts = "*")
		void ordering(ProcessContext state) {
			state.start("counting", null, Map.of());
		}

		@Process(updates = "domain.slow")
		void slow(ProcessContext state) {
			this.step.run();
			state.set("domain.slow", state.getOrDefault("domain.slow", 0L) + 1);
		}

	}

}
