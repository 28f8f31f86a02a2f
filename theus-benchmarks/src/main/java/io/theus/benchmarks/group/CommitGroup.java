package io.theus.benchmarks.group;

import java.util.ArrayList;
import java.util.List;

import io.theus.benchmarks.ledger.Draw;

/**
 * What a transaction costs alone, beside another one and against another one.
 */
final class CommitGroup {

	private static final String ONE = "1 thread";

	private static final String DISJOINT = "2 threads, disjoint keys";

	private static final String SAME = "2 threads, same key";

	private static final List<LedgerCandidate> NEAR = List.of(LedgerCandidate.SCALA_MAP, LedgerCandidate.SCALA_REF,
			LedgerCandidate.CLOJURE_REF);

	// No target is about these, and they are so far from the others that few rounds tell
	private static final List<LedgerCandidate> FAR = List.of(LedgerCandidate.NARAYANA, LedgerCandidate.MV_STORE,
			LedgerCandidate.INFINISPAN, LedgerCandidate.JDBC);

	private static final int FEW_ROUNDS = 2;

	private CommitGroup() {
	}

	static Group create() {
		List<Trial> trials = new ArrayList<>(trials(LedgerCandidate.THEUS_TRANSACTION));
		NEAR.forEach((candidate) -> trials.addAll(trials(candidate)));
		FAR.forEach((candidate) -> trials(candidate).forEach((trial) -> trials.add(trial.rounds(FEW_ROUNDS))));
		trials.addAll(trials(LedgerCandidate.SYNCHRONIZED_MAP));
		return new Group("commit",
				"A transaction reads 2 of 10,000 text keys of one map and writes 1 of them. Of two threads, "
						+ "each has half of the keys to itself, or both write one and the same key.",
				List.of(LedgerCandidate.SCALA_MAP.candidate(), LedgerCandidate.SCALA_REF.candidate(),
						LedgerCandidate.CLOJURE_REF.candidate(), LedgerCandidate.SYNCHRONIZED_MAP.candidate()),
				trials, targets(), new Effort(5, 4, 2, 500), "1g");
	}

	private static List<Trial> trials(LedgerCandidate candidate) {
		return List.of(candidate.trial(ONE), candidate.trial(DISJOINT).threads(2).baseline(ONE),
				candidate.trial(SAME).threads(2).parameter("draw", Draw.ONE).baseline(ONE));
	}

	private static List<Target> targets() {
		LedgerCandidate theus = LedgerCandidate.THEUS_TRANSACTION;
		return List.of(ahead(ONE, LedgerCandidate.SCALA_MAP), ahead(DISJOINT, LedgerCandidate.SCALA_MAP),
				ahead(SAME, LedgerCandidate.SCALA_MAP), ahead(DISJOINT, LedgerCandidate.SCALA_REF),
				ahead(SAME, LedgerCandidate.SCALA_REF),
				new Target(theus.cell(ONE), LedgerCandidate.SYNCHRONIZED_MAP.cell(ONE), Measure.COST, 5),
				new Target(theus.cell(DISJOINT), theus.cell(ONE), Measure.SPEED, 1.3));
	}

	private static Target ahead(String column, LedgerCandidate peer) {
		return new Target(LedgerCandidate.THEUS_TRANSACTION.cell(column), peer.cell(column), Measure.SPEED, 1);
	}

}
