package io.theus.audit.recipe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

import io.theus.internal.yaml.YamlParser;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the JSON Schema for editors against the documents that the parser is tested with.
 */
class RecipeSchemaTests {

	private static final String NO_YAML = "not-yaml";

	// What only the processes of an application show
	private static final String BOUND = "bound-";

	// Mistakes that a schema cannot see: a key under two names, what stands elsewhere,
	// and
	// what a value means
	private static final Set<String> INVISIBLE = Set.of("check-twice", "duplicate-default", "duplicate-key",
			"duplicate-section", "inherits-itself", "inherits-unknown", "invariant-path-in-no-commit",
			"invariant-unknown-key", "invariants-a-map", "min-above-max", "min-infinite", "regex-invalid",
			"template-inherits-unknown", "value-with-expression");

	private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
		.getSchema(published(), InputFormat.JSON);

	@ParameterizedTest
	@MethodSource("io.theus.audit.recipe.RecipeCorpus#good")
	void schemaAcceptsWhatTheParserAccepts(String name) throws IOException {
		assertThat(errors("good", name)).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("io.theus.audit.recipe.RecipeCorpus#bad")
	void schemaRefusesWhatTheParserRefuses(String name) throws IOException {
		if (!name.equals(NO_YAML)) {
			boolean visible = !name.startsWith(BOUND) && !INVISIBLE.contains(name);
			assertThat(!errors("bad", name).isEmpty()).isEqualTo(visible);
		}
	}

	@Test
	void documentationHasTheSchemaOfTheJar() throws IOException {
		assertThat(Files.readString(Path.of("../docs/audit.schema.json"))).isEqualTo(published());
	}

	private static List<?> errors(String folder, String name) throws IOException {
		Object document = YamlParser.parse(RecipeCorpus.read(folder, name + ".yml"), "test.yml").toPlain();
		return SCHEMA.validate(new ObjectMapper().<JsonNode>valueToTree(document));
	}

	private static String published() {
		try (InputStream schema = AuditRecipe.class.getResourceAsStream("/META-INF/theus/audit.schema.json")) {
			return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalStateException("the schema cannot be read", ex);
		}
	}

}
