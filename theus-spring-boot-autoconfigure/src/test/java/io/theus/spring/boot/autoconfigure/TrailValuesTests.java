package io.theus.spring.boot.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.Show;

import io.theus.spring.actuate.ShownValues;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the trail of the audit keeps of values.
 */
class TrailValuesTests {

	private static ShownValues values(Show show) {
		return new ShownValues(List.of(SanitizingFunction.sanitizeValue().ifKeyContains("secret")), show, Set.of(),
				List.of());
	}

	@Test
	void nothingIsKeptWhereValuesAreShownToNobody() {
		assertThat(values(Show.NEVER).inTrail("domain.n", 7)).isEqualTo("******");
		assertThat(values(Show.NEVER).inTrail("domain.n", Map.of("a", 1))).isEqualTo("******");
	}

	@Test
	void sanitizingFunctionsMaskWhatIsShownOtherwise() {
		assertThat(values(Show.ALWAYS).inTrail("domain.n", 7)).isEqualTo("7");
		assertThat(values(Show.ALWAYS).inTrail("domain.secret", 7)).isEqualTo("******");
		assertThat(values(Show.WHEN_AUTHORIZED).inTrail("domain.secret", 7)).isEqualTo("******");
	}

	@Test
	void partsOfValuesAreNotKept() {
		ShownValues values = values(Show.ALWAYS);
		assertThat(values.inTrail("domain.user", Map.of("secret", "hush"))).isEqualTo("map");
		assertThat(values.inTrail("domain.users", List.of("hush"))).isEqualTo("list");
		assertThat(values.inTrail("domain.user", new User("hush"))).isEqualTo("record");
		assertThat(values.inTrail("domain.secret", Map.of("secret", "hush"))).isEqualTo("******");
	}

	@Test
	void longTextIsShortened() {
		assertThat(values(Show.ALWAYS).inTrail("domain.text", "x".repeat(200))).hasSize(200);
		assertThat(values(Show.ALWAYS).inTrail("domain.text", "x".repeat(100_000))).hasSize(203).endsWith("x...");
	}

	private record User(String secret) {

	}

}
