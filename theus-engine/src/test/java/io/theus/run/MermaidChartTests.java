package io.theus.run;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.theus.run.StepVisit.Outcome;
import io.theus.workflow.Workflow;
import io.theus.workflow.WorkflowParser;

import static org.assertj.core.api.Assertions.assertThat;

class MermaidChartTests {

	@Test
	void emptyWorkflowLeadsFromItsBeginningToItsEnd() {
		try (WorkflowFixture fixture = new WorkflowFixture()) {
			fixture.add("name: nothing");
			assertThat(fixture.workflows().describe("nothing")).isEqualTo("""
					flowchart TD
					    n0(["nothing"])
					    n1(["end"])
					    n0 --> n1
					""");
		}
	}

	@Test
	void everyKindOfStepIsDrawn() {
		try (WorkflowFixture fixture = new WorkflowFixture()) {
			fixture.add("""
					name: all
					steps:
					  - increment
					  - flux: while
					    condition: domain.n < 3 and "x" != '#'
					    do:
					      - flux: run
					        id: group
					        steps:
					          - process: note
					            id: first
					            with: { text: a }
					          - flux: run
					            steps: []
					  - flux: if
					    condition: domain.a
					    then: [increment]
					    elif: [{ condition: domain.b, then: [] }]
					    else: [stop]
					  - { flux: if, condition: domain.c, then: [stop] }
					""");
			assertThat(fixture.workflows().describe("all")).isEqualTo("""
					flowchart TD
					    n0(["all"])
					    n1["increment"]
					    n2{"domain.n #lt; 3 and #quot;x#quot; != '#35;'"}
					    subgraph n3["group"]
					        n4["first: note"]
					        subgraph n5["steps[1].do[0].steps[1]"]
					        end
					    end
					    n6{"domain.a"}
					    n7["increment"]
					    n8{"domain.b"}
					    n9["stop"]
					    n10{"domain.c"}
					    n11["stop"]
					    n12(["end"])
					    n0 --> n1
					    n1 --> n2
					    n2 -->|"yes"| n4
					    n4 --> n2
					    n2 -->|"no"| n6
					    n6 -->|"yes"| n7
					    n6 -->|"no"| n8
					    n8 -->|"no"| n9
					    n7 --> n10
					    n8 -->|"yes"| n10
					    n9 --> n10
					    n10 -->|"yes"| n11
					    n11 --> n12
					    n10 -->|"no"| n12
					""");
		}
	}

	@Test
	void kindsThatWaitAndBranchAreDrawn() {
		Workflow workflow = WorkflowParser.parse("""
				name: many
				inputs: { id: text }
				steps:
				  - process: charge
				    compensate: refund
				    catch: { Declined: [{ process: note, id: declined }], Busy: [] }
				  - flux: switch
				    id: size
				    value: "#{inputs.id}"
				    cases: { small: [a], 7: [b] }
				  - flux: for-each
				    id: lines
				    in: "#{[1, 2]}"
				    as: line
				    parallel: 4
				    do: [c]
				  - flux: parallel
				    branches: [[d, e], [f]]
				    join: any
				  - { flux: call, id: act, process: "#{inputs.id}", allow: [g, h], with: {} }
				  - { flux: workflow, id: ship, name: shipping }
				  - flux: wait
				    id: approval
				    signal: go
				    where: payload == inputs.id
				    timeout: 1h
				    then: [i]
				    else: [j]
				  - { flux: wait, until: domain.ready }
				  - { flux: sleep, for: 5m }
				  - { flux: every, period: 1s, until: domain.stop, do: [k] }
				  - { flux: emit, signal: done }
				  - { flux: if, condition: domain.ok, then: [{ flux: return, value: "`1`" }] }
				  - { flux: fail, id: broken, error: Broken }
				on-error: [l]
				""", "test.yml");
		assertThat(MermaidChart.of(workflow)).isEqualTo("""
				flowchart TD
				    n0(["many"])
				    n1["charge"]
				    n2("refund")
				    n3["declined: note"]
				    n4{"#35;{inputs.id}"}
				    n5["a"]
				    n6["b"]
				    n7{{"lines: line in #35;{[1, 2]}, 4 at a time"}}
				    n8["c"]
				    n9{{"parallel"}}
				    n10["d"]
				    n11["e"]
				    n12["f"]
				    n13{{"any"}}
				    n14["act: call #35;{inputs.id} of g, h"]
				    n15[["ship: workflow shipping"]]
				    n16(["approval: wait for go where payload == inputs.id, at most 1h"])
				    n17["i"]
				    n18["j"]
				    n19(["wait until domain.ready"])
				    n20(["sleep 5m"])
				    n21{{"every PT1S until domain.stop"}}
				    n22["k"]
				    n23("emit done")
				    n24{"domain.ok"}
				    n25("return #96;1#96;")
				    n26(["broken: fail Broken"])
				    n27(["end"])
				    n28(["on error"])
				    n29["l"]
				    n30(["failed"])
				    n0 --> n1
				    n1 -.->|"undo"| n2
				    n1 -.->|"Declined"| n3
				    n1 --> n4
				    n3 --> n4
				    n1 -.->|"Busy"| n4
				    n4 -->|"= small"| n5
				    n4 -->|"= 7"| n6
				    n5 --> n7
				    n6 --> n7
				    n4 -->|"else"| n7
				    n7 -->|"each"| n8
				    n8 --> n7
				    n7 -->|"done"| n9
				    n9 --> n10
				    n10 --> n11
				    n9 --> n12
				    n11 --> n13
				    n12 --> n13
				    n13 --> n14
				    n14 --> n15
				    n15 --> n16
				    n16 -->|"then"| n17
				    n16 -->|"too late"| n18
				    n17 --> n19
				    n18 --> n19
				    n19 --> n20
				    n20 --> n21
				    n21 -->|"each"| n22
				    n22 --> n21
				    n21 -->|"done"| n23
				    n23 --> n24
				    n24 -->|"yes"| n25
				    n24 -->|"no"| n26
				    n25 --> n27
				    n28 --> n29
				    n29 --> n30
				""");
	}

	@Test
	void repetitionWithoutAnEndLeadsNowhere() {
		Workflow workflow = WorkflowParser.parse("name: tick\nsteps: [{ flux: every, period: 1s, do: [a] }]",
				"test.yml");
		assertThat(MermaidChart.of(workflow)).isEqualTo("""
				flowchart TD
				    n0(["tick"])
				    n1{{"every PT1S"}}
				    n2["a"]
				    n3(["end"])
				    n0 --> n1
				    n1 -->|"each"| n2
				    n2 --> n1
				""");
	}

	@Test
	void pathOfARunIsMarked() {
		Workflow workflow = WorkflowParser.parse("""
				name: path
				steps:
				  - { flux: while, id: loop, condition: domain.n < 3, do: [increment] }
				  - flux: if
				    id: choice
				    condition: domain.a
				    then: [a]
				    elif: [{ condition: domain.b, then: [b] }, { condition: domain.c, then: [c] }]
				  - { process: charge, compensate: refund, catch: { Declined: [declined] } }
				  - { flux: parallel, id: fork, branches: [[d], [e]] }
				  - { flux: sleep, id: nap, for: 5m }
				""", "test.yml");
		List<StepVisit> visits = new ArrayList<>();
		visits.add(new StepVisit("loop", "steps[0]", Outcome.ENTERED, "do"));
		visits.add(new StepVisit("increment", "steps[0].do[0]", Outcome.COMPLETED, null));
		visits.add(new StepVisit("loop", "steps[0]", Outcome.ENTERED, "do"));
		visits.add(new StepVisit("increment", "steps[0].do[0]", Outcome.COMPENSATED, null));
		visits.add(new StepVisit("loop", "steps[0]", Outcome.PASSED, null));
		visits.add(new StepVisit("choice", "steps[1]", Outcome.ENTERED, "elif[0].then"));
		visits.add(new StepVisit("b", "steps[1].elif[0].then[0]", Outcome.RETRIED, null));
		visits.add(new StepVisit("charge", "steps[2]", Outcome.CAUGHT, "catch.Declined"));
		visits.add(new StepVisit("fork", "steps[3]", Outcome.ENTERED, null));
		visits.add(new StepVisit("d", "steps[3].branches[0][0]", Outcome.FAILED, null));
		visits.add(new StepVisit("nap", "steps[4]", Outcome.WAITING, null));
		assertThat(MermaidChart.of(workflow, new RunMarks(visits, false))).isEqualTo("""
				flowchart TD
				    n0(["path"])
				    n1{"domain.n #lt; 3"}
				    n2["increment"]
				    n3{"domain.a"}
				    n4["a"]
				    n5{"domain.b"}
				    n6["b"]
				    n7{"domain.c"}
				    n8["c"]
				    n9["charge"]
				    n10("refund")
				    n11["declined"]
				    n12{{"fork: parallel"}}
				    n13["d"]
				    n14["e"]
				    n15{{"all"}}
				    n16(["nap: sleep 5m"])
				    n17(["end"])
				    n0 --> n1
				    n1 -->|"yes ×2"| n2
				    n2 --> n1
				    n1 -->|"no"| n3
				    n3 -->|"yes"| n4
				    n3 -->|"no"| n5
				    n5 -->|"yes"| n6
				    n5 -->|"no"| n7
				    n7 -->|"yes"| n8
				    n4 --> n9
				    n6 --> n9
				    n8 --> n9
				    n7 -->|"no"| n9
				    n9 -.->|"undo"| n10
				    n9 -.->|"Declined"| n11
				    n9 --> n12
				    n11 --> n12
				    n12 --> n13
				    n12 --> n14
				    n13 --> n15
				    n14 --> n15
				    n15 --> n16
				    n16 --> n17
				    classDef done fill:#d9f2d9,stroke:#2e7d32
				    class n1,n3,n5 done
				    classDef compensated fill:#e8e0f0,stroke:#6a1b9a,stroke-dasharray:4
				    class n2 compensated
				    classDef active fill:#d6e8fa,stroke:#1565c0,stroke-width:3px
				    class n6,n12 active
				    classDef failed fill:#f8d7da,stroke:#b00020
				    class n9,n13 failed
				    classDef waiting fill:#fff3cd,stroke:#b8860b
				    class n16 waiting
				    linkStyle 1,3,5,6,14 stroke:#2e7d32,stroke-width:3px
				""");
		assertThat(MermaidChart.of(workflow, new RunMarks(visits, true))).doesNotContain("class n6,n12 active")
			.contains("class n6 active");
	}

	@Test
	void runIsDrawnWithWhatItHasDone() {
		try (WorkflowFixture fixture = new WorkflowFixture()) {
			Run run = fixture.run("name: two\nsteps: [increment, { flux: if, condition: domain.n > 5, then: [stop] }]");
			assertThat(fixture.workflows().describe(run)).contains("    class n1,n2 done\n")
				.contains("    n2 -->|\"no\"| n4\n")
				.endsWith("    linkStyle 4 stroke:#2e7d32,stroke-width:3px\n");
			assertThat(fixture.workflows().describe("two")).doesNotContain("class");
		}
	}

	@ParameterizedTest
	@EnumSource
	void everyOutcomeHasAColour(Outcome outcome) {
		Workflow workflow = WorkflowParser.parse("name: one\nsteps: [increment]", "test.yml");
		RunMarks marks = new RunMarks(List.of(new StepVisit("increment", "steps[0]", outcome, null)), false);
		assertThat(MermaidChart.of(workflow, marks))
			.containsPattern("\\n    classDef (\\w+) fill:.*\\n    class n1 \\1\\n");
	}

}
