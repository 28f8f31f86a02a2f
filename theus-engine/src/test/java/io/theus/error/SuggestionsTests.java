package io.theus.error;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SuggestionsTests {

	@ParameterizedTest
	@CsvSource({ "stepz,steps", "setps,steps", "step,steps", "stepss,steps", "STEPS,steps",
			"charge_payment,chargePayment", "domian,domain", "iff,if" })
	void oneSlipIsRecognised(String name, String meant) {
		assertThat(Suggestions.closest(name, List.of("timeout", meant, "retry"))).hasValue(meant);
	}

	@ParameterizedTest
	@CsvSource({ "x,y", "ab,cd", "total,amount", "abcdef,fedcba" })
	void whatIsFurtherAwayIsNoSuggestion(String name, String candidate) {
		assertThat(Suggestions.closest(name, List.of(candidate))).isEmpty();
	}

	@Test
	void longerNamesMayDifferInUpToThreeCharacters() {
		assertThat(Suggestions.closest("reserveStockOfOrXYZ", Set.of("reserveStockOfOrder")))
			.hasValue("reserveStockOfOrder");
		assertThat(Suggestions.closest("reserveStockOfWXYZ!", Set.of("reserveStockOfOrder"))).isEmpty();
	}

	@Test
	void closestOfSeveralWins() {
		assertThat(Suggestions.closest("inputs", List.of("outputs", "input", "put"))).hasValue("input");
	}

	@Test
	void amongEquallyCloseTheFirstInTheAlphabetWins() {
		assertThat(Suggestions.closest("cat", List.of("rat", "bat", "hat"))).hasValue("bat");
		assertThat(Suggestions.closest("cat", List.of("hat", "bat", "rat"))).hasValue("bat");
	}

	@Test
	void veryLongNamesHaveNoSuggestion() {
		String name = "a".repeat(101);
		assertThat(Suggestions.closest(name, List.of(name.substring(1)))).isEmpty();
	}

	@Test
	void tailOfMessageIsEmptyWithoutSuggestion() {
		assertThat(Suggestions.didYouMean("stepz", List.of("steps"))).isEqualTo(", did you mean 'steps'");
		assertThat(Suggestions.didYouMean("stepz", List.of("name"))).isEmpty();
		assertThat(Suggestions.didYouMean("stepz", List.of())).isEmpty();
	}

}
