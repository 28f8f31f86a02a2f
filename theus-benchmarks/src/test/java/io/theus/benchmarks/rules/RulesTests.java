package io.theus.benchmarks.rules;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class RulesTests {

	@ParameterizedTest
	@EnumSource
	void eachCandidateHasAllRules(RulesType type) {
		RulesState state = new RulesState();
		state.rulesType = type;
		state.open();
		for (int i = 0; i < 2000; i++) {
			assertThat(state.check()).isZero();
		}
	}

}
