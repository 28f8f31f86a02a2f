package io.theus.benchmarks.group;

import java.util.List;

import io.theus.benchmarks.audit.EntriesBenchmark;
import io.theus.benchmarks.audit.EntriesType;

/**
 * What the audit costs.
 */
final class AuditGroup {

	private static final String ENTRIES = "1,000,000 entries, 2 threads";

	private static final Candidate THEUS = new Candidate("Theus trail", Candidate.Role.THEUS);

	private static final Candidate WITH_SINK = new Candidate("Theus trail and sink", Candidate.Role.THEUS);

	private static final Candidate NEVER_BLOCK = new Candidate("Logback async, never blocking", Candidate.Role.PEER);

	private static final Candidate BLOCK = new Candidate("Logback async, blocking", Candidate.Role.PEER);

	private static final double NANOS = 100;

	private AuditGroup() {
	}

	static Group create() {
		return new Group("audit",
				"Two threads write 1,000,000 entries, each with its time, a number and a text; the time is what an entry "
						+ "takes the thread that writes it. Nothing is written to a disk.",
				List.of(NEVER_BLOCK, BLOCK),
				List.of(trial(THEUS, EntriesType.THEUS_TRAIL), trial(WITH_SINK, EntriesType.THEUS_SINK),
						trial(NEVER_BLOCK, EntriesType.LOGBACK_NEVER_BLOCK), trial(BLOCK, EntriesType.LOGBACK_BLOCK)),
				List.of(new Target(cell(THEUS), Measure.TIME, NANOS)), new Effort(5, 4, 4, 500), "1g");
	}

	private static Trial trial(Candidate candidate, EntriesType type) {
		return new Trial(cell(candidate), EntriesBenchmark.class).parameter("entriesType", type);
	}

	private static Cell cell(Candidate candidate) {
		return new Cell(candidate, ENTRIES);
	}

}
