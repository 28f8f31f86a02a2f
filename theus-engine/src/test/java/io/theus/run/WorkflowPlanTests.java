package io.theus.run;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.theus.workflow.WorkflowParser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WorkflowPlanTests {

	private final WorkflowFixture fixture = new WorkflowFixture();

	private final Map<String, BoundWorkflow> workflows = new HashMap<>();

	WorkflowPlanTests() {
		this.fixture.process("pay.charge",
				(spec) -> spec.inputs("domain.orders.{id}")
					.outputs("domain.total")
					.emits("paid")
					.sends("bookings")
					.sideEffects("http:pay")
					.error(IllegalStateException.class)
					.argument("id", Object.class)
					.body((state, args) -> null));
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	private void add(String text) {
		BoundWorkflow bound = BoundWorkflow.bind(WorkflowParser.parse(text, "test.yml"),
				this.fixture.engine().processes());
		this.workflows.put(bound.workflow().name(), bound);
	}

	private WorkflowPlan plan(String workflow) {
		this.workflows.values().forEach((each) -> each.link(this.workflows::get));
		return Planner.plan(this.workflows.get(workflow));
	}

	@Test
	void everyKindOfStepIsListed() {
		add("""
				name: all
				inputs: { id: text, n: integer }
				steps:
				  - process: charge
				    timeout: 10s
				    isolation: safe
				    retry: { attempts: 3, backoff: 200ms, errors: [IllegalStateException] }
				    compensate: increment
				    catch: { IllegalStateException: [stop] }
				  - flux: if
				    id: size
				    condition: domain.total > 5
				    then: [increment]
				    elif: [{ condition: domain.total > 3, then: [] }]
				    else: [stop]
				  - flux: switch
				    value: "#{inputs.id}"
				    cases: { a: [{ process: note, with: { text: "#{inputs.n}" } }] }
				  - { flux: while, condition: domain.n < 3, do: [{ flux: run, steps: [increment] }, stop] }
				  - { flux: for-each, in: "#{[1, 2]}", as: each, parallel: 2, do: [increment] }
				  - { flux: parallel, branches: [[increment], [stop]], join: any }
				  - { flux: call, id: act, process: "#{inputs.id}", allow: [increment, stop], with: {} }
				  - { flux: wait, signal: go, where: payload == inputs.id, timeout: 1h, else: [stop] }
				  - { flux: wait, until: domain.n > 3 }
				  - { flux: sleep, for: 5m }
				  - { flux: every, period: 1s, overrun: catch-up, until: domain.n > 9, do: [increment] }
				  - { flux: emit, signal: done, payload: "#{inputs.id}" }
				  - { flux: return, value: 1 }
				  - { flux: fail, error: Broken, message: "no #{inputs.id}" }
				""");
		assertThat(plan("all")).hasToString(
				"""
						workflow all
						  - process charge  (steps[0]) isolation=SAFE timeout=PT10S retry={attempts=3, backoff=PT0.2S, errors=[IllegalStateException]} compensate=increment
						      pay.charge reads=[domain.orders.{id}] writes=[domain.total] emits=[paid] sends=[bookings] sideEffects=[http:pay]
						    catch.IllegalStateException:
						      - process stop  (steps[0].catch.IllegalStateException[0])
						          alarm.stop emits=[cmd_stop]
						  - if size  (steps[1]) then=domain.total > 5 elif[0].then=domain.total > 3
						    then:
						      - process increment  (steps[1].then[0])
						          counter.increment reads=[domain.n] writes=[domain.n]
						    else:
						      - process  (steps[1].else[0])
						          alarm.stop emits=[cmd_stop]
						  - switch  (steps[2]) value=#{inputs.id}
						    cases.a:
						      - process note  (steps[2].cases.a[0]) with={text=#{inputs.n}}
						          journal.note reads=[domain.notes] writes=[domain.notes]
						  - while  (steps[3]) condition=domain.n < 3
						    do:
						      - run  (steps[3].do[0])
						        steps:
						          - process  (steps[3].do[0].steps[0])
						              counter.increment reads=[domain.n] writes=[domain.n]
						      - process  (steps[3].do[1])
						          alarm.stop emits=[cmd_stop]
						  - for-each  (steps[4]) in=#{[1, 2]} as=each parallel=2
						    do:
						      - process  (steps[4].do[0])
						          counter.increment reads=[domain.n] writes=[domain.n]
						  - parallel  (steps[5]) join=any
						    branches[0]:
						      - process  (steps[5].branches[0][0])
						          counter.increment reads=[domain.n] writes=[domain.n]
						    branches[1]:
						      - process  (steps[5].branches[1][0])
						          alarm.stop emits=[cmd_stop]
						  - call act  (steps[6]) process=#{inputs.id} with={}
						      counter.increment reads=[domain.n] writes=[domain.n]
						      alarm.stop emits=[cmd_stop]
						  - wait  (steps[7]) signal=go where=payload == inputs.id timeout=1h
						    else:
						      - process  (steps[7].else[0])
						          alarm.stop emits=[cmd_stop]
						  - wait  (steps[8]) until=domain.n > 3
						  - sleep  (steps[9]) for=5m
						  - every  (steps[10]) period=PT1S overrun=catch-up until=domain.n > 9
						    do:
						      - process  (steps[10].do[0])
						          counter.increment reads=[domain.n] writes=[domain.n]
						  - emit  (steps[11]) signal=done payload=#{inputs.id}
						  - return  (steps[12]) value=1
						  - fail  (steps[13]) error=Broken message=no #{inputs.id}
						""");
	}

	@Test
	void furtherWorkflowsAreListedOnce() {
		add("""
				name: outer
				steps:
				  - { flux: workflow, name: inner, with: { n: 1 } }
				  - { flux: workflow, name: inner, with: { n: 2 } }
				""");
		add("name: inner\ninputs: { n: integer }\nsteps: [increment, { flux: workflow, id: again, name: inner }]");
		assertThat(plan("outer")).hasToString("""
				workflow outer
				  - workflow  (steps[0]) name=inner with={n=1}
				    steps:
				      - process increment  (steps[0])
				          counter.increment reads=[domain.n] writes=[domain.n]
				      - workflow again  (steps[1]) name=inner  (runs itself again)
				  - workflow  (steps[1]) name=inner with={n=2}  (its steps are listed above)
				""");
	}

	@Test
	void whatRunsAfterAFailureIsListedLast() {
		add("name: one\nsteps: [increment]\non-error: [{ process: stop, id: clean }]");
		assertThat(plan("one")).hasToString("""
				workflow one
				  - process increment  (steps[0])
				      counter.increment reads=[domain.n] writes=[domain.n]
				on-error:
				  - process clean  (on-error[0])
				      alarm.stop emits=[cmd_stop]
				""");
	}

	@Test
	void stepsAreData() {
		add("name: one\ninputs: { id: text }\nsteps: [{ flux: run, id: g, steps: [charge] }]");
		WorkflowPlan plan = plan("one");
		assertThat(plan.workflow()).isEqualTo("one");
		WorkflowPlan.PlannedStep charge = plan.steps().get(1);
		assertThat(charge.id()).isEqualTo("charge");
		assertThat(charge.workflow()).isEqualTo("one");
		assertThat(charge.address()).isEqualTo("steps[0].steps[0]");
		assertThat(charge.kind()).isEqualTo("process");
		assertThat(charge.depth()).isEqualTo(1);
		assertThat(charge.block()).isEqualTo("steps");
		assertThat(charge.note()).isNull();
		assertThat(charge.processes()).singleElement()
			.satisfies((process) -> assertThat(process.reads()).containsExactly("domain.orders.{id}"));
	}

	@Test
	void planOfAWorkflowIsGivenByName() {
		this.fixture.add("name: one\nsteps: [increment]");
		assertThat(this.fixture.workflows().plan("one").steps()).singleElement()
			.satisfies((step) -> assertThat(step.id()).isEqualTo("increment"));
		assertThatExceptionOfType(WorkflowNotFoundException.class)
			.isThrownBy(() -> this.fixture.workflows().plan("two"))
			.withMessage("workflow 'two' not found, known=[one]");
	}

	@Test
	void emptyWorkflowHasNoSteps() {
		add("name: nothing");
		assertThat(plan("nothing")).hasToString("workflow nothing\n");
	}

}
