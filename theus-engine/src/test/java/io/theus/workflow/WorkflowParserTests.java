package io.theus.workflow;

import java.math.BigDecimal;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.theus.internal.yaml.InvalidYamlException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WorkflowParserTests {

	@ParameterizedTest
	@CsvSource({ "fulfil.yml, fulfil", "theus/workflows/fulfil.yaml, fulfil", "C:\\flows\\ship-order.YML, ship-order",
			"class path resource [theus/workflows/fulfil.yml], fulfil", "file [fulfil.yml], fulfil", "inline, inline",
			"a.b.yml, a.b" })
	void nameIsThatOfTheFile(String resource, String name) {
		assertThat(WorkflowParser.parse("steps: []", resource).name()).isEqualTo(name);
		assertThat(WorkflowParser.parse("", resource).name()).isEqualTo(name);
		assertThat(WorkflowParser.parse("", resource).source()).isEqualTo(resource);
	}

	@Test
	void nameInTheDocumentGoesBeforeOthers() {
		assertThat(WorkflowParser.parse("name: ship", "a.yml").name()).isEqualTo("ship");
		assertThat(WorkflowParser.parse("name: ship", "a.yml", "b").name()).isEqualTo("ship");
		assertThat(WorkflowParser.parse("steps:", "a.yml", "b").name()).isEqualTo("b");
	}

	@Test
	void stepsKnowTheirPlaces() {
		Workflow workflow = WorkflowParser.parse("""
				max-ops: 7
				inputs:
				  a: text
				  b: { type: number, default: 1.5 }
				steps:
				  - flux: if
				    condition: "#{ domain.x > 1 }"
				    then:
				      - one
				      - process: two
				        id: second
				    elif:
				      - { condition: domain.y, then: [three] }
				""", "places.yml");
		assertThat(workflow.options().maxOps()).isEqualTo(7);
		assertThat(workflow.inputs().values()).containsExactly(new WorkflowInput("a", InputType.TEXT, true, null),
				new WorkflowInput("b", InputType.NUMBER, false, new BigDecimal("1.5")));
		IfStep choice = (IfStep) workflow.body().steps().get(0);
		assertThat(choice.position().orElseThrow()).hasToString("places.yml:6:5");
		assertThat(choice.branches().get(0).condition().text()).isEqualTo("domain.x > 1");
		assertThat(choice.otherwise()).isNull();
		Step second = choice.branches().get(0).block().steps().get(1);
		assertThat(second.id()).isEqualTo("second");
		assertThat(second.address()).isEqualTo("steps[0].then[1]");
		assertThat(second.position().orElseThrow()).hasToString("places.yml:10:9");
		assertThat(choice.branches().get(1).block().steps().get(0).address()).isEqualTo("steps[0].elif[0].then[0]");
	}

	@Test
	void mistakeHasItsFactsAsFields() {
		assertThatExceptionOfType(InvalidWorkflowException.class)
			.isThrownBy(() -> WorkflowParser.parse("steps:\n  - flux: jump\n", "a.yml"))
			.satisfies((ex) -> {
				assertThat(ex.workflow()).isEqualTo("a");
				assertThat(ex.problem()).isEqualTo("unknown step kind 'jump', known=[if, while, run, switch, "
						+ "for-each, parallel, workflow, call, wait, sleep, every, emit, return, fail]");
				assertThat(ex.position()).hasToString("a.yml:2:11");
				assertThat(ex.position().lineText()).isEqualTo("  - flux: jump");
			});
	}

	@Test
	void keysAndWordsAreNotMistakenForBooleans() {
		assertThat(WorkflowParser.parse("on: x", "a.yml").options().trigger().signal().text()).isEqualTo("x");
		Workflow workflow = WorkflowParser.parse("steps: [{ process: p, with: { a: yes, b: true, c: 017 } }]", "a");
		ProcessStep step = (ProcessStep) workflow.body().steps().get(0);
		assertThat(step.arguments().toMap()).isEqualTo(Map.of("a", "yes", "b", true, "c", 17L));
	}

	@Test
	void deepNestingIsRefusedBeforeItHurts() {
		String document = "steps: " + "[{ flux: run, steps: ".repeat(200) + "[]" + "}]".repeat(200);
		assertThatExceptionOfType(InvalidYamlException.class)
			.isThrownBy(() -> WorkflowParser.parse(document, "deep.yml"))
			.withMessageContaining("nested too deeply");
	}

}
