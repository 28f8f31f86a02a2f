package io.theus.benchmarks.report;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GroupResultTests {

	@Test
	void onlyFailuresOfTheusFailTheRun() {
		TrialResult theus = Samples.failed(Samples.THEUS, "lost");
		GroupResult result = Samples.result(Samples.FULL, theus, Samples.failed(Samples.PEER, "lost"));
		assertThat(result.failuresOfTheus()).containsExactly(theus);
	}

	@Test
	void failedPeerBeatsNobody() {
		GroupResult result = Samples.result(Samples.FULL, Samples.measured(Samples.THEUS, 1.0),
				Samples.failed(Samples.PEER, "lost"));
		assertThat(result.defeats()).isEmpty();
	}

}
