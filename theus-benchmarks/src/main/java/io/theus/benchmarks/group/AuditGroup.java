package io.theus.benchmarks.group;

import java.util.List;

import io.theus.benchmarks.audit.EntriesBenchmark;
import io.theus.benchmarks.audit.EntriesType;
import io.theus.benchmarks.rules.RulesBenchmark;
import io.theus.benchmarks.rules.RulesType;

/**
 * What the audit costs.
 */
final class AuditGroup {

	private static final String ENTRIES = "1,000,000 entries, 2 threads";

	private static final Candidate THEUS = new Candidate("Theus trail", Candidate.Role.THEUS);

	private static final Candidate WITH_SINK = new Candidate("Theus trail and sink", Candidate.Role.THEUS);

	private static final Candidate NEVER_BLOCK = new Candidate("Logback async, never blocking", Candidate.Role.PEER);

	private static final Candidate BLOCK = new Candidate("Logback async, blocking", Candidate.Role.PEER);

	private static final String RULES = "20 rules about an order";

	private static final Candidate RECIPE = new Candidate("Theus recipe", Candidate.Role.THEUS);

	private static final Candidate VALIDATOR = new Candidate("Hibernate Validator", Candidate.Role.PEER);

	private static final double NANOS = 100;

	private static final double FASTER = 3;

	private AuditGroup() {
	}

	static Group create() {
		return new Group("audit",
				"Two threads write 1,000,000 entries, each with its time, a number and a text; the time is what an entry "
						+ "takes the thread that writes it. Nothing is written to a disk. And 20 rules, one about each "
						+ "part of an order, are asked about an order that keeps them.",
				List.of(NEVER_BLOCK, BLOCK, VALIDATOR),
				List.of(trial(THEUS, EntriesType.THEUS_TRAIL), trial(WITH_SINK, EntriesType.THEUS_SINK),
						trial(NEVER_BLOCK, EntriesType.LOGBACK_NEVER_BLOCK), trial(BLOCK, EntriesType.LOGBACK_BLOCK),
						trial(RECIPE, RulesType.THEUS), trial(VALIDATOR, RulesType.HIBERNATE_VALIDATOR)),
				List.of(new Target(cell(THEUS), Measure.TIME, NANOS),
						new Target(rules(RECIPE), rules(VALIDATOR), Measure.SPEED, FASTER)),
				new Effort(5, 4, 4, 500), "1g");
	}

	private static Trial trial(Candidate candidate, RulesType type) {
		return new Trial(rules(candidate), RulesBenchmark.class).parameter("rulesType", type);
	}

	private static Cell rules(Candidate candidate) {
		return new Cell(candidate, RULES);
	}

	private static Trial trial(Candidate candidate, EntriesType type) {
		return new Trial(cell(candidate), EntriesBenchmark.class).parameter("entriesType", type);
	}

	private static Cell cell(Candidate candidate) {
		return new Cell(candidate, ENTRIES);
	}

}
