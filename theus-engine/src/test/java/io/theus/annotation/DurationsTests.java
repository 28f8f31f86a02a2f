package io.theus.annotation;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DurationsTests {

	@ParameterizedTest
	@CsvSource({ "50ns, PT0.00000005S", "100us, PT0.0001S", "500ms, PT0.5S", "10s, PT10S", "2m, PT2M", "1h, PT1H",
			"7d, PT168H", "PT10S, PT10S", "' 5s ', PT5S", "0s, PT0S" })
	void durationsAreReadAsTheyAreWritten(String text, Duration expected) {
		assertThat(Durations.parse(text)).contains(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "5", "s", "5 s", "-5s", "1.5s", "five", "5w", "9999999999999999999s",
			"999999999999999999d", "999999999999999999us" })
	void otherTextIsNone(String text) {
		assertThat(Durations.parse(text)).isEmpty();
	}

}
