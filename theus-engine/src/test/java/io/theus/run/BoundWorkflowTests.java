package io.theus.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.theus.Isolation;
import io.theus.Semantic;
import io.theus.expression.ExpressionEvaluationException;
import io.theus.internal.yaml.SourcePosition;
import io.theus.process.InvalidArgumentException;
import io.theus.run.WorkflowFixture.OutOfStock;
import io.theus.workflow.CallOptions;
import io.theus.workflow.CallStep;
import io.theus.workflow.Definitions;
import io.theus.workflow.ErrorHandler;
import io.theus.workflow.InputType;
import io.theus.workflow.InvalidWorkflowException;
import io.theus.workflow.Name;
import io.theus.workflow.ProcessStep;
import io.theus.workflow.RetryRule;
import io.theus.workflow.Step;
import io.theus.workflow.StepScope;
import io.theus.workflow.Workflow;
import io.theus.workflow.WorkflowOptions;
import io.theus.workflow.WorkflowStep;
import io.theus.workflow.WorkflowTrigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class BoundWorkflowTests {

	private final WorkflowFixture fixture = new WorkflowFixture();

	private final Definitions d = new Definitions("fulfil");

	BoundWorkflowTests() {
		this.fixture.process("payments.charge",
				(spec) -> spec.argument("amount", Long.class)
					.error(Busy.class)
					.error(Declined.class)
					.body((state, args) -> "receipt"));
		this.fixture.process("payments.refund",
				(spec) -> spec.argument("amount", Long.class)
					.argument("result", Object.class)
					.body((state, args) -> null));
		this.fixture.process("pure", (spec) -> spec.semantic(Semantic.PURE).body((state, args) -> 1));
		this.fixture.process("later", (spec) -> spec.asyncBody((state, args) -> {
			throw new UnsupportedOperationException();
		}));
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	private BoundWorkflow bind(Workflow workflow) {
		return BoundWorkflow.bind(workflow, this.fixture.engine().processes());
	}

	private BoundWorkflow bind(Step... steps) {
		return bind(this.d.of(steps));
	}

	private void refused(String problem, int line, String text, Step... steps) {
		refused(problem, line, text, this.d.of(steps));
	}

	private void refused(String problem, int line, String text, Workflow workflow) {
		assertThatExceptionOfType(InvalidWorkflowException.class).isThrownBy(() -> bind(workflow))
			.withMessage("invalid workflow 'fulfil': %s: resource='test.yml', line=%d, column=1\n%s\n^", problem, line,
					text);
	}

	private static CallOptions retrying(Name... errors) {
		return new CallOptions(null, null, new RetryRule(2, Duration.ZERO, List.of(errors)), List.of(), null);
	}

	@Test
	void constantThatCannotFitIsRefused() {
		refused("argument 'amount' of process 'payments.charge' is invalid: the type does not fit, "
				+ "expected=java.lang.Long actual=java.lang.String", 3, "amount",
				this.d.process("charge", "charge", Map.of("amount", "much"), CallOptions.NONE));
	}

	@Test
	void constantThatFitsAfterAConversionIsAccepted() {
		ProcessStep step = this.d.process("charge", "charge", Map.of("amount", 1), CallOptions.NONE);
		assertThat(bind(step).call(step).process().id()).isEqualTo("payments.charge");
	}

	@Test
	void argumentsAreThoseOfTheStepAndTheInputs() {
		ProcessStep step = this.d.process("refund", "refund", Map.of("result", "#{inputs.amount + 1}"),
				CallOptions.NONE);
		BoundWorkflow bound = bind(this.d.input("amount", InputType.INTEGER).of(step));
		Map<String, @Nullable Object> inputs = Map.of("amount", 5L);
		assertThat(bound.call(step).arguments(new Inputs(inputs), inputs))
			.isEqualTo(Map.of("amount", 5L, "result", 6L));
	}

	@Test
	void onlyDeclaredErrorsAreCaught() {
		refused("process 'stock.reserve' declares no error 'OutOfStok', did you mean 'OutOfStock', "
				+ "declared=[OutOfStock], add it to the errors of the process", 1, "OutOfStok",
				this.d.process("reserve", "reserve", Map.of(), this.d.catching("OutOfStok")));
	}

	@Test
	void onlyDeclaredErrorsAreTriedAgain() {
		refused("process 'stock.reserve' declares no error 'Exception', declared=[OutOfStock], "
				+ "add it to the errors of the process", 1, "Exception",
				this.d.process("reserve", "reserve", Map.of(), retrying(this.d.name("Exception"))));
	}

	@Test
	void retryOfAProcessWithoutErrorsIsRefused() {
		refused("process 'counter.increment' declares no errors, and only those are tried again, "
				+ "declare them or remove 'retry'", 2, "increment",
				this.d.process("increment", "increment", Map.of(), retrying()));
	}

	@Test
	void simpleNameOfTwoErrorsIsAmbiguous() {
		this.fixture.process("both",
				(spec) -> spec.error(Busy.class).error(Other.Busy.class).body((state, args) -> null));
		refused("error 'Busy' of process 'both' is ambiguous, use one of [%s, %s]".formatted(Busy.class.getName(),
				Other.Busy.class.getName()), 1, "Busy",
				this.d.process("both", "both", Map.of(), this.d.catching("Busy")));
		CallOptions exact = this.d.catching(Other.Busy.class.getName());
		ProcessStep step = this.d.process("both", "both", Map.of(), exact);
		BoundWorkflow bound = bind(step);
		assertThat(bound.handlerFor(exact, bound.call(step), new Other.Busy())).isNotNull();
		assertThat(bound.handlerFor(exact, bound.call(step), new Busy())).isNull();
	}

	@Test
	void handlerIsTheFirstThatFits() {
		CallOptions options = this.d.catching("Declined", Busy.class.getCanonicalName());
		ProcessStep step = this.d.process("charge", "charge", Map.of("amount", 1), options);
		BoundWorkflow bound = bind(step);
		ErrorHandler declined = options.handlers().get(0);
		assertThat(bound.handlerFor(options, bound.call(step), new Declined())).isSameAs(declined);
		assertThat(bound.handlerFor(options, bound.call(step), new DeclinedForever())).isSameAs(declined);
		assertThat(bound.handlerFor(options, bound.call(step), new Busy())).isSameAs(options.handlers().get(1));
		assertThat(bound.handlerFor(options, bound.call(step), new IllegalStateException())).isNull();
	}

	@Test
	void declaredFailuresAreTriedAgainOthersAreNot() {
		CallOptions some = retrying(new Name("Busy", null));
		ProcessStep step = this.d.process("charge", "charge", Map.of("amount", 1), some);
		BoundWorkflow bound = bind(step);
		Call call = bound.call(step);
		assertThat(bound.retries(some, call, new Busy())).isTrue();
		assertThat(bound.retries(some, call, new Declined())).isFalse();
		CallOptions all = retrying();
		assertThat(bound.retries(all, call, new DeclinedForever())).isTrue();
		assertThat(bound.retries(all, call, new IllegalStateException())).isFalse();
		assertThat(bound.retries(CallOptions.NONE, call, new Busy())).isFalse();
	}

	@Test
	void rawCallOfAnAsynchronousProcessIsRefused() {
		refused("process 'later' is asynchronous, which isolation=RAW does not support, remove the isolation", 2,
				"later", this.d.process("later", "later", Map.of(),
						new CallOptions(Isolation.RAW, null, null, List.of(), null)));
	}

	@Test
	void compensationGetsResultArgumentsAndInputs() {
		ProcessStep step = this.d.process("charge", "charge", Map.of("amount", 7), this.d.compensating("refund"));
		Compensation undo = bind(step).compensation(step);
		assertThat(undo).isNotNull();
		assertThat(undo.process().id()).isEqualTo("payments.refund");
		assertThat(undo.arguments(Map.of("amount", 7), "receipt", Map.of("amount", 8, "more", 9)))
			.isEqualTo(Map.of("amount", 7, "result", "receipt"));
		assertThat(undo.arguments(Map.of(), null, Map.of("amount", 8, "more", 9))).containsEntry("amount", 8)
			.containsEntry("result", null)
			.hasSize(2);
	}

	@Test
	void stepWithoutCompensationHasNone() {
		ProcessStep step = this.d.process("increment");
		assertThat(bind(step).compensation(step)).isNull();
	}

	@Test
	void compensationHasToBeFound() {
		assertThatExceptionOfType(InvalidWorkflowException.class)
			.isThrownBy(
					() -> bind(this.d.process("charge", "charge", Map.of("amount", 7), this.d.compensating("refnud"))))
			.withMessageStartingWith(
					"invalid workflow 'fulfil': process 'refnud' not found, did you mean 'refund', known=[")
			.withMessageEndingWith("]: resource='test.yml', line=1, column=1\nrefnud\n^");
	}

	@Test
	void pureProcessUndoesNothing() {
		refused("process 'pure' is PURE and cannot undo step 'increment', name one that has effects", 1, "pure",
				this.d.process("increment", "increment", Map.of(), this.d.compensating("pure")));
	}

	@Test
	void argumentOfACompensationNeedsASource() {
		refused("argument 'amount' of compensation 'payments.refund' has no source, name it 'result', or as an "
				+ "argument of step 'increment' or an input of the workflow, known=[result, orderId]", 1, "refund",
				this.d.input("orderId", InputType.TEXT)
					.of(this.d.process("increment", "increment", Map.of(), this.d.compensating("refund"))));
	}

	@Test
	void chosenProcessIsOneOfThoseAllowed() {
		CallStep step = this.d.call("act", "#{inputs.tool}", List.of("charge", "counter.add_amount", "left.twin"),
				"#{inputs.args}", CallOptions.NONE);
		BoundWorkflow bound = bind(this.d.input("tool", InputType.TEXT).optional("args", InputType.ANY, null).of(step));
		assertThat(bound.dynamicCall(step, "charge").process().id()).isEqualTo("payments.charge");
		assertThat(bound.dynamicCall(step, "payments.charge").process().id()).isEqualTo("payments.charge");
		assertThat(bound.dynamicCall(step, "ADD-AMOUNT").process().id()).isEqualTo("counter.addAmount");
		assertThat(bound.dynamicCall(step, "twin").process().id()).isEqualTo("left.twin");
		String allowed = "allowed=[charge, counter.add_amount, left.twin], use one of them or add it to 'allow'";
		assertThatExceptionOfType(ProcessNotAllowedException.class).isThrownBy(() -> bound.dynamicCall(step, "chrage"))
			.withMessage("process 'chrage' is not allowed by step 'act', did you mean 'charge': %s", allowed)
			.satisfies((ex) -> {
				assertThat(ex.step()).isEqualTo("act");
				assertThat(ex.process()).isEqualTo("chrage");
				assertThat(ex.allowed()).containsExactly("charge", "counter.add_amount", "left.twin");
			});
		assertThatExceptionOfType(ProcessNotAllowedException.class).isThrownBy(() -> bound.dynamicCall(step, "refund"))
			.withMessage("process 'refund' is not allowed by step 'act': %s", allowed);
		assertThatExceptionOfType(ProcessNotAllowedException.class).isThrownBy(() -> bound.dynamicCall(step, 1L))
			.withMessage("step 'act' names no process: expected=text actual=java.lang.Long, let its expression give "
					+ "one of [charge, counter.add_amount, left.twin]")
			.satisfies((ex) -> assertThat(ex.process()).isNull());
		assertThatExceptionOfType(ProcessNotAllowedException.class).isThrownBy(() -> bound.dynamicCall(step, null))
			.withMessageContaining("actual=null");
	}

	@Test
	void chosenNameOfTwoAllowedProcessesIsAmbiguous() {
		CallStep step = this.d.call("act", "#{inputs.tool}", List.of("left.twin", "right.twin"), null,
				CallOptions.NONE);
		BoundWorkflow bound = bind(this.d.input("tool", InputType.TEXT).of(step));
		assertThatExceptionOfType(ProcessNotAllowedException.class).isThrownBy(() -> bound.dynamicCall(step, "twin"))
			.withMessage("process 'twin' is not allowed by step 'act': the name is ambiguous, "
					+ "use one of [left.twin, right.twin]");
		assertThat(bound.dynamicCall(step, "right.twin").process().id()).isEqualTo("right.twin");
	}

	@Test
	void argumentsOfAChosenProcessAreAMapByName() {
		CallStep step = this.d.call("act", "charge", List.of("charge"), "#{inputs.args}", CallOptions.NONE);
		BoundWorkflow bound = bind(
				this.d.optional("args", InputType.ANY, null).input("amount", InputType.INTEGER).of(step));
		Call call = bound.dynamicCall(step, "charge");
		Map<String, @Nullable Object> amount = Map.of("amount", 1L);
		assertThat(call.arguments(new Inputs(Map.of("args", amount)), amount)).isEqualTo(amount);
		assertThat(call.arguments(new Inputs(Map.of()), amount)).isEmpty();
		assertThatExceptionOfType(InvalidArgumentException.class)
			.isThrownBy(() -> call.arguments(new Inputs(Map.of("args", "all")), Map.of()))
			.withMessage("argument 'with' of process 'payments.charge' is invalid: the arguments are no map by name, "
					+ "expected=map actual=java.lang.String");
		assertThatExceptionOfType(InvalidArgumentException.class)
			.isThrownBy(() -> call.arguments(new Inputs(Map.of("args", Map.of(1, "x"))), Map.of()))
			.withMessage("argument '1' of process 'payments.charge' is invalid: the name of an argument is a text, "
					+ "expected=java.lang.String actual=java.lang.Integer");
	}

	@Test
	void allowedProcessHasToBeFound() {
		assertThatExceptionOfType(InvalidWorkflowException.class)
			.isThrownBy(() -> bind(this.d.call("act", "#{run.id}", List.of("charge", "twin"), null, CallOptions.NONE)))
			.withMessage("invalid workflow 'fulfil': process 'twin' not found: the name is ambiguous, use one of the "
					+ "ids [left.twin, right.twin]: resource='test.yml', line=3, column=1\ntwin\n^");
	}

	@Test
	void namedArgumentsOfACallBelongToAnAllowedProcess() {
		refused("step 'act' passes argument 'amuont', which no allowed process has, did you mean 'amount', "
				+ "known=[amount, result]", 1, "act",
				this.d.call("act", "#{run.id}", List.of("charge", "refund"), Map.of("amuont", 1), CallOptions.NONE));
	}

	@Test
	void errorsOfACallAreThoseOfItsProcesses() {
		CallOptions options = this.d.catching("OutOfStock", "Busy");
		CallStep step = this.d.call("act", "#{run.id}", List.of("reserve", "charge"), null, options);
		BoundWorkflow bound = bind(step);
		Call reserve = bound.dynamicCall(step, "reserve");
		assertThat(bound.handlerFor(options, reserve, new OutOfStock(""))).isSameAs(options.handlers().get(0));
		assertThat(bound.handlerFor(options, reserve, new Busy())).isNull();
		assertThat(bound.handlerFor(options, bound.dynamicCall(step, "charge"), new Busy()))
			.isSameAs(options.handlers().get(1));
		CallOptions wrong = new Definitions("other").catching("Bussy");
		refused("processes [stock.reserve, payments.charge] declare no error 'Bussy', did you mean 'Busy', "
				+ "declared=[OutOfStock, Busy, Declined], add it to the errors of the process", 1, "Bussy",
				this.d.call("act", "#{run.id}", List.of("reserve", "charge"), null, wrong));
	}

	@Test
	void compensationOfACallTakesWhatAnyAllowedProcessHas() {
		CallStep step = this.d.call("act", "#{run.id}", List.of("charge", "increment"), null,
				this.d.compensating("refund"));
		assertThat(bind(step).compensation(step)).isNotNull();
		CallStep without = this.d.call("act", "#{run.id}", List.of("increment"), null, this.d.compensating("refund"));
		assertThatExceptionOfType(InvalidWorkflowException.class).isThrownBy(() -> bind(without))
			.withMessageContaining("argument 'amount' of compensation 'payments.refund' has no source");
	}

	@Test
	void linkedWorkflowTakesItsInputsFromTheStepAndTheRun() {
		WorkflowStep step = this.d.workflow("ship", "ship", Map.of("express", "#{inputs.orderId == 'o-1'}"));
		BoundWorkflow bound = bind(this.d.input("orderId", InputType.TEXT).of(step));
		BoundWorkflow ship = bind(new Definitions("ship").input("orderId", InputType.TEXT)
			.input("express", InputType.BOOLEAN)
			.optional("note", InputType.TEXT, null)
			.of());
		assertThatIllegalStateException().isThrownBy(() -> bound.linked(step))
			.withMessage("workflow 'fulfil' was not linked, link it when all workflows are there");
		bound.link((name) -> ship);
		Link link = bound.linked(step);
		assertThat(link.workflow()).isSameAs(ship);
		Map<String, @Nullable Object> inputs = Map.of("orderId", "o-1");
		assertThat(link.inputs(new Inputs(inputs), inputs)).isEqualTo(Map.of("orderId", "o-1", "express", true));
	}

	@Test
	void workflowMayRunItself() {
		WorkflowStep step = this.d.workflow("again", "fulfil", Map.of());
		BoundWorkflow bound = bind(step);
		bound.link((name) -> bound);
		assertThat(bound.linked(step).workflow()).isSameAs(bound);
	}

	@Test
	void linkedWorkflowHasToBeFound() {
		notLinked("workflow 'shipp' not found, did you mean 'ship', known=[ship]", 2, "shipp", (name) -> {
			throw new WorkflowNotFoundException(name, List.of("ship"));
		}, this.d.workflow("ship", "shipp", Map.of()));
	}

	@Test
	void linkedWorkflowHasToHaveTheInput() {
		BoundWorkflow ship = bind(new Definitions("ship").input("orderId", InputType.TEXT).of());
		notLinked("workflow 'ship' has no input 'orderID', did you mean 'orderId', known=[orderId]", 3, "orderID",
				(name) -> ship, this.d.workflow("ship", "ship", Map.of("orderID", "x")));
	}

	@Test
	void inputOfALinkedWorkflowHasToBeGiven() {
		BoundWorkflow ship = bind(new Definitions("ship").input("orderId", InputType.TEXT).of());
		notLinked("input 'orderId' of workflow 'ship' is missing, add it to 'with' or to the inputs of the workflow", 2,
				"ship", (name) -> ship, this.d.workflow("deliver", "ship", Map.of()));
	}

	@Test
	void constantInputOfALinkedWorkflowHasToFit() {
		BoundWorkflow ship = bind(new Definitions("ship").input("orderId", InputType.TEXT).of());
		notLinked(
				"input 'orderId' of workflow 'ship' is invalid: the type does not fit, expected=text, "
						+ "actual=java.lang.Integer, pass another value",
				3, "orderId", (name) -> ship, this.d.workflow("ship", "ship", Map.of("orderId", 1)));
	}

	private void notLinked(String problem, int line, String text, Function<String, BoundWorkflow> lookup,
			WorkflowStep step) {
		BoundWorkflow bound = bind(step);
		assertThatExceptionOfType(InvalidWorkflowException.class).isThrownBy(() -> bound.link(lookup))
			.withMessage("invalid workflow 'fulfil': %s: resource='test.yml', line=%d, column=1\n%s\n^", problem, line,
					text);
	}

	@Test
	void triggerPassesInputsThatExist() {
		this.d.input("orderId", InputType.TEXT);
		refused("workflow 'fulfil' has no input 'ordrId', did you mean 'orderId', known=[orderId]", 2, "ordrId",
				this.d.of(trigger(Map.of("ordrId", "x"))));
		assertThat(bind(this.d.of(trigger(Map.of("orderId", "#{run.id}")))).workflow().name()).isEqualTo("fulfil");
	}

	private WorkflowOptions trigger(Map<String, ?> arguments) {
		WorkflowTrigger trigger = new WorkflowTrigger(this.d.name("order_placed"), null, null,
				this.d.arguments(arguments));
		return new WorkflowOptions(null, null, null, null, null, trigger);
	}

	/**
	 * Expressions that see inputs only.
	 */
	private record Inputs(Map<String, @Nullable Object> values) implements StepScope {

		@Override
		public @Nullable Object resolve(String root) {
			return root.equals("inputs") ? this.values : null;
		}

		@Override
		public void evaluated(String expression, @Nullable Object value) {
		}

		@Override
		public RuntimeException failed(ExpressionEvaluationException failure, @Nullable SourcePosition position) {
			return failure;
		}

	}

	static class Busy extends RuntimeException {

	}

	static class Declined extends RuntimeException {

	}

	static final class DeclinedForever extends Declined {

	}

	static final class Other {

		static class Busy extends RuntimeException {

		}

	}

}
