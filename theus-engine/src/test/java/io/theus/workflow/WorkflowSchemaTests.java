package io.theus.workflow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

import io.theus.internal.yaml.InvalidYamlException;
import io.theus.internal.yaml.YamlParser;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the JSON Schema for editors against the documents that the parser is tested with.
 */
class WorkflowSchemaTests {

	// Mistakes of documents that no parser of YAML reads
	private static final Set<String> NO_YAML = Set.of("duplicate-key", "not-yaml");

	// Mistakes that a schema cannot see: in expressions and the names in them, ...
	private static final Set<String> IN_EXPRESSIONS = Set.of("bad-expression", "bad-expression-in-argument",
			"bad-expression-in-block", "unclosed-expression", "wait-timeout-bad-expression", "unknown-first-name",
			"unknown-input-in-expression", "unknown-result-by-key", "unknown-result-in-expression",
			"emit-has-no-result", "wait-result-of-condition", "wait-payload-in-then", "wait-payload-in-until",
			"item-has-another-name", "item-in-its-own-list", "item-outside-for-each", "on-where-reads-inputs");

	// ... in what only the processes and workflows of an application show, ...
	private static final String BOUND = "bound-";

	// ... in what stands somewhere else, in the document or in the application, ...
	private static final Set<String> ABOUT_OTHERS = Set.of("argument-of-no-arguments", "missing-argument",
			"unknown-argument", "process-ambiguous", "process-not-found", "duplicate-step-id", "on-error-id-taken",
			"on-with-unknown-input", "return-in-branch", "return-in-nested-list", "return-in-parallel-for-each",
			"return-on-error");

	// ... in values whose meaning it does not know, ...
	private static final Set<String> IN_VALUES = Set.of("default-not-constant", "default-of-other-type",
			"retry-backoff-negative", "timeout-negative", "timeout-too-long", "switch-case-twice");

	// ... and in what YAML has taken away before it looks
	private static final Set<String> IN_SPELLING = Set.of("commented-argument", "commented-value", "switch-case-none");

	private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
		.getSchema(published(), InputFormat.JSON);

	@ParameterizedTest
	@MethodSource("io.theus.workflow.WorkflowCorpus#good")
	void schemaAcceptsWhatTheParserAccepts(String name) throws IOException {
		assertThat(errors("good", name)).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("io.theus.workflow.WorkflowCorpus#bad")
	void schemaRefusesWhatTheParserRefuses(String name) throws IOException {
		if (NO_YAML.contains(name)) {
			return;
		}
		boolean visible = !name.startsWith(BOUND) && Stream.of(IN_EXPRESSIONS, ABOUT_OTHERS, IN_VALUES, IN_SPELLING)
			.noneMatch((known) -> known.contains(name));
		assertThat(!errors("bad", name).isEmpty()).isEqualTo(visible);
	}

	@Test
	void schemaAcceptsWhatTheParserAcceptsOfBrokenDocuments() throws IOException {
		long seed = System.nanoTime();
		DocumentMutation mutation = new DocumentMutation(new Random(seed));
		List<String> texts = new ArrayList<>();
		for (String folder : List.of("good", "bad")) {
			for (String name : WorkflowCorpus.documents(folder)) {
				texts.add(WorkflowCorpus.read(folder, name + ".yml"));
			}
		}
		for (int i = 0; i < 3000; i++) {
			String text = mutation.of(texts);
			try {
				WorkflowParser.parse(text, "broken.yml");
			}
			catch (InvalidWorkflowException | InvalidYamlException ex) {
				assertThat(ex).as("seed=%d%n%s", seed, text).hasMessageContaining("line=");
				continue;
			}
			assertThat(errors(text)).as("seed=%d%n%s", seed, text).isEmpty();
		}
	}

	@Test
	void documentationHasTheSchemaOfTheJar() throws IOException {
		assertThat(Files.readString(Path.of("../docs/workflow.schema.json"))).isEqualTo(published());
	}

	private static List<?> errors(String folder, String name) throws IOException {
		return errors(WorkflowCorpus.read(folder, name + ".yml"));
	}

	private static List<?> errors(String text) {
		Object document = YamlParser.parse(text, "test.yml").toPlain();
		return SCHEMA.validate(new ObjectMapper().<JsonNode>valueToTree(document));
	}

	private static String published() {
		try (InputStream schema = Workflow.class.getResourceAsStream("/META-INF/theus/workflow.schema.json")) {
			return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalStateException("the schema cannot be read", ex);
		}
	}

}
