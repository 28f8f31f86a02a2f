package io.theus.workflow;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.theus.Isolation;

import static org.assertj.core.api.Assertions.assertThat;

class StepParserTests {

	@Test
	void processHasAllItsOptions() {
		ProcessStep step = (ProcessStep) first("""
				- process: shop.charge_payment
				  with: { amount: "#{domain.total}" }
				  isolation: safe
				  timeout: 10s
				  retry: { attempts: 3, backoff: 200ms, errors: [GatewayBusy, com.acme.Down] }
				  catch:
				    InsufficientFunds: [ cancel_order ]
				    com.acme.Refused:
				  compensate: refund_payment
				""");
		assertThat(step.id()).isEqualTo("charge_payment");
		CallOptions options = step.options();
		assertThat(options.isolation()).isEqualTo(Isolation.SAFE);
		assertThat(options.timeout()).isEqualTo(Duration.ofSeconds(10));
		assertThat(options.retry().attempts()).isEqualTo(3);
		assertThat(options.retry().backoff()).isEqualTo(Duration.ofMillis(200));
		assertThat(options.retry().errors()).extracting(Name::text).containsExactly("GatewayBusy", "com.acme.Down");
		assertThat(options.compensation().text()).isEqualTo("refund_payment");
		assertThat(options.compensation().position()).hasToString("test.yml:10:17");
		assertThat(options.handlers()).extracting((handler) -> handler.error().text())
			.containsExactly("InsufficientFunds", "com.acme.Refused");
		assertThat(step.blocks()).extracting(Block::address)
			.containsExactly("steps[0].catch.InsufficientFunds", "steps[0].catch['com.acme.Refused']");
		assertThat(step.blocks().get(0).steps().get(0).address()).isEqualTo("steps[0].catch.InsufficientFunds[0]");
		assertThat(step.blocks().get(1).steps()).isEmpty();
	}

	@Test
	void processWithoutOptionsIsAPlainCall() {
		assertThat(((ProcessStep) first("- charge")).options()).isEqualTo(CallOptions.NONE);
		ProcessStep step = (ProcessStep) first("- { process: charge, retry: { attempts: 2 } }");
		assertThat(step.options().retry()).isEqualTo(new RetryRule(2, Duration.ofMillis(100), List.of()));
	}

	@Test
	void callHasArgumentsOfAMapOrAnExpression() {
		CallStep step = (CallStep) first("""
				- flux: call
				  process: "#{domain.plan.tool}"
				  allow: [search, book]
				  with: "#{domain.plan.args}"
				  timeout: 2m
				  catch: { NotFound: [note] }
				""");
		assertThat(step.id()).isEqualTo("steps[0]");
		assertThat(step.process().source()).isEqualTo("#{domain.plan.tool}");
		assertThat(step.allowed()).extracting(Name::text).containsExactly("search", "book");
		assertThat(step.arguments().source()).isEqualTo("#{domain.plan.args}");
		assertThat(step.options().timeout()).isEqualTo(Duration.ofMinutes(2));
		assertThat(step.blocks()).extracting(Block::name).containsExactly("catch.NotFound");
		CallStep other = (CallStep) first("- { flux: call, process: 'do_#{domain.x}', allow: [a], with: { b: 1 } }");
		assertThat(other.arguments().source()).isEqualTo(Map.of("b", 1L));
		CallStep without = (CallStep) first("- { flux: call, process: '#{domain.x}', allow: [a] }");
		assertThat(without.arguments().source()).isEqualTo(Map.of());
	}

	@Test
	void casesAreReadAsValues() {
		SwitchStep step = (SwitchStep) first("""
				- flux: switch
				  value: "#{domain.status}"
				  cases:
				    NEW: [a]
				    1: [b]
				    1.50: []
				    true: []
				    null: []
				    "2": []
				    not a word: []
				    "false": []
				    "None": [c]
				  default: [d]
				""");
		assertThat(step.value().source()).isEqualTo("#{domain.status}");
		assertThat(step.cases()).extracting(SwitchStep.Case::value)
			.isEqualTo(
					Arrays.asList("NEW", 1L, new BigDecimal("1.50"), true, null, "2", "not a word", "false", "None"));
		assertThat(step.blocks()).extracting(Block::name)
			.containsExactly("cases.NEW", "cases[1]", "cases[1.50]", "cases.true", "cases.null", "cases['2']",
					"cases['not a word']", "cases['false']", "cases.None", "default");
		assertThat(step.otherwise().steps().get(0).address()).isEqualTo("steps[0].default[0]");
		SwitchStep empty = (SwitchStep) first("- { flux: switch, value: '#{domain.x}', cases: }");
		assertThat(empty.blocks()).isEmpty();
		assertThat(empty.otherwise()).isNull();
	}

	@Test
	void itemHasAName() {
		ForEachStep step = (ForEachStep) first("""
				- flux: for-each
				  in: "#{domain.orders}"
				  do:
				    - { process: ship, with: { order: "#{item}" } }
				    - flux: for_each
				      in: "#{item.parts}"
				      as: part
				      parallel: 4
				      do:
				        - { process: pack, with: { order: "#{item}", part: "#{part}" } }
				""");
		assertThat(step.items().source()).isEqualTo("#{domain.orders}");
		assertThat(step.variable()).isEqualTo("item");
		assertThat(step.parallel()).isEqualTo(1);
		ForEachStep inner = (ForEachStep) step.body().steps().get(1);
		assertThat(inner.variable()).isEqualTo("part");
		assertThat(inner.parallel()).isEqualTo(4);
		assertThat(inner.body().address()).isEqualTo("steps[0].do[1].do");
		assertThat(((ForEachStep) first("- { flux: for-each, in: [1, b], do: }")).items().source())
			.isEqualTo(List.of(1L, "b"));
	}

	@Test
	void listInAListOfStepsIsParallel() {
		ParallelStep step = (ParallelStep) first("- [ one, { process: two, id: second } ]");
		assertThat(step.join()).isEqualTo(ParallelStep.Join.ALL);
		assertThat(step.position().orElseThrow()).hasToString("test.yml:2:5");
		assertThat(step.branches()).extracting(Block::address)
			.containsExactly("steps[0].branches[0]", "steps[0].branches[1]");
		assertThat(step.branches().get(1).steps()).extracting(Step::id).containsExactly("second");
		assertThat(step.branches().get(1).steps().get(0).address()).isEqualTo("steps[0].branches[1][0]");
	}

	@Test
	void branchesAreListsOfSteps() {
		ParallelStep step = (ParallelStep) first("""
				- flux: parallel
				  id: both
				  branches: [ [a, b], [], [c] ]
				  join: any
				""");
		assertThat(step.id()).isEqualTo("both");
		assertThat(step.join()).isEqualTo(ParallelStep.Join.ANY);
		assertThat(step.blocks()).extracting((block) -> block.steps().size()).containsExactly(2, 0, 1);
	}

	@Test
	void workflowHasArguments() {
		WorkflowStep step = (WorkflowStep) first("- { flux: workflow, name: fulfil, id: sub, with: { id: 5 } }");
		assertThat(step.workflow()).hasToString("fulfil");
		assertThat(step.arguments().toMap()).isEqualTo(Map.of("id", 5L));
	}

	@Test
	void waitSeesThePayload() {
		WaitStep step = (WaitStep) first("""
				- flux: wait
				  signal: cmd_approve
				  where: payload.id == domain.id
				  timeout: "#{domain.patience}"
				  then: [ship]
				  else: [cancel]
				""");
		assertThat(step.signal()).isEqualTo("cmd_approve");
		assertThat(step.where().text()).isEqualTo("payload.id == domain.id");
		assertThat(step.until()).isNull();
		assertThat(step.timeout().isConstant()).isFalse();
		assertThat(step.blocks()).extracting(Block::name).containsExactly("then", "else");
		WaitStep until = (WaitStep) first("- { flux: wait, until: domain.ok, timeout: 1h, else: [cancel] }");
		assertThat(until.signal()).isNull();
		assertThat(until.until().text()).isEqualTo("domain.ok");
		assertThat(until.timeout().source()).isEqualTo("1h");
		assertThat(until.then()).isNull();
		assertThat(until.otherwise().steps()).hasSize(1);
		assertThat(((WaitStep) first("- { flux: wait, signal: a, then: [b] }")).otherwise()).isNull();
	}

	@Test
	void timeHasUnits() {
		assertThat(((SleepStep) first("- { flux: sleep, for: 5m }")).duration().source()).isEqualTo("5m");
		EveryStep step = (EveryStep) first("""
				- flux: every
				  period: 16666us
				  overrun: catch_up
				  until: domain.done
				  do: [frame]
				""");
		assertThat(step.period()).isEqualTo(Duration.ofNanos(16_666_000));
		assertThat(step.overrun()).isEqualTo(EveryStep.Overrun.CATCH_UP);
		assertThat(step.until().text()).isEqualTo("domain.done");
		EveryStep plain = (EveryStep) first("- { flux: every, period: 1s, do: [] }");
		assertThat(plain.overrun()).isEqualTo(EveryStep.Overrun.SKIP);
		assertThat(plain.until()).isNull();
	}

	@Test
	void wordsThatEndOrSpeakHaveValues() {
		EmitStep emit = (EmitStep) first("- { flux: emit, signal: order.placed, payload: { id: '#{domain.id}' } }");
		assertThat(emit.signal()).isEqualTo("order.placed");
		assertThat(emit.payload().source()).isEqualTo(Map.of("id", "#{domain.id}"));
		assertThat(((EmitStep) first("- { flux: emit, signal: a }")).payload().source()).isNull();
		assertThat(((ReturnStep) first("- { flux: return, value: '#{domain.n + 1}' }")).value().source())
			.isEqualTo("#{domain.n + 1}");
		assertThat(((ReturnStep) first("- flux: return")).value().source()).isNull();
		FailStep fail = (FailStep) first("- { flux: fail, error: OutOfStock, message: 'no #{domain.x}' }");
		assertThat(fail.error()).isEqualTo("OutOfStock");
		assertThat(fail.message().source()).isEqualTo("no #{domain.x}");
		assertThat(((FailStep) first("- { flux: fail, error: OutOfStock }")).message().source()).isEqualTo("");
	}

	@Test
	void documentHasOptions() {
		Workflow workflow = WorkflowParser.parse("""
				version: 1.10
				max_ops: 50
				timeout: 2h
				isolation: hybrid
				inputs: { id: text }
				on:
				  signal: order.placed
				  where: payload.total > domain.limit
				  key: "#{payload.id}"
				  with: { id: "#{payload.id}" }
				on_error:
				  - process: alarm
				    with: { error: "#{run.error.type}" }
				steps: [work]
				""", "test.yml");
		WorkflowOptions options = workflow.options();
		assertThat(options.version()).isEqualTo("1.10");
		assertThat(options.maxOps()).isEqualTo(50);
		assertThat(options.timeout()).isEqualTo(Duration.ofHours(2));
		assertThat(options.isolation()).isEqualTo(Isolation.HYBRID);
		assertThat(options.onError().address()).isEqualTo("on-error");
		assertThat(options.onError().steps().get(0).address()).isEqualTo("on-error[0]");
		WorkflowTrigger trigger = options.trigger();
		assertThat(trigger.signal().text()).isEqualTo("order.placed");
		assertThat(trigger.signal().position()).hasToString("test.yml:7:11");
		assertThat(trigger.where().text()).isEqualTo("payload.total > domain.limit");
		assertThat(trigger.key().source()).isEqualTo("#{payload.id}");
		assertThat(trigger.arguments().toMap()).isEqualTo(Map.of("id", "#{payload.id}"));
	}

	@Test
	void resultsOfAllStepsThatHaveOneCanBeRead() {
		Workflow workflow = WorkflowParser.parse("""
				steps:
				  - charge
				  - { flux: call, id: tool, process: "#{domain.tool}", allow: [a] }
				  - { flux: workflow, id: sub, name: other }
				  - { flux: wait, id: approval, signal: cmd_approve }
				  - { flux: for-each, id: all, in: [1], do: [] }
				  - [ one ]
				  - flux: return
				    value: "#{[results.charge, results.tool, results.sub, results.approval.by, results['all'],
				      results['steps[5]']]}"
				""", "test.yml");
		assertThat(workflow.body().steps()).hasSize(7);
	}

	private static Step first(String steps) {
		return WorkflowParser.parse("steps:\n" + steps.indent(2), "test.yml").body().steps().get(0);
	}

}
