package io.theus.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.theus.ProcessContext;
import io.theus.annotation.Output;
import io.theus.annotation.Process;
import io.theus.engine.TheusEngine;
import io.theus.history.VersionNotKeptException;
import io.theus.outbox.OutboxMessage;
import io.theus.process.CurrentContext;
import io.theus.process.ProcessNotFoundException;
import io.theus.run.Simulation.Ending;
import io.theus.run.StepVisit.Outcome;
import io.theus.signal.Signal;
import io.theus.state.State;
import io.theus.store.RunOrder;
import io.theus.workflow.InvalidInputException;
import io.theus.workflow.WorkflowParser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests of runs that did not take place.
 */
@Timeout(60)
class SimulationTests {

	private final List<String> heard = new ArrayList<>();

	private final AtomicInteger charged = new AtomicInteger();

	private final TheusEngine engine = TheusEngine.builder()
		.processes(new Shop())
		.workflows(WorkflowParser.parse("name: started\nsteps: []", "test.yml"))
		.commitListener((commit) -> this.heard.add("commit " + commit.version()))
		.processListener((execution) -> this.heard.add(execution.process().id()))
		.workflowSettings(new WorkflowSettings(100, false, List.of((run, state) -> this.heard.add("run " + state))))
		.initialState(() -> Map.of("domain", Map.of("stock", 10, "paid", 0, "notes", List.of())))
		.build();

	@AfterEach
	void close() {
		this.engine.close();
	}

	private void add(String text) {
		this.engine.workflows().add(WorkflowParser.parse(text, "test.yml"));
	}

	private Simulation simulate(String text, SimulationOptions options) {
		add(text);
		return this.engine.workflows().simulate("x", Map.of(), options);
	}

	private Simulation simulate(String text) {
		return simulate(text, SimulationOptions.NONE);
	}

	private static List<String> outcomes(Simulation simulation) {
		return simulation.visits()
			.stream()
			.map((visit) -> visit.step() + " " + visit.outcome() + ((visit.block() != null) ? " " + visit.block() : ""))
			.toList();
	}

	private static List<String> values(Simulation simulation) {
		return simulation.steps().stream().flatMap((step) -> step.values().stream()).map(Object::toString).toList();
	}

	private static List<String> changes(Simulation simulation) {
		return simulation.changes().stream().map(Object::toString).toList();
	}

	@Test
	void stepsValuesCallsAndDifferenceAreReported() {
		add("""
				name: x
				inputs: { amount: integer }
				steps:
				  - { process: take, with: { amount: "#{inputs.amount + 1}" } }
				  - { flux: if, id: low, condition: domain.stock < 8, then: [{ process: note, with: { text: low } }] }
				""");
		Simulation simulation = this.engine.workflows().simulate("x", Map.of("amount", 2));
		assertThat(simulation.ending()).isEqualTo(Ending.COMPLETED);
		assertThat(outcomes(simulation)).containsExactly("take COMPLETED", "low ENTERED then", "note COMPLETED");
		assertThat(values(simulation)).containsExactly("#{inputs.amount + 1} = 3", "domain.stock < 8 = true");
		assertThat(simulation.steps().get(0).call())
			.isEqualTo(new SimulatedStep.Call("shop.take", Map.of("amount", 3L), 7, null));
		assertThat(simulation.results()).containsEntry("take", 7);
		assertThat(changes(simulation)).containsExactly("domain.notes: [] -> [low]", "domain.stock: 10 -> 7");
		assertThat(simulation.error()).isNull();
		assertThat(simulation.stops()).isEmpty();
		assertThat(simulation.time()).isZero();
	}

	@Test
	void nothingOfTheEngineChangesAndNobodyHears() {
		add("name: triggered\non: { signal: sig_taken }\nsteps: []");
		State before = this.engine.state();
		this.heard.clear();
		Simulation simulation = simulate("""
				name: x
				steps:
				  - announce
				  - { process: take, with: { amount: 4 } }
				  - { flux: emit, signal: done, payload: "#{domain.stock}" }
				  - { process: keyed, with: { text: once } }
				""", SimulationOptions.NONE.key("k"));
		assertThat(simulation.ending()).isEqualTo(Ending.COMPLETED);
		assertThat(simulation.signals()).extracting(Signal::topic, Signal::payload)
			.containsExactly(tuple("sig_taken", 1), tuple("done", 6));
		assertThat(simulation.messages()).extracting(OutboxMessage::topic).containsExactly("orders");
		assertThat(simulation.orders()).singleElement()
			.isInstanceOfSatisfying(RunOrder.Start.class, (order) -> assertThat(order.key()).isEqualTo("s-1"));
		assertThat(this.engine.state()).isSameAs(before);
		assertThat(this.heard).isEmpty();
		assertThat(this.engine.signals().recent()).isEmpty();
		assertThat(this.engine.outbox().status().held()).isZero();
		assertThat(this.engine.workflows().runs()).isEmpty();
		assertThat(this.engine.workflows().find("x", "k")).isEmpty();
		assertThat(this.engine.history().commits()).hasSize(1);
		assertThat(this.engine.metaLog().entries()).hasSize(1);
		assertThatExceptionOfType(VersionNotKeptException.class).isThrownBy(() -> this.engine.history().at(2));
		this.engine.execute("keyed", "once");
		assertThat(this.engine.state().get("domain.notes")).isEqualTo(List.of("once"));
	}

	@Test
	void timeIsVirtual() {
		Simulation simulation = simulate(
				"""
						name: x
						steps:
						  - { flux: sleep, id: month, for: 30d }
						  - flux: every
						    id: beat
						    period: 1h
						    until: domain.stock == 7
						    do: [{ process: take, with: { amount: 1 } }]
						  - { flux: wait, id: signal, signal: never, timeout: 7d, else: [{ process: note, with: { text: late } }] }
						  - { flux: wait, id: state, until: domain.stock == 0, timeout: 1d }
						""");
		assertThat(simulation.ending()).isEqualTo(Ending.FAILED);
		assertThat(simulation.error()).isInstanceOf(WaitTimeoutException.class);
		assertThat(simulation.steps()).extracting((step) -> step.visit().step(), SimulatedStep::time)
			.contains(tuple("month", Duration.ofDays(30)), tuple("beat", Duration.ofDays(30).plusHours(2)),
					tuple("signal", Duration.ofDays(37).plusHours(3)), tuple("note", Duration.ofDays(37).plusHours(3)));
		assertThat(simulation.time()).isEqualTo(Duration.ofDays(38).plusHours(3));
		assertThat(changes(simulation)).containsExactly("domain.notes: [] -> [late]", "domain.stock: 10 -> 7");
	}

	@Test
	void timeThatNobodyLivesToSeeStopsTheSimulation() {
		Simulation simulation = simulate("name: x\nsteps: [{ flux: sleep, id: s, for: \"#{'99999999' + 'd'}\" }]");
		assertThat(simulation.ending()).isEqualTo(Ending.STOPPED);
		assertThat(simulation.stops()).extracting(SimulationStop::kind).containsExactly(SimulationStop.Kind.TIME);
	}

	@Test
	void attemptsFollowEachOtherAfterTheirBackoff() {
		AtomicInteger calls = new AtomicInteger();
		String text = """
				name: x
				steps:
				  - { process: charge, with: { amount: 5 }, retry: { attempts: 3, backoff: 10m, errors: [Declined] } }
				""";
		Simulation simulation = simulate(text, SimulationOptions.NONE.result("charge", (arguments) -> {
			if (calls.incrementAndGet() < 3) {
				throw new Declined("call " + calls);
			}
			return 50;
		}));
		assertThat(outcomes(simulation)).containsExactly("charge RETRIED", "charge RETRIED", "charge COMPLETED");
		assertThat(simulation.steps()).extracting(SimulatedStep::time)
			.containsExactly(Duration.ZERO, Duration.ofMinutes(10), Duration.ofMinutes(20));
		assertThat(simulation.steps().get(0).call().failure()).hasMessage("call 1");
		assertThat(changes(simulation)).containsExactly("domain.paid: 0 -> 50");
	}

	@Test
	void sideEffectWithoutStandInStopsTheSimulation() {
		Simulation simulation = simulate("""
				name: x
				steps:
				  - { process: take, with: { amount: 1 }, compensate: undo }
				  - { process: charge, with: { amount: "#{2 + 3}" }, catch: { Declined: [] } }
				  - announce
				""");
		assertThat(simulation.ending()).isEqualTo(Ending.STOPPED);
		assertThat(simulation.stops()).singleElement().satisfies((stop) -> {
			assertThat(stop.kind()).isEqualTo(SimulationStop.Kind.SIDE_EFFECT);
			assertThat(stop.step()).isEqualTo("charge");
			assertThat(stop.address()).isEqualTo("steps[1]");
			assertThat(stop.values()).extracting(Object::toString).containsExactly("#{2 + 3} = 5");
			assertThat(stop).hasToString("step 'charge' calls process 'shop.charge', which is not run in a simulation: "
					+ "sideEffects=[http:payments], give a result for it");
		});
		assertThat(outcomes(simulation)).containsExactly("take COMPLETED");
		assertThat(changes(simulation)).containsExactly("domain.stock: 10 -> 9");
		assertThat(this.charged).hasValue(0);
	}

	@Test
	void standInTakesThePlaceOfAnyProcess() {
		SimulationOptions options = SimulationOptions.NONE
			.result("charge", (arguments) -> (Integer) arguments.get("amount") * 10)
			.result("shop.take", (arguments) -> 1)
			.result("chargeLater", (arguments) -> 3);
		Simulation simulation = simulate("""
				name: x
				steps:
				  - { process: charge, with: { amount: 5 } }
				  - { process: take, with: { amount: 5 } }
				  - { process: charge_later, id: later }
				""", options);
		assertThat(simulation.ending()).isEqualTo(Ending.COMPLETED);
		assertThat(simulation.results()).isEqualTo(Map.of("charge", 50, "take", 1, "later", 3));
		assertThat(simulation.result()).isEqualTo(3);
		assertThat(changes(simulation)).containsExactly("domain.paid: 0 -> 50");
		assertThat(this.charged).hasValue(0);
	}

	@Test
	void waitForWhatNobodySendsStopsTheSimulation() {
		Simulation simulation = simulate("""
				name: x
				steps:
				  - flux: parallel
				    branches:
				      - [{ flux: wait, id: go, signal: cmd_go, where: payload.by == 'Ann' }]
				      - [{ flux: wait, id: empty, until: domain.stock == 0 }]
				      - [{ process: take, with: { amount: 1 } }, { flux: wait, id: any, signal: cmd_any }]
				""", SimulationOptions.NONE.signal("cmd_go", Map.of("by", "Bob")));
		assertThat(simulation.ending()).isEqualTo(Ending.STOPPED);
		assertThat(simulation.stops()).extracting(SimulationStop::reason)
			.containsExactly(
					"step 'go' waits for a signal that nobody sends: signal=cmd_go, where=payload.by == 'Ann', "
							+ "give it to the simulation",
					"step 'empty' waits for a condition that nothing brings about: until=domain.stock == 0, "
							+ "let an earlier step see to it, or give it a 'timeout'",
					"step 'any' waits for a signal that nobody sends: signal=cmd_any, give it to the simulation");
		assertThat(simulation.stops()).extracting(SimulationStop::kind)
			.containsExactly(SimulationStop.Kind.SIGNAL, SimulationStop.Kind.CONDITION, SimulationStop.Kind.SIGNAL);
	}

	@Test
	void givenSignalsComeWhenTheyAreSaidTo() {
		Simulation simulation = simulate("""
				name: x
				steps:
				  - { flux: if, id: seen, condition: signal.cmd_go == 1, then: [] }
				  - { flux: wait, id: one, signal: cmd_go }
				  - { flux: wait, id: two, signal: cmd_go, timeout: 3d }
				""", SimulationOptions.NONE.signal("cmd_go", 1).signal(Duration.ofDays(2), "cmd_go", 2));
		assertThat(simulation.ending()).isEqualTo(Ending.COMPLETED);
		assertThat(outcomes(simulation)).containsExactly("seen ENTERED then", "one COMPLETED", "two WAITING",
				"two COMPLETED");
		assertThat(simulation.results()).isEqualTo(Map.of("one", 1, "two", 2));
		assertThat(simulation.time()).isEqualTo(Duration.ofDays(2));
	}

	@Test
	void whatTheRunEmitsAndCommitsReachesItsWaits() {
		Simulation simulation = simulate("""
				name: x
				steps:
				  - flux: parallel
				    branches:
				      - [{ flux: wait, id: taken, signal: sig_taken }, { process: take, with: { amount: 10 } }]
				      - [{ flux: wait, id: done, signal: done }, announce]
				      - [{ flux: wait, id: empty, until: domain.stock == 0 }]
				      - [{ flux: sleep, for: 1s }, { flux: emit, signal: done, payload: 5 }]
				""");
		assertThat(simulation.ending()).isEqualTo(Ending.COMPLETED);
		assertThat(simulation.results()).containsEntry("taken", 1).containsEntry("done", 5L);
	}

	@Test
	void runThatASimulatedStepSignalsIsItselfUnderItsKey() {
		String text = "name: x\nsteps: [{ process: tell, with: { key: k } }, { flux: wait, id: w, signal: told }]";
		assertThat(simulate(text, SimulationOptions.NONE.key("k")).results()).containsEntry("w", "hello");
		Simulation other = this.engine.workflows().simulate("x", Map.of(), SimulationOptions.NONE.key("other"));
		assertThat(other.ending()).isEqualTo(Ending.STOPPED);
		assertThat(other.orders()).singleElement().isInstanceOf(RunOrder.Send.class);
	}

	@Test
	void loopThatWaitsForeverIsStoppedByVisits() {
		Simulation simulation = simulate("name: x\nsteps: [{ flux: every, id: e, period: 16ms, do: [] }]",
				SimulationOptions.NONE.maxVisits(1_000));
		assertThat(simulation.ending()).isEqualTo(Ending.STOPPED);
		assertThat(simulation.steps()).hasSize(1_000);
		assertThat(simulation.stops()).singleElement()
			.satisfies((stop) -> assertThat(stop.kind()).isEqualTo(SimulationStop.Kind.VISITS))
			.hasToString("step 'e' is as far as the simulation goes: maxVisits=1000, allow more");
		assertThat(this.engine.workflows().simulate("x").steps()).hasSize(SimulationOptions.DEFAULT_MAX_VISITS);
	}

	@Test
	void loopThatNeverWaitsFailsAsItWould() {
		String text = "name: x\nsteps: [{ flux: while, condition: true, do: [{ process: take, with: { amount: 0 } }] }]";
		Simulation simulation = simulate(text);
		assertThat(simulation.ending()).isEqualTo(Ending.FAILED);
		assertThat(simulation.error()).isInstanceOfSatisfying(FluxSafetyTripException.class,
				(trip) -> assertThat(trip).hasMessageContaining("max-ops=100"));
		assertThat(this.engine.workflows().simulate("x", Map.of(), SimulationOptions.NONE.maxOps(7)).error())
			.hasMessageContaining("max-ops=7");
	}

	@Test
	void simulationEndsWithItsTime() {
		Simulation simulation = simulate("""
				name: x
				steps: [{ flux: sleep, id: a, for: 50m }, { flux: sleep, id: b, for: 11m }]
				""", SimulationOptions.NONE.maxTime(Duration.ofHours(1)));
		assertThat(simulation.stops()).singleElement()
			.satisfies((stop) -> assertThat(stop.kind()).isEqualTo(SimulationStop.Kind.TIME))
			.hasToString("step 'b' rests longer than the simulation lasts: maxTime=PT1H, allow more");
		assertThat(simulation.time()).isEqualTo(Duration.ofMinutes(50));
	}

	@Test
	void failedRunIsUndoneInTheSimulation() {
		Simulation simulation = simulate("""
				name: x
				steps:
				  - { process: take, with: { amount: 4 }, compensate: undo }
				  - { flux: fail, id: fail, error: Broken, message: too bad }
				on-error: [{ process: note, with: { text: "#{run.error.type}" } }]
				""");
		assertThat(simulation.ending()).isEqualTo(Ending.FAILED);
		assertThat(simulation.error()).isInstanceOf(WorkflowFailureException.class).hasMessage("Broken: too bad");
		assertThat(outcomes(simulation)).containsExactly("take COMPLETED", "fail FAILED", "take COMPENSATED",
				"note COMPLETED");
		assertThat(simulation.steps().get(2).call()).extracting(SimulatedStep.Call::process).isEqualTo("shop.undo");
		assertThat(changes(simulation)).containsExactly("domain.notes: [] -> [Broken]");
	}

	@Test
	void compensationThatFailsStopsTheSimulation() {
		try (CapturedLog log = new CapturedLog(LiveEnvironment.class)) {
			Simulation simulation = simulate("""
					name: x
					steps: [{ process: take, with: { amount: 4 }, compensate: undo }, { flux: fail, error: Broken }]
					""", SimulationOptions.NONE.result("undo", (arguments) -> {
				throw new IllegalStateException("cannot undo " + arguments.get("amount"));
			}));
			assertThat(simulation.ending()).isEqualTo(Ending.STOPPED);
			assertThat(simulation.stops()).singleElement()
				.satisfies((stop) -> assertThat(stop.kind()).isEqualTo(SimulationStop.Kind.INCIDENT))
				.hasToString("step 'take' could not be undone and an operator would have to decide: process=shop.undo, "
						+ "failure=java.lang.IllegalStateException: cannot undo 4, let its compensation succeed");
			assertThat(simulation.error()).isInstanceOf(WorkflowFailureException.class);
			assertThat(log.messages()).isEmpty();
		}
	}

	@Test
	void failureOfAStepIsReportedNotThrown() {
		Simulation simulation = simulate("name: x\nsteps: [{ process: take, with: { amount: 11 } }]");
		assertThat(simulation.ending()).isEqualTo(Ending.FAILED);
		assertThat(simulation.error()).isInstanceOf(IllegalArgumentException.class).hasMessage("too many");
		assertThat(outcomes(simulation)).containsExactly("take FAILED");
		assertThat(simulation.steps().get(0).call().failure()).isSameAs(simulation.error());
		assertThat(changes(simulation)).isEmpty();
	}

	@Test
	void everyKindOfStepTakesPart() {
		add("""
				name: inner
				inputs: { n: integer }
				steps: [{ process: take, with: { amount: "#{inputs.n}" } }, { flux: return, value: "#{domain.stock}" }]
				""");
		Simulation simulation = simulate(
				"""
						name: x
						steps:
						  - { flux: workflow, id: nested, name: inner, with: { n: 2 } }
						  - { flux: switch, id: s, value: "#{results.nested}", cases: { 8: [{ flux: run, id: r, steps: [] }] } }
						  - { flux: for-each, id: each, in: "#{[1, 2]}", as: n, do: [{ process: take, with: { amount: "#{n}" } }] }
						  - { flux: call, id: act, process: "#{'no' + 'te'}", allow: [note, take], with: { text: called } }
						  - [{ process: note, id: a, with: { text: a } }, { process: note, id: b, with: { text: b } }]
						  - { process: later, id: async, with: { amount: 1 } }
						  - { flux: return, value: "#{domain.stock}" }
						""");
		assertThat(simulation.error()).isNull();
		assertThat(simulation.result()).isEqualTo(4);
		assertThat(changes(simulation)).containsExactly("domain.notes: [] -> [called, a, b]", "domain.stock: 10 -> 4");
		assertThat(outcomes(simulation)).startsWith("nested ENTERED inner", "take COMPLETED", "steps[1] COMPLETED",
				"nested COMPLETED", "s ENTERED cases[8]");
	}

	@Test
	void sameSimulationTakesTheSameSteps() {
		add("""
				name: x
				steps:
				  - flux: for-each
				    in: "#{[3, 1, 2, 5, 4]}"
				    as: n
				    parallel: 3
				    do:
				      - { flux: sleep, id: nap, for: "#{n + 's'}" }
				      - { process: note, with: { text: "#{str(n)}" } }
				      - { flux: wait, id: w, signal: go, timeout: 9s, else: [{ process: take, with: { amount: 1 } }] }
				      - { flux: emit, signal: go }
				""".replace("n + 's'", "str(n) + 's'"));
		Simulation first = this.engine.workflows().simulate("x");
		assertThat(first.error()).isNull();
		assertThat(first.ending()).isEqualTo(Ending.COMPLETED);
		for (int i = 0; i < 20; i++) {
			assertThat(this.engine.workflows().simulate("x").toString()).isEqualTo(first.toString());
		}
	}

	@Test
	void timeLimitOfTheWorkflowIsVirtual() {
		Simulation simulation = simulate("name: x\ntimeout: 1h\nsteps: [{ flux: wait, id: w, signal: never }]");
		assertThat(simulation.ending()).isEqualTo(Ending.FAILED);
		assertThat(simulation.error()).isInstanceOf(RunTimeoutException.class);
		assertThat(simulation.time()).isEqualTo(Duration.ofHours(1));
	}

	@Test
	void simulationWithinAProcessIsRefused() {
		add("name: x\nsteps: []");
		assertThatIllegalStateException()
			.isThrownBy(() -> this.engine.transact((tx) -> this.engine.workflows().simulate("x")))
			.withMessage("workflow 'x' cannot be simulated within transaction: its steps would meet that "
					+ "transaction, simulate it before or after");
	}

	@Test
	void whatIsWrongIsToldBefore() {
		add("name: x\ninputs: { n: integer }\nsteps: []");
		Workflows workflows = this.engine.workflows();
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> workflows.simulate("x"));
		assertThatExceptionOfType(WorkflowNotFoundException.class).isThrownBy(() -> workflows.simulate("y"));
		SimulationOptions unknown = SimulationOptions.NONE.result("chrage", (arguments) -> 1);
		assertThatExceptionOfType(ProcessNotFoundException.class)
			.isThrownBy(() -> workflows.simulate("x", Map.of("n", 1), unknown))
			.withMessageContaining("did you mean 'charge'");
		assertThatIllegalArgumentException().isThrownBy(() -> SimulationOptions.NONE.maxVisits(0))
			.withMessage("a simulation needs visits: maxVisits=0, use 1 or more");
		assertThatIllegalArgumentException().isThrownBy(() -> SimulationOptions.NONE.maxTime(Duration.ZERO))
			.withMessage(
					"the time of a simulation is out of range: maxTime=PT0S, use a positive duration of at most PT876000H");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> SimulationOptions.NONE.signal(Duration.ofSeconds(-1), "go", null))
			.withMessage("signal 'go' cannot come before the simulation: after=PT-1S, use zero or more");
	}

	@Test
	void interruptedThreadGivesUp() {
		add("name: x\nsteps: [never]");
		Thread.currentThread().interrupt();
		assertThatIllegalStateException().isThrownBy(() -> this.engine.workflows().simulate("x"))
			.withMessage("the thread was interrupted while it simulated workflow 'x'");
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void forkSimulatesOnItsOwnState() {
		add("name: x\nsteps: [{ process: take, with: { amount: 1 } }]");
		try (TheusEngine fork = this.engine.fork(1)) {
			fork.execute("take", 5);
			assertThat(changes(fork.workflows().simulate("x"))).containsExactly("domain.stock: 5 -> 4");
			assertThat(fork.state().get("domain.stock")).isEqualTo(5);
		}
	}

	@Test
	void simulationIsDrawnAndRendered() {
		Simulation simulation = simulate("""
				name: x
				steps:
				  - { flux: if, id: low, condition: domain.stock < 8, then: [announce] }
				  - { flux: wait, id: go, signal: cmd_go }
				""");
		assertThat(simulation).hasToString("""
				simulation of workflow x: STOPPED after PT0S
				  PT0S  low  (steps[0])  PASSED
				      domain.stock < 8 = false
				  PT0S  go  (steps[1])  WAITING
				stopped:
				  step 'go' waits for a signal that nobody sends: signal=cmd_go, give it to the simulation
				""");
		assertThat(simulation.visits()).extracting(StepVisit::outcome).containsExactly(Outcome.PASSED, Outcome.WAITING);
		assertThat(this.engine.workflows().describe(simulation))
			.isEqualTo(MermaidChart.of(this.engine.workflows().get("x"), new RunMarks(simulation.visits(), false)));
	}

	@Test
	void documentedExampleIsTrue() {
		add("""
				name: order
				inputs: { amount: integer }
				steps:
				  - { process: take, with: { amount: "#{inputs.amount}" }, compensate: undo }
				  - { flux: if, id: low, condition: domain.stock < 8, then: [announce] }
				  - { flux: sleep, id: cooling-off, for: 14d }
				  - { flux: wait, id: approval, signal: cmd_approve, timeout: 30d }
				  - { process: charge, with: { amount: "#{inputs.amount * 5}" } }
				""");
		Simulation simulation = this.engine.workflows()
			.simulate("order", Map.of("amount", 3),
					SimulationOptions.NONE.signal(Duration.ofDays(20), "cmd_approve", Map.of("by", "Ann")));
		assertThat(Path.of("..", "docs", "runs.md")).content().contains(simulation.toString());
	}

	/**
	 * A failure that a process declares.
	 */
	static final class Declined extends Exception {

		Declined(String message) {
			super(message);
		}

	}

	/**
	 * The processes.
	 */
	public class Shop {

		private final ProcessContext context = new CurrentContext();

		@Process(updates = "domain.stock")
		public int take(int amount) {
			int stock = this.context.get("domain.stock", Integer.class);
			if (amount > stock) {
				throw new IllegalArgumentException("too many");
			}
			this.context.set("domain.stock", stock - amount);
			return stock - amount;
		}

		@Process(updates = "domain.stock")
		public void undo(int amount) {
			this.context.update("domain.stock", Integer.class, (stock) -> stock + amount);
		}

		@Process(updates = "domain.notes")
		public void note(String text) {
			List<?> earlier = this.context.get("domain.notes", List.class);
			List<Object> notes = new ArrayList<>(earlier);
			notes.add(text);
			this.context.set("domain.notes", notes);
		}

		@Process(emits = "sig_taken", sends = "orders", starts = "started")
		public void announce() {
			this.context.emit("sig_taken", 1);
			this.context.outbox().send("orders", "k", "v");
			this.context.start("started", "s-1", Map.of());
		}

		@Process(starts = "*")
		public void tell(String key) {
			this.context.signalRun("x", key, "told", "hello");
		}

		@Process(updates = "domain.notes", once = "{text}")
		public void keyed(String text) {
			note(text);
		}

		@Process(sideEffects = "http:payments", errors = Declined.class)
		@Output("domain.paid")
		public int charge(int amount) {
			SimulationTests.this.charged.incrementAndGet();
			return amount;
		}

		@Process(sideEffects = "http:payments")
		public CompletableFuture<Integer> chargeLater() {
			SimulationTests.this.charged.incrementAndGet();
			return CompletableFuture.completedFuture(1);
		}

		@Process(updates = "domain.stock")
		public CompletableFuture<Integer> later(int amount) {
			ProcessContext detached = this.context.detach();
			return CompletableFuture.supplyAsync(() -> {
				detached.update("domain.stock", Integer.class, (stock) -> stock - amount);
				return detached.get("domain.stock", Integer.class);
			}, (task) -> new Thread(task).start());
		}

		@Process
		public CompletableFuture<Integer> never() {
			return new CompletableFuture<>();
		}

	}

}
