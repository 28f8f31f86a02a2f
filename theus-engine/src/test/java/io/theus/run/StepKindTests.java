package io.theus.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.theus.run.StepVisit.Outcome;
import io.theus.run.WorkflowFixture.OutOfStock;
import io.theus.signal.Subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of what each kind of step does.
 */
@Timeout(60)
class StepKindTests {

	private final WorkflowFixture fixture = new WorkflowFixture();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void switchTakesTheCaseThatIsEqual() {
		this.fixture.add("""
				name: a
				inputs: { v: any }
				steps:
				  - flux: switch
				    value: "#{inputs.v}"
				    cases:
				      1: [{ process: note, with: { text: one } }]
				      NEW: [{ process: note, with: { text: new } }]
				      true: [{ process: note, with: { text: yes } }]
				    default: [{ process: note, with: { text: other } }]
				""");
		this.fixture.workflows().run("a", Map.of("v", 1));
		this.fixture.workflows().run("a", Map.of("v", Thread.State.NEW));
		this.fixture.workflows().run("a", Map.of("v", true));
		this.fixture.workflows().run("a", Map.of("v", "1"));
		assertThat(this.fixture.state("domain.notes")).isEqualTo(List.of("one", "new", "yes", "other"));
	}

	@Test
	void forEachTakesTheItemsThatThereWereAtItsStart() {
		this.fixture.set(Map.of("domain.items", List.of("a", "b")));
		Run run = this.fixture.run("""
				name: a
				steps:
				  - flux: for-each
				    id: all
				    in: "#{domain.items}"
				    as: letter
				    do:
				      - { process: note, with: { text: "#{letter}" } }
				      - { process: echo, with: { value: "#{letter + '!'}" } }
				""");
		assertThat(this.fixture.state("domain.notes")).isEqualTo(List.of("a", "b"));
		assertThat(run.results().get("all")).isEqualTo(List.of("a!", "b!"));
		assertThat(run.results().get("echo")).isEqualTo("b!");
	}

	@Test
	void nestedItemsAreSeenTogether() {
		Run run = this.fixture.run("""
				name: a
				steps:
				  - flux: for-each
				    id: rows
				    in: [1, 2]
				    as: row
				    do:
				      - flux: for-each
				        id: columns
				        in: [10, 20]
				        do: [{ process: echo, with: { value: "#{row * item}" } }]
				""");
		assertThat(run.results().get("rows")).isEqualTo(List.of(List.of(10L, 20L), List.of(20L, 40L)));
	}

	@Test
	void parallelItemsKeepTheirResultsApart() {
		Run run = this.fixture.run("""
				name: a
				steps:
				  - flux: for-each
				    id: all
				    in: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
				    parallel: 3
				    do:
				      - { process: echo, with: { value: "#{item}" } }
				      - { process: echo, id: again, with: { value: "#{results.echo + item}" } }
				""");
		assertThat(run.results().get("all")).isEqualTo(List.of(2L, 4L, 6L, 8L, 10L, 12L, 14L, 16L, 18L, 20L));
	}

	@Test
	void parallelBranchesAllComeToTheirEnd() {
		Run run = this.fixture.run("""
				name: a
				steps:
				  - [increment, { process: echo, with: { value: 7 } }]
				  - { process: echo, id: last, with: { value: "#{results.echo}" } }
				""");
		assertThat(run.results().get("steps[0]")).isEqualTo(List.of(1L, 7L));
		assertThat(run.result()).isEqualTo(7L);
		assertThat(this.fixture.state("domain.n")).isEqualTo(1L);
	}

	@Test
	void anyBranchEndsTheOthersBeforeTheirNextStep() {
		Run run = this.fixture
			.run("""
					name: a
					steps:
					  - flux: parallel
					    id: race
					    join: any
					    branches:
					      - [{ process: echo, with: { value: first } }]
					      - [{ flux: wait, signal: never }, increment]
					      - [{ flux: sleep, for: 1h }, increment]
					      - [{ flux: parallel, branches: [[{ flux: wait, signal: never }], [{ flux: sleep, for: 1h }]] }, increment]
					""");
		assertThat(run.state()).isEqualTo(RunState.COMPLETED);
		assertThat(run.results().get("race")).isEqualTo("first");
		assertThat(this.fixture.state("domain.n")).isNull();
	}

	@Test
	void failingBranchFailsTheRunAndEndsTheOthers() {
		this.fixture.add("""
				name: a
				steps:
				  - [reserve, { flux: wait, signal: never }, { flux: sleep, for: 1h }]
				  - increment
				""");
		assertThatExceptionOfType(OutOfStock.class).isThrownBy(() -> this.fixture.workflows().run("a"));
		assertThat(this.fixture.state("domain.n")).isNull();
	}

	@Test
	void workflowRunsAsAStepWithInputsAndResultsOfItsOwn() {
		this.fixture.add("""
				name: inner
				inputs: { amount: integer, factor: { type: integer, default: 2 } }
				steps:
				  - { process: echo, with: { value: "#{inputs.amount * inputs.factor}" } }
				  - { flux: if, condition: results.echo > 10, then: [{ flux: return, value: big }] }
				  - { process: echo, id: end, with: { value: small } }
				""");
		Run run = this.fixture.run("""
				name: outer
				steps:
				  - { process: echo, with: { value: outer } }
				  - { flux: workflow, id: one, name: inner, with: { amount: 3 } }
				  - { flux: workflow, id: two, name: inner, with: { amount: 6 } }
				""");
		assertThat(run.results()).isEqualTo(Map.of("echo", "outer", "one", "small", "two", "big"));
	}

	@Test
	void returnEndsTheWorkflow() {
		Run run = this.fixture.run("""
				name: a
				steps:
				  - flux: while
				    condition: true
				    do:
				      - increment
				      - { flux: if, condition: domain.n == 3, then: [{ flux: return, value: "#{domain.n * 2}" }] }
				  - increment
				""");
		assertThat(run.result()).isEqualTo(6L);
		assertThat(this.fixture.state("domain.n")).isEqualTo(3L);
	}

	@Test
	void failEndsTheRunWithANamedFailure() {
		assertThatExceptionOfType(WorkflowFailureException.class).isThrownBy(() -> this.fixture.run("""
				name: a
				steps: [{ flux: fail, error: Rejected, message: "order #{1 + 1}" }]
				""")).withMessage("Rejected: order 2").satisfies((ex) -> {
			assertThat(ex.error()).isEqualTo("Rejected");
			assertThat(ex.step()).isEqualTo("steps[0]");
			assertThat(ex.workflow()).isEqualTo("a");
		});
	}

	@Test
	void caughtErrorIsReplacedByOtherSteps() {
		Run run = this.fixture.run("""
				name: a
				steps:
				  - process: reserve
				    catch:
				      OutOfStock:
				        - { process: note, with: { text: "#{run.error.type}: #{run.error.message}" } }
				  - increment
				""");
		assertThat(run.state()).isEqualTo(RunState.COMPLETED);
		assertThat(run.error()).isEmpty();
		assertThat(this.fixture.state("domain.notes")).isEqualTo(List.of("OutOfStock: none left"));
		assertThat(run.history()).extracting(StepVisit::outcome)
			.containsExactly(Outcome.CAUGHT, Outcome.COMPLETED, Outcome.COMPLETED);
	}

	@Test
	void failureIsTriedAgainAsOftenAsTheStepSays() {
		int[] attempts = new int[1];
		this.fixture.process("flaky", (spec) -> spec.error(OutOfStock.class).body((state, args) -> {
			attempts[0]++;
			if (attempts[0] < 3) {
				throw new OutOfStock("not yet");
			}
			return attempts[0];
		}));
		this.fixture.add("name: a\nsteps: [{ process: flaky, retry: { attempts: 3, backoff: 1ms } }]");
		Run run = this.fixture.workflows().run("a");
		assertThat(run.result()).isEqualTo(3);
		assertThat(run.history()).extracting(StepVisit::outcome)
			.containsExactly(Outcome.RETRIED, Outcome.RETRIED, Outcome.COMPLETED);
		attempts[0] = -10;
		assertThatExceptionOfType(OutOfStock.class).isThrownBy(() -> this.fixture.workflows().run("a"));
		assertThat(attempts[0]).isEqualTo(-7);
	}

	@Test
	void dynamicCallTakesOnlyWhatIsAllowed() {
		this.fixture.add("""
				name: a
				inputs: { tool: text, args: map }
				steps:
				  - flux: call
				    id: chosen
				    process: "#{inputs.tool}"
				    allow: [echo, add_amount]
				    with: "#{inputs.args}"
				""");
		assertThat(
				this.fixture.workflows().run("a", Map.of("tool", "addAmount", "args", Map.of("amount", 5))).results())
			.isEqualTo(Map.of("chosen", 5L));
		assertThatExceptionOfType(ProcessNotAllowedException.class)
			.isThrownBy(() -> this.fixture.workflows().run("a", Map.of("tool", "increment", "args", Map.of())));
	}

	@Test
	void emittedSignalReachesTheHubAndTheRun() {
		try (Subscription heard = this.fixture.engine().signals().subscribe("cmd_*")) {
			Run run = this.fixture.run("""
					name: a
					steps:
					  - { flux: emit, signal: cmd_go, payload: { n: "#{1 + 1}" } }
					  - { process: echo, with: { value: "#{signal.cmd_go.n}" } }
					""");
			assertThat(run.result()).isEqualTo(2L);
			assertThat(heard.poll()).satisfies((signal) -> assertThat(signal.payload()).isEqualTo(Map.of("n", 2L)));
		}
	}

	@Test
	void sleepLetsTimePass() throws InterruptedException {
		this.fixture.add("name: a\nsteps: [{ flux: sleep, for: \"#{'20' + 'ms'}\" }, increment]");
		long start = System.nanoTime();
		Run run = this.fixture.workflows().start("a").await();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(19));
		assertThat(run.result()).isEqualTo(1L);
	}

	@Test
	void sleepWithoutADurationFails() {
		assertThatExceptionOfType(StepValueException.class)
			.isThrownBy(() -> this.fixture.run("name: a\nsteps: [{ flux: sleep, id: nap, for: \"#{5}\" }]"))
			.withMessage("step 'nap' of workflow 'a' has an invalid value: 'for' is no duration: "
					+ "expected=a text such as 500ms, 10s, 5m or 7d, actual=java.lang.Long");
	}

	@Test
	void everyRepeatsUntilItsConditionHolds() {
		Run run = this.fixture.run("""
				name: a
				steps: [{ flux: every, period: 1ms, until: "domain.get('n', 0) == 20", do: [increment] }]
				""");
		assertThat(run.result()).isEqualTo(20L);
	}

	@Test
	void restBeginsTheCountOfOperationsAnew() {
		Run run = this.fixture
			.run("""
					name: a
					max-ops: 4
					steps: [{ flux: while, condition: "domain.get('n', 0) < 20", do: [increment, { flux: sleep, for: 1ms }] }]
					""");
		assertThat(run.result()).isEqualTo(20L);
	}

}
