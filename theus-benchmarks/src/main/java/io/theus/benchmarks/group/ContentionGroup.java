package io.theus.benchmarks.group;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.theus.benchmarks.ledger.Draw;

/**
 * What becomes of transactions that want the same keys. Theus runs under all conditions;
 * of the peers, some are so slow that they run under the hardest ones only.
 */
final class ContentionGroup {

	private static final List<Integer> THREADS = List.of(1, 2, 4, 8, 16);

	private static final int FEW = 2;

	private static final int MANY = 16;

	private static final Map<Draw, String> DRAWS = new EnumMap<>(
			Map.of(Draw.ONE, "one key", Draw.TEN, "ten keys", Draw.ZIPFIAN, "zipfian"));

	private static final List<LedgerCandidate> NEAR = List.of(LedgerCandidate.SCALA_MAP, LedgerCandidate.SCALA_REF,
			LedgerCandidate.CLOJURE_REF, LedgerCandidate.SYNCHRONIZED_MAP);

	private static final List<LedgerCandidate> FAR = List.of(LedgerCandidate.MV_STORE, LedgerCandidate.INFINISPAN,
			LedgerCandidate.JDBC);

	private static final int FEW_ROUNDS = 2;

	private ContentionGroup() {
	}

	static Group create() {
		List<Trial> trials = new ArrayList<>();
		DRAWS.keySet().forEach((draw) -> THREADS.forEach((threads) -> trials.add(theus(draw, threads))));
		NEAR.forEach((candidate) -> DRAWS.keySet()
			.forEach((draw) -> trials.addAll(
					List.of(trial(candidate, draw, FEW), trial(candidate, draw, MANY).baseline(column(draw, FEW))))));
		FAR.forEach((candidate) -> trials.addAll(List.of(trial(candidate, Draw.ONE, MANY).rounds(FEW_ROUNDS),
				trial(candidate, Draw.ZIPFIAN, MANY).rounds(FEW_ROUNDS))));
		return new Group("contention",
				"A transaction reads 2 of 10,000 text keys of one map and writes 1 of them. All threads write the same "
						+ "key, or one of the same ten, and read another that nobody else reads; or they draw both "
						+ "keys from all with a zipfian distribution of skew 0.99.",
				NEAR.stream().map(LedgerCandidate::candidate).toList(), trials, targets(), new Effort(3, 2, 2, 500),
				"1g");
	}

	private static Trial theus(Draw draw, int threads) {
		Trial trial = trial(LedgerCandidate.THEUS_TRANSACTION, draw, threads);
		return (threads > FEW) ? trial.baseline(column(draw, FEW)) : trial;
	}

	private static Trial trial(LedgerCandidate candidate, Draw draw, int threads) {
		return candidate.trial(column(draw, threads)).threads(threads).parameter("draw", draw);
	}

	private static String column(Draw draw, int threads) {
		return ((threads > 1) ? threads + " threads, " : "1 thread, ") + DRAWS.get(draw);
	}

	private static List<Target> targets() {
		List<Target> targets = new ArrayList<>();
		for (Draw draw : DRAWS.keySet()) {
			for (int threads : THREADS.subList(1, THREADS.size())) {
				targets.add(new Target(theusCell(draw, threads), Measure.FAIRNESS, 0.3));
			}
			targets.add(new Target(theusCell(draw, MANY), theusCell(draw, FEW), Measure.SPEED, 0.5));
		}
		return targets;
	}

	private static Cell theusCell(Draw draw, int threads) {
		return LedgerCandidate.THEUS_TRANSACTION.cell(column(draw, threads));
	}

}
