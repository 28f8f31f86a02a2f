package io.theus.benchmarks.report;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class JsonReportTests {

	@Test
	void reportHoldsEveryRoundAndTheVerdicts() {
		JsonNode report = read(Samples.measured(Samples.THEUS, 2e6, 4e6, 3e6),
				Samples.measured(Samples.PEER, 6e6, 6e6, 6e6));
		JsonNode theus = report.path("results").path(0);
		assertThat(theus.path("candidate").asString()).isEqualTo("Theus");
		assertThat(theus.path("perSecond").path(1).asDouble()).isEqualTo(4e6);
		assertThat(theus.path("perSecondMedian").asDouble()).isEqualTo(3e6);
		assertThat(report.path("targets").path(0).path("outcome").asString()).isEqualTo("MISSED");
		assertThat(report.path("targets").path(1).path("outcome").asString()).isEqualTo("NOT_MEASURED");
		assertThat(report.path("facts").path("date").asString()).isEqualTo("2026-11-21");
		assertThat(report.path("smokeRun").asBoolean()).isFalse();
	}

	@Test
	void failedTrialHasItsReasonAndNoMedian() {
		JsonNode theus = read(Samples.failed(Samples.THEUS, "3 updates are lost")).path("results").path(0);
		assertThat(theus.path("failure").asString()).isEqualTo("3 updates are lost");
		assertThat(theus.has("perSecondMedian")).isFalse();
	}

	private static JsonNode read(TrialResult... results) {
		return JsonMapper.shared().readTree(JsonReport.write(Samples.result(Samples.FULL, results)));
	}

}
