package io.theus.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.theus.annotation.Process;
import io.theus.run.StepVisit.Outcome;
import io.theus.run.WorkflowFixture.OutOfStock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests of what is undone when a run does not come to its end.
 */
@Timeout(60)
class CompensationTests {

	private final WorkflowFixture fixture = new WorkflowFixture();

	private volatile boolean broken;

	@BeforeEach
	void declare() {
		this.fixture.process("undo",
				(spec) -> spec.updates("domain.notes")
					.argument("value", Object.class)
					.argument("result", Object.class)
					.body((state, args) -> {
						if (this.broken) {
							throw new IllegalStateException("cannot undo");
						}
						List<Object> notes = new ArrayList<>(state.getOrDefault("domain.notes", List.of()));
						notes.add("undo " + args.get("value") + "=" + args.get("result"));
						state.set("domain.notes", notes);
						return null;
					}));
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	private static String step(String value) {
		return "{ process: echo, id: " + value + ", with: { value: " + value + " }, compensate: undo }";
	}

	@Test
	void failedRunIsUndoneFromItsEnd() {
		this.fixture.add("name: x\nsteps: [" + step("a") + ", { flux: run, steps: [" + step("b") + "] }, "
				+ "{ process: note, with: { text: kept } }, reserve]");
		assertThatExceptionOfType(OutOfStock.class).isThrownBy(() -> this.fixture.workflows().run("x"));
		assertThat(this.fixture.state("domain.notes")).isEqualTo(List.of("kept", "undo b=b", "undo a=a"));
		Run run = this.fixture.workflows().runs().get(0);
		assertThat(run.state()).isEqualTo(RunState.FAILED);
		assertThat(run.history()).extracting(StepVisit::outcome)
			.endsWith(Outcome.FAILED, Outcome.COMPENSATED, Outcome.COMPENSATED);
	}

	@Test
	void cancelledRunIsUndone() throws InterruptedException {
		this.fixture.add("name: x\nsteps: [" + step("a") + ", { flux: wait, signal: never }]");
		Run run = this.fixture.workflows().start("x");
		await().untilAsserted(() -> assertThat(run.state()).isEqualTo(RunState.WAITING));
		run.cancel();
		assertThat(run.await().state()).isEqualTo(RunState.CANCELLED);
		assertThat(this.fixture.state("domain.notes")).isEqualTo(List.of("undo a=a"));
	}

	@Test
	void completedRunKeepsWhatItDid() {
		this.fixture.run("name: x\nsteps: [" + step("a") + "]");
		assertThat(this.fixture.state("domain.notes")).isNull();
	}

	@Test
	void stepsOfParallelBranchesAreUndone() {
		this.fixture.add("name: x\nsteps: [[" + step("a") + ", " + step("b") + "], reserve]");
		assertThatExceptionOfType(OutOfStock.class).isThrownBy(() -> this.fixture.workflows().run("x"));
		assertThat(this.fixture.state("domain.notes")).asInstanceOf(InstanceOfAssertFactories.LIST)
			.containsExactlyInAnyOrder("undo a=a", "undo b=b");
	}

	@Test
	void asynchronousCompensationIsWaitedFor() throws InterruptedException {
		CompletableFuture<String> outside = new CompletableFuture<>();
		this.fixture.register(new Refunds(outside));
		this.fixture.add("name: x\nsteps: [{ process: echo, with: { value: 1 }, compensate: refund }, " + step("a")
				+ ", reserve]");
		Run run = this.fixture.workflows().start("x");
		await().untilAsserted(() -> assertThat(run.state()).isEqualTo(RunState.WAITING_IO));
		assertThat(this.fixture.state("domain.notes")).isEqualTo(List.of("undo a=a"));
		outside.complete("done");
		assertThat(run.await().state()).isEqualTo(RunState.FAILED);
	}

	@Test
	void compensationThatFailsIsAnIncident() throws InterruptedException {
		this.broken = true;
		this.fixture.add("name: x\nsteps: [" + step("a") + ", " + step("b") + ", reserve]");
		Run run = this.fixture.workflows().start("x").await();
		assertThat(run.state()).isEqualTo(RunState.INCIDENT);
		assertThat(run.incident()).hasValueSatisfying((incident) -> {
			assertThat(incident.step()).isEqualTo("b");
			assertThat(incident.process()).isEqualTo("undo");
			assertThat(incident.failure()).hasMessage("cannot undo");
		});
		assertThat(run.resolve(Resolution.RETRY)).isTrue();
		assertThat(run.await().state()).isEqualTo(RunState.INCIDENT);
		assertThat(run.resolve(Resolution.SKIP)).isTrue();
		assertThat(run.await().incident()).hasValueSatisfying((incident) -> assertThat(incident.step()).isEqualTo("a"));
		this.broken = false;
		assertThat(run.resolve(Resolution.RETRY)).isTrue();
		assertThat(run.await().state()).isEqualTo(RunState.FAILED);
		assertThat(run.incident()).isEmpty();
		assertThat(this.fixture.state("domain.notes")).isEqualTo(List.of("undo a=a"));
		assertThat(run.resolve(Resolution.FAIL)).isFalse();
	}

	@Test
	void incidentMayEndWithoutUndoing() throws InterruptedException {
		this.broken = true;
		this.fixture.add("name: x\nsteps: [" + step("a") + ", " + step("b") + ", reserve]");
		Run run = this.fixture.workflows().start("x").await();
		assertThat(run.resolve(Resolution.FAIL)).isTrue();
		assertThat(run.await().state()).isEqualTo(RunState.FAILED);
		assertThat(run.error()).containsInstanceOf(OutOfStock.class);
	}

	@Test
	void stepsForFailuresRunAfterTheCompensations() {
		this.fixture.add("name: x\nsteps: [" + step("a") + ", reserve]\non-error:\n"
				+ "  - { process: note, with: { text: \"#{run.error.step}: #{run.error.type}\" } }");
		assertThatExceptionOfType(OutOfStock.class).isThrownBy(() -> this.fixture.workflows().run("x"));
		assertThat(this.fixture.state("domain.notes")).isEqualTo(List.of("undo a=a", "reserve: OutOfStock"));
	}

	@Test
	void failureAmongTheStepsForFailuresIsSuppressed() {
		this.fixture.add("name: x\nsteps: [reserve]\non-error: [{ flux: fail, error: Second, message: m }]");
		assertThatExceptionOfType(OutOfStock.class).isThrownBy(() -> this.fixture.workflows().run("x"))
			.satisfies((ex) -> assertThat(ex.getSuppressed()).hasSize(1)
				.allSatisfy((second) -> assertThat(second).hasMessage("Second: m")));
	}

	/**
	 * A compensation that takes its time.
	 */
	static class Refunds {

		private final CompletableFuture<String> outside;

		Refunds(CompletableFuture<String> outside) {
			this.outside = outside;
		}

		@Process
		CompletableFuture<String> refund() {
			return this.outside;
		}

	}

}
