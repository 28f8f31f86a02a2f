package io.theus.workflow;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.theus.Isolation;
import io.theus.expression.ExpressionSyntaxException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class StepsBuilderTests {

	@Test
	void callsAreWhatADocumentSays() {
		Workflow built = Workflow.named("test")
			.process("shop.charge_payment",
					(call) -> call.with("amount", "#{domain.total}")
						.isolation(Isolation.SAFE)
						.timeout(Duration.ofSeconds(10))
						.retry(3, Duration.ofMillis(200), "GatewayBusy")
						.onError("InsufficientFunds", (steps) -> steps.process("cancel_order"))
						.compensate("refund_payment"))
			.id("charge")
			.call("#{domain.plan.tool}",
					(call) -> call.allow("search", "book").with("#{domain.plan.args}").timeout(Duration.ofMinutes(2)))
			.call("#{domain.plan.tool}", (call) -> call.allow("search").with("query", "#{domain.query}"))
			.workflow("fulfil", Map.of("id", "#{results.charge.id}"))
			.workflow("close")
			.build();
		assertSame(built, """
				steps:
				  - process: shop.charge_payment
				    id: charge
				    with: { amount: "#{domain.total}" }
				    isolation: safe
				    timeout: 10s
				    retry: { attempts: 3, backoff: 200ms, errors: [GatewayBusy] }
				    catch: { InsufficientFunds: [ cancel_order ] }
				    compensate: refund_payment
				  - flux: call
				    process: "#{domain.plan.tool}"
				    allow: [search, book]
				    with: "#{domain.plan.args}"
				    timeout: 2m
				  - flux: call
				    process: "#{domain.plan.tool}"
				    allow: [search]
				    with: { query: "#{domain.query}" }
				  - flux: workflow
				    name: fulfil
				    with: { id: "#{results.charge.id}" }
				  - flux: workflow
				    name: close
				""");
	}

	@Test
	void blocksAreWhatADocumentSays() {
		Workflow built = Workflow.named("test")
			.choose("#{domain.status}",
					(cases) -> cases.when("NEW", (steps) -> steps.process("a"))
						.when(1L, (steps) -> steps.process("b"))
						.when(null, (steps) -> steps.process("c"))
						.otherwise((steps) -> steps.process("d")))
			.forEach("#{domain.orders}", (steps) -> steps.process("ship", Map.of("order", "#{item}")))
			.forEach("#{domain.orders}", "order", 4,
					(steps) -> steps.when("order.vip", (then) -> then.process("greet", Map.of("order", "#{order}"))))
			.parallel((first) -> first.process("e").process("f"), (second) -> second.process("g"))
			.parallel(ParallelStep.Join.ANY, (first) -> first.process("h"), (second) -> second.process("i"))
			.every(Duration.ofSeconds(1), (steps) -> steps.process("j"))
			.every(Duration.ofNanos(16_666_000), EveryStep.Overrun.CATCH_UP, "domain.done",
					(steps) -> steps.process("k"))
			.build();
		assertSame(built, """
				steps:
				  - flux: switch
				    value: "#{domain.status}"
				    cases: { NEW: [a], 1: [b], null: [c] }
				    default: [d]
				  - flux: for-each
				    in: "#{domain.orders}"
				    do: [ { process: ship, with: { order: "#{item}" } } ]
				  - flux: for-each
				    in: "#{domain.orders}"
				    as: order
				    parallel: 4
				    do:
				      - flux: if
				        condition: order.vip
				        then: [ { process: greet, with: { order: "#{order}" } } ]
				  - flux: parallel
				    branches: [ [e, f], [g] ]
				  - flux: parallel
				    branches: [ [h], [i] ]
				    join: any
				  - flux: every
				    period: 1s
				    do: [j]
				  - flux: every
				    period: 16666us
				    overrun: catch-up
				    until: domain.done
				    do: [k]
				""");
	}

	@Test
	void waitsAndEndsAreWhatADocumentSays() {
		Workflow built = Workflow.named("test")
			.await("cmd_go")
			.await("cmd_approve",
					(wait) -> wait.where("payload.id == domain.id")
						.timeout("#{domain.patience}")
						.then((steps) -> steps.process("ship"))
						.otherwise((steps) -> steps.process("cancel")))
			.awaitUntil("domain.ready", (wait) -> wait.timeout(Duration.ofHours(1)))
			.sleep(Duration.ofMinutes(5))
			.sleep("#{domain.pause}")
			.emit("order.placed", Map.of("id", "#{domain.id}"))
			.when("domain.bad", (then) -> then.fail("Bad", "it is #{domain.bad}"))
			.returning("#{domain.n}")
			.build();
		assertSame(built, """
				steps:
				  - { flux: wait, signal: cmd_go }
				  - flux: wait
				    signal: cmd_approve
				    where: payload.id == domain.id
				    timeout: "#{domain.patience}"
				    then: [ship]
				    else: [cancel]
				  - { flux: wait, until: domain.ready, timeout: PT1H }
				  - { flux: sleep, for: PT5M }
				  - { flux: sleep, for: "#{domain.pause}" }
				  - { flux: emit, signal: order.placed, payload: { id: "#{domain.id}" } }
				  - flux: if
				    condition: domain.bad
				    then: [ { flux: fail, error: Bad, message: "it is #{domain.bad}" } ]
				  - { flux: return, value: "#{domain.n}" }
				""");
	}

	@Test
	void optionsAreWhatADocumentSays() {
		Workflow built = Workflow.named("test")
			.version("1.10")
			.input("id", InputType.TEXT)
			.maxOps(50)
			.timeout(Duration.ofHours(2))
			.isolation(Isolation.HYBRID)
			.startOn("order.placed",
					(on) -> on.where("payload.total > 3").key("#{payload.id}").with("id", "#{payload.id}"))
			.onError((steps) -> steps.process("alarm", Map.of("error", "#{run.error.type}")))
			.process("work")
			.build();
		assertSame(built, """
				version: "1.10"
				inputs: { id: text }
				max-ops: 50
				timeout: 2h
				isolation: hybrid
				on:
				  signal: order.placed
				  where: payload.total > 3
				  key: "#{payload.id}"
				  with: { id: "#{payload.id}" }
				on-error: [ { process: alarm, with: { error: "#{run.error.type}" } } ]
				steps: [work]
				""");
	}

	@Test
	void valuesAreCheckedWhenTheyAreGiven() {
		refused((steps) -> steps.sleep(Duration.ZERO), "a duration must be positive, found PT0S");
		refused((steps) -> steps.sleep("soon"),
				"expected a duration, found text 'soon', write for example 500ms, 10s, 2m or PT10S");
		refused((steps) -> steps.every(Duration.ofSeconds(-1), (body) -> body.process("a")),
				"a duration must be positive, found PT-1S");
		refused((steps) -> steps.process("a", (call) -> call.timeout(Duration.ofDays(40_000))),
				"a duration of 40000 days is too long, use at most 36500d");
		refused((steps) -> steps.process("a", (call) -> call.retry(1, Duration.ZERO)),
				"attempts is too small: attempts=1, use 2 or more");
		refused((steps) -> steps.process("a", (call) -> call.onError("A", (then) -> {
		}).onError("A", (then) -> {
		})), "error 'A' is caught twice");
		refused((steps) -> steps.call("a", (call) -> call.allow("a")),
				"expected an expression in #{}, found text 'a', use a step with 'process' but without 'flux' for it");
		refused((steps) -> steps.call("#{domain.a}", (call) -> {
		}), "'allow' is empty, give at least one");
		refused((steps) -> steps.call("#{domain.a}", (call) -> call.allow("a").with("domain.b")),
				"expected a map or one expression in #{}, found text 'domain.b'");
		refused((steps) -> steps.parallel(), "'branches' is empty, give at least one");
		refused((steps) -> steps.forEach("domain.orders", (body) -> body.process("a")),
				"expected an expression in #{}, found text 'domain.orders', write \"#{domain.orders}\"");
		refused((steps) -> steps.forEach("#{domain.orders}", "inputs", 1, (body) -> body.process("a")),
				"'inputs' already has a meaning in expressions, reserved=[cmd, domain, global, inputs, meta, payload, "
						+ "results, run, signal], call the item something else");
		refused((steps) -> steps.forEach("#{domain.orders}", "item", 0, (body) -> body.process("a")),
				"parallel is too small: parallel=0, use 1 or more");
		refused((steps) -> steps.choose("#{domain.a}", (cases) -> cases.when(List.of(), (body) -> body.process("a"))),
				"a case is a text, a number, true, false or null, found []");
		refused((steps) -> steps.await("cmd approve"),
				"invalid topic 'cmd approve': position=3, use letters, digits, '.', '_' and '-'");
		refused((steps) -> steps.await("a", (wait) -> wait.otherwise((body) -> body.process("a"))),
				"'else' runs when the time is over, but the step has no 'timeout', add it");
		refused((steps) -> steps.awaitUntil("domain.a", (wait) -> wait.where("payload.b")),
				"'where' looks at a signal, but the step waits for none, put the condition into 'until'");
		refused((steps) -> steps.fail("out of stock", ""),
				"error 'out of stock' is no name, use letters, digits, '_', '-' and '.', and begin with a letter");
	}

	private static void refused(Consumer<WorkflowBuilder> steps, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> steps.accept(Workflow.named("a"))).withMessage(message);
	}

	@Test
	void workflowIsCheckedAsAWhole() {
		assertThatExceptionOfType(InvalidWorkflowException.class)
			.isThrownBy(() -> Workflow.named("a").parallel((branch) -> branch.returning(1)).build())
			.withMessage(
					"invalid workflow 'a': 'return' cannot stand in a parallel branch, which cannot return for the "
							+ "others, return after the branches have joined");
		assertThatExceptionOfType(InvalidWorkflowException.class)
			.isThrownBy(() -> Workflow.named("a").emit("b", null).id("b").returning("#{results['b']}").build())
			.withMessage(
					"invalid workflow 'a': expression reads 'results.b', but there is no step 'b' that has a result, "
							+ "known=[]");
		assertThatExceptionOfType(ExpressionSyntaxException.class)
			.isThrownBy(() -> Workflow.named("a").process("b", Map.of("c", "#{item}")))
			.withMessageStartingWith("invalid expression: unknown name 'item'");
	}

	// All that both say, without the places that only a document has
	private static void assertSame(Workflow built, String document) {
		assertThat(describe(built)).isEqualTo(describe(WorkflowParser.parse(document, "test.yml")));
	}

	private static String describe(Workflow workflow) {
		return (workflow.body() + "\n" + workflow.inputs() + "\n" + workflow.options())
			.replaceAll("position=[^,\\]]+", "position=null")
			.replace("], ", "],\n");
	}

}
