package io.theus.benchmarks.group;

import java.util.List;

/**
 * What a call of a process through its Spring proxy costs.
 */
final class ProcessGroup {

	private static final String CALL = "1 thread";

	private static final List<LedgerCandidate> CANDIDATES = List.of(LedgerCandidate.PLAIN_PROXY, LedgerCandidate.JDBC);

	private ProcessGroup() {
	}

	static Group create() {
		return new Group("process",
				"A call of a bean's method through a class-based Spring proxy; the method reads 2 of 10,000 "
						+ "accounts and writes 1 of them. The plain proxy does so on a HashMap that nothing guards.",
				CANDIDATES.stream().map(LedgerCandidate::candidate).toList(),
				CANDIDATES.stream().map((candidate) -> candidate.trial(CALL)).toList(), List.of(),
				new Effort(9, 5, 5, 500), "1g");
	}

}
