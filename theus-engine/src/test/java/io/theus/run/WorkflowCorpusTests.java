package io.theus.run;

import java.io.IOException;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.theus.error.TheusException;
import io.theus.internal.yaml.YamlParser;
import io.theus.workflow.WorkflowCorpus;
import io.theus.workflow.WorkflowParser;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the documents below {@code workflows/good} and compares what they did with the
 * text file beside them; adds those below {@code workflows/bad} and compares the message.
 * A document says in its first comments what it is given: <pre>
 * # state: { domain.n: 3 }
 * # inputs: { orderId: o-1 }
 * </pre>
 */
class WorkflowCorpusTests {

	@ParameterizedTest
	@MethodSource("io.theus.workflow.WorkflowCorpus#good")
	void documentRunsAsExpected(String name) throws IOException {
		String document = WorkflowCorpus.read("good", name + ".yml");
		try (WorkflowFixture fixture = new WorkflowFixture()) {
			Map<String, Object> state = given(document, "# state:");
			if (!state.isEmpty()) {
				fixture.set(state);
			}
			fixture.workflows().add(WorkflowParser.parse(document, name + ".yml"));
			String actual;
			try {
				actual = describe(fixture, fixture.workflows().run(name, given(document, "# inputs:")));
			}
			catch (TheusException ex) {
				actual = ex.getClass().getSimpleName() + "\n" + ex.getMessage() + "\n";
			}
			assertThat(actual).isEqualTo(WorkflowCorpus.read("good", name + ".txt"));
		}
	}

	@ParameterizedTest
	@MethodSource("io.theus.workflow.WorkflowCorpus#bad")
	void mistakeIsReportedAtItsPlace(String name) throws IOException {
		String document = WorkflowCorpus.read("bad", name + ".yml");
		try (WorkflowFixture fixture = new WorkflowFixture()) {
			String actual = "accepted";
			try {
				fixture.workflows().add(WorkflowParser.parse(document, name + ".yml"));
			}
			catch (TheusException ex) {
				actual = ex.getMessage() + "\n";
			}
			assertThat(actual).isEqualTo(WorkflowCorpus.read("bad", name + ".txt"));
		}
	}

	@Test
	void corpusIsThere() throws IOException {
		assertThat(WorkflowCorpus.good()).hasSizeGreaterThanOrEqualTo(55);
		assertThat(WorkflowCorpus.bad()).hasSizeGreaterThanOrEqualTo(150);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> given(String document, String marker) {
		return document.lines()
			.filter((line) -> line.startsWith(marker))
			.map((line) -> (Map<String, Object>) YamlParser.parse(line.substring(marker.length()), "given").toPlain())
			.findFirst()
			.orElse(Map.of());
	}

	private static String describe(WorkflowFixture fixture, Run run) {
		StringBuilder text = new StringBuilder(run.state() + "\n");
		run.history()
			.forEach((visit) -> text.append(visit.step())
				.append(' ')
				.append(visit.outcome())
				.append((visit.block() != null) ? " " + visit.block() : "")
				.append('\n'));
		text.append("results ").append(run.results()).append('\n');
		text.append("state ").append(fixture.head().toMap()).append('\n');
		return text.toString();
	}

}
