package io.theus.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.Map;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import io.theus.benchmarks.group.Figure;

/**
 * Writes the result of a group as JSON, with every round.
 *
 * @since 0.1.0
 */
public final class JsonReport {

	private static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private JsonReport() {
	}

	/**
	 * Write a report.
	 * @param result what came out of the group
	 * @return a JSON object
	 */
	public static String write(GroupResult result) {
		Map<String, Object> report = new LinkedHashMap<>();
		report.put("group", result.group().name());
		report.put("work", result.group().work());
		report.put("command", result.command());
		report.put("smokeRun", result.effort().isQuick());
		report.put("effort", result.effort());
		report.put("heap", result.group().heap());
		report.put("facts", result.facts());
		report.put("results", result.results().stream().map(JsonReport::result).toList());
		report.put("targets", result.verdicts().stream().map(JsonReport::verdict).toList());
		return MAPPER.writeValueAsString(report) + "\n";
	}

	private static Map<String, Object> result(TrialResult result) {
		Map<String, Object> row = new LinkedHashMap<>();
		row.put("candidate", result.trial().cell().candidate().name());
		row.put("role", result.trial().cell().candidate().role());
		row.put("conditions", result.trial().cell().column());
		row.put("threads", result.trial().threads());
		row.put("parameters", result.trial().parameters());
		if (result.counts()) {
			row.put("nanosMedian", result.nanos().median());
			row.put("perSecondMedian", result.speed().median());
		}
		row.put("perSecond", result.values(Figure.SPEED));
		if (result.has(Figure.FAIRNESS)) {
			row.put("slowestOfMean", result.values(Figure.FAIRNESS));
		}
		if (result.has(Figure.HEAP)) {
			row.put("heapBytes", result.values(Figure.HEAP));
		}
		if (result.has(Figure.HEAP_EACH)) {
			row.put("heapBytesEach", result.values(Figure.HEAP_EACH));
		}
		if (result.failure() != null) {
			row.put("failure", result.failure());
		}
		return row;
	}

	private static Map<String, Object> verdict(Verdict verdict) {
		Map<String, Object> row = new LinkedHashMap<>();
		row.put("target", verdict.target().toString());
		row.put("outcome", verdict.outcome());
		if (verdict.outcome() != Verdict.Outcome.NOT_MEASURED) {
			row.put("measured", verdict.value());
			row.put("roundsMet", verdict.roundsMet());
			row.put("rounds", verdict.rounds());
		}
		return row;
	}

}
