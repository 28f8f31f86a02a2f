package io.theus.benchmarks.read;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class DrawsTests {

	private static final int KEYS = 50;

	@ParameterizedTest
	@EnumSource
	void eachAttemptReadsTheValuesOfItsKeys(ReadingType type) {
		Draws draws = new Draws(KEYS);
		try (Reading reading = type.open(KEYS, draws)) {
			long first = draws.next(reading);
			assertThat(first).isBetween(1L, (long) KEYS * Draws.READS);
			assertThat(draws.next(reading)).isNotEqualTo(first);
		}
	}

	@Test
	void valuesOfOtherKeysAreRefused() {
		Draws draws = new Draws(KEYS);
		assertThatIllegalStateException().isThrownBy(() -> draws.next((from) -> -1))
			.withMessageMatching(
					"values are not those of the keys: expected=\\d+, sum=-1, do not count this measurement");
	}

}
