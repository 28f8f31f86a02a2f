package io.theus.engine;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.theus.audit.AuditBlockException;
import io.theus.audit.AuditStopException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RecipeInvariantTests {

	private static final String RECIPE = """
			audit: { level: S }
			processes:
			  bump:
			    level: B
			    inputs:
			      - { field: by, max: 10 }
			invariants:
			  - name: ticks
			    step: { path: domain.count, max: 3 }
			""";

	@Test
	void invariantsOfARecipeHaveItsPolicy() {
		try (TheusEngine engine = TheusEngine.builder()
			.audit("audit.yml", RECIPE)
			.initialState(() -> Map.of("domain", Map.of("count", 0L)))
			.process("bump", (spec) -> spec.updates("domain.count").argument("by", Long.class).body((state, args) -> {
				state.set("domain.count", state.get("domain.count", Long.class) + (Long) args.get("by"));
				return null;
			}))
			.build()) {
			engine.execute("bump", 3L);
			assertThatExceptionOfType(AuditBlockException.class).isThrownBy(() -> engine.execute("bump", 11L));
			assertThatExceptionOfType(AuditStopException.class).isThrownBy(() -> engine.execute("bump", 4L))
				.satisfies((ex) -> assertThat(ex.rule()).isEqualTo("invariant:ticks"));
			assertThat(engine.audit().stop()).isPresent();
		}
	}

}
