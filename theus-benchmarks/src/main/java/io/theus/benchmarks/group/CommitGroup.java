package io.theus.benchmarks.group;

import java.util.ArrayList;
import java.util.List;

/**
 * What a transaction costs alone, beside another one and against another one.
 */
final class CommitGroup {

	private static final String ONE = "1 thread";

	private static final String DISJOINT = "2 threads, disjoint keys";

	private static final String SAME = "2 threads, same key";

	private static final List<LedgerCandidate> CANDIDATES = List.of(LedgerCandidate.SYNCHRONIZED_MAP,
			LedgerCandidate.SCALA_MAP, LedgerCandidate.SCALA_REF, LedgerCandidate.JDBC);

	private CommitGroup() {
	}

	static Group create() {
		return new Group("commit",
				"A transaction reads 2 of 10,000 text keys of one map and writes 1 of them. Of two threads, "
						+ "each has half of the keys to itself, or both write one and the same key.",
				CANDIDATES.stream().map(LedgerCandidate::candidate).toList(), trials(), List.of(),
				new Effort(5, 5, 3, 500), "1g");
	}

	private static List<Trial> trials() {
		List<Trial> trials = new ArrayList<>();
		for (LedgerCandidate candidate : CANDIDATES) {
			trials.add(candidate.trial(ONE));
			trials.add(candidate.trial(DISJOINT).threads(2).baseline(ONE));
			trials.add(candidate.trial(SAME).threads(2).parameter("sameTarget", true).baseline(ONE));
		}
		return trials;
	}

}
