package io.theus.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.theus.Merging;
import io.theus.engine.TheusEngine;
import io.theus.workflow.InputType;
import io.theus.workflow.InvalidInputException;
import io.theus.workflow.InvalidWorkflowException;
import io.theus.workflow.Workflow;
import io.theus.workflow.WorkflowParser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class WorkflowsTests {

	private final WorkflowFixture fixture = new WorkflowFixture();

	private final Workflows workflows = this.fixture.workflows();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void namesAreSorted() {
		this.fixture.add("name: b");
		this.fixture.add("name: a");
		assertThat(this.workflows.names()).containsExactly("a", "b");
		assertThat(this.workflows.get("b").name()).isEqualTo("b");
	}

	@Test
	void duplicateNameNamesBothSources() {
		this.workflows.add(WorkflowParser.parse("steps: []", "classpath:theus/workflows/fulfil.yml"));
		Workflow other = WorkflowParser.parse("steps: []\nname: fulfil", "/etc/flows/other.yaml");
		assertThatExceptionOfType(InvalidWorkflowException.class).isThrownBy(() -> this.workflows.add(other))
			.withMessage("invalid workflow 'fulfil': duplicate name, there is a workflow 'fulfil' already, "
					+ "sources=[classpath:theus/workflows/fulfil.yml, /etc/flows/other.yaml], rename one of them: "
					+ "resource='/etc/flows/other.yaml', line=2, column=7\nname: fulfil\n      ^")
			.satisfies((ex) -> assertThat(ex.workflow()).isEqualTo("fulfil"));
	}

	@Test
	void duplicateOfAWorkflowFromJavaHasNoPlace() {
		this.fixture.add("name: fulfil");
		assertThatExceptionOfType(InvalidWorkflowException.class)
			.isThrownBy(() -> this.workflows.add(Workflow.named("fulfil").build()))
			.withMessage("invalid workflow 'fulfil': duplicate name, there is a workflow 'fulfil' already, "
					+ "sources=[test.yml, Java], rename one of them")
			.satisfies((ex) -> assertThat(ex.position()).isNull());
	}

	@Test
	void invalidWorkflowIsNotRegistered() {
		assertThatExceptionOfType(InvalidWorkflowException.class)
			.isThrownBy(() -> this.fixture.add("name: a\nsteps: [nothing]"));
		assertThat(this.workflows.names()).isEmpty();
		this.fixture.add("name: a\nsteps: [increment]");
	}

	@Test
	void unknownWorkflowIsNotFound() {
		this.fixture.add("name: fulfil");
		String message = "workflow 'fulfill' not found, did you mean 'fulfil', known=[fulfil]";
		assertThatExceptionOfType(WorkflowNotFoundException.class).isThrownBy(() -> this.workflows.get("fulfill"))
			.withMessage(message)
			.satisfies((ex) -> assertThat(ex.workflow()).isEqualTo("fulfill"));
		assertThatExceptionOfType(WorkflowNotFoundException.class).isThrownBy(() -> this.workflows.start("fulfill"))
			.withMessage(message);
		assertThatExceptionOfType(WorkflowNotFoundException.class).isThrownBy(() -> this.workflows.run("fulfill"))
			.withMessage(message);
		assertThatExceptionOfType(WorkflowNotFoundException.class).isThrownBy(() -> this.workflows.describe("fulfill"))
			.withMessage(message);
	}

	@Test
	void missingInputIsRefusedBeforeAnythingRuns() {
		this.fixture.add("name: order\ninputs: { orderId: text, n: { default: 1 } }\nsteps: [increment]");
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> this.workflows.start("order"))
			.withMessage("input 'orderId' of workflow 'order' is invalid: "
					+ "it is missing and has no default, expected=text, pass it at the start")
			.satisfies((ex) -> {
				assertThat(ex.workflow()).isEqualTo("order");
				assertThat(ex.input()).isEqualTo("orderId");
			});
		assertThat(this.fixture.state("domain.n")).isNull();
	}

	@Test
	void unknownInputIsRefused() {
		this.fixture.add("name: order\ninputs: { orderId: text }");
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> this.workflows.run("order", Map.of("orderID", "o-1")))
			.withMessage("input 'orderID' of workflow 'order' is invalid: "
					+ "the workflow has no such input, did you mean 'orderId', known=[orderId]");
	}

	@Test
	void inputOfAnotherTypeIsRefused() {
		this.fixture.add("name: order\ninputs: { amount: integer, note: { type: text, default: null } }");
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> this.workflows.run("order", Map.of("amount", 1.5)))
			.withMessage("input 'amount' of workflow 'order' is invalid: "
					+ "the type does not fit, expected=integer, actual=java.lang.Double, pass another value");
		Map<String, Object> inputs = new HashMap<>();
		inputs.put("amount", null);
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> this.workflows.run("order", inputs))
			.withMessageContaining("expected=integer, actual=null");
		inputs.put("amount", 2);
		inputs.put("note", null);
		assertThat(this.workflows.run("order", inputs).state()).isEqualTo(RunState.COMPLETED);
	}

	@Test
	void eachTypeAcceptsItsValues() {
		this.fixture.add("name: all\ninputs: { t: str, i: int, n: number, b: bool, l: list, m: map, a: }");
		Map<String, Object> inputs = Map.of("t", Thread.State.NEW, "i", 1, "n", 0.5f, "b", true, "l", List.of(), "m",
				Map.of(), "a", this);
		assertThat(this.workflows.run("all", inputs).inputs()).isEqualTo(inputs)
			.containsKeys("t", "i", "n", "b", "l", "m", "a");
	}

	@Test
	void inputsOfARunAreItsOwn() {
		this.fixture.add("name: order\ninputs: { orderId: text }\nsteps: [increment]");
		Map<String, Object> inputs = new HashMap<>(Map.of("orderId", "o-1"));
		Run run = this.workflows.run("order", inputs);
		inputs.put("orderId", "o-2");
		assertThat(run.inputs()).isEqualTo(Map.of("orderId", "o-1"));
	}

	@Test
	void workflowDoesNotRunWithinAProcess() {
		this.fixture.add("name: inner\nsteps: [increment]");
		this.fixture.process("outer.sync", (spec) -> spec.body((state, args) -> this.workflows.run("inner")));
		this.fixture.process("outer.async", (spec) -> spec.body((state, args) -> this.workflows.start("inner")));
		assertThatIllegalStateException().isThrownBy(() -> this.fixture.run("name: a\nsteps: [outer.sync]"))
			.withMessage("workflow 'inner' cannot run within process 'outer.sync': its steps would not be part of that "
					+ "transaction, start it with context.start, or after the commit");
		assertThatIllegalStateException().isThrownBy(() -> this.fixture.run("name: b\nsteps: [outer.async]"));
		assertThat(this.fixture.state("domain.n")).isNull();
	}

	@Test
	void engineHasTheWorkflowsThatItWasBuiltWith() {
		try (TheusEngine engine = TheusEngine.builder()
			.process("greet",
					(spec) -> spec.argument("name", String.class).body((state, args) -> "Hello " + args.get("name")))
			.workflows(Workflow.named("welcome").input("name", InputType.TEXT).process("greet").build())
			.workflowSettings(new WorkflowSettings(1, false, List.of()))
			.build()) {
			assertThat(engine.workflows().run("welcome", Map.of("name", "Ada")).result()).isEqualTo("Hello Ada");
		}
	}

	@Test
	void closedEngineStartsNothing() {
		this.fixture.add("name: a\nsteps: [increment]");
		this.fixture.close();
		assertThatIllegalStateException().isThrownBy(() -> this.workflows.start("a"))
			.withMessage("workflow 'a' was not started: the engine is closed, start it before");
	}

	@Test
	void branchesThatWriteOnePlaceAreAWarning() {
		try (CapturedLog log = new CapturedLog(Workflows.class)) {
			this.fixture.add("name: pay\nsteps: [[increment, hold]]");
			assertThat(this.workflows.warnings()).containsExactly("steps 'increment' and 'hold' of workflow 'pay' are "
					+ "in parallel branches and can both write 'domain.n': parallel='steps[0]' "
					+ "processes=[counter.increment, gate.hold], they take turns, declare a merge rule or put them in "
					+ "one branch");
			assertThat(log.messages()).anyMatch((line) -> line.contains("steps 'increment' and 'hold'"));
		}
	}

	@Test
	void mergeRulesOfTheEngineCountAndForksDoNotWarnAgain() {
		Workflow pay = WorkflowParser.parse("name: pay\nsteps: [[a.count, b.count], [a.set, b.set]]", "pay.yml");
		try (CapturedLog log = new CapturedLog(Workflows.class);
				TheusEngine engine = TheusEngine.builder()
					.merge("domain.hits", Merging.SUM)
					.process("a.count", (spec) -> spec.outputs("domain.hits").body((state, args) -> null))
					.process("b.count", (spec) -> spec.outputs("domain.hits").body((state, args) -> null))
					.process("a.set", (spec) -> spec.outputs("domain.x").body((state, args) -> null))
					.process("b.set", (spec) -> spec.outputs("domain.x").body((state, args) -> null))
					.workflows(pay)
					.build()) {
			assertThat(engine.workflows().warnings()).singleElement().asString().contains("'domain.x'");
			engine.fork(engine.state().version()).workflows().run("pay");
			assertThat(log.messages()).filteredOn((line) -> line.contains("'domain.x'")).hasSize(1);
		}
	}

}
