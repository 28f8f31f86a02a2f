package io.theus.run;

import org.junit.jupiter.api.Test;

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
					    n2 -->|yes| n4
					    n4 --> n2
					    n2 -->|no| n6
					    n6 -->|yes| n7
					    n6 -->|no| n8
					    n8 -->|no| n9
					    n7 --> n10
					    n8 -->|yes| n10
					    n9 --> n10
					    n10 -->|yes| n11
					    n11 --> n12
					    n10 -->|no| n12
					""");
		}
	}

}
