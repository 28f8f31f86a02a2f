package io.theus.benchmarks.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import io.theus.benchmarks.ledger.Draw;

/**
 * Costs that must not grow with the size of what is there: ten times the size may cost
 * half as much again. Drawing from all keys of a large map misses the machine's caches
 * whatever the candidate does, which the floor shows; drawing from the same number of
 * keys among more and more leaves what the candidate does.
 */
final class GrowthGroup {

	private static final double LIMIT = 1.5;

	private static final int SMALLEST = 10_000;

	private static final List<Integer> LARGER = List.of(100_000, 1_000_000);

	private static final List<Integer> PROCESSES = List.of(10, 100, 1_000);

	private static final int OTHERS_ROUNDS = 3;

	private GrowthGroup() {
	}

	static Group create() {
		List<Trial> trials = new ArrayList<>();
		trials.addAll(byKeys(LedgerCandidate.THEUS_TRANSACTION));
		trials.addAll(byKept());
		trials.addAll(byProcesses());
		trials.addAll(byOthers());
		byKeys(LedgerCandidate.SCALA_MAP).forEach((trial) -> trials.add(trial.rounds(OTHERS_ROUNDS)));
		byKeys(LedgerCandidate.SYNCHRONIZED_MAP).forEach((trial) -> trials.add(trial.rounds(OTHERS_ROUNDS)));
		return new Group("growth",
				"A transaction on one thread reads 2 text keys of one map and writes 1 of them: among more and more "
						+ "keys, of which all or always 10,000 are used; or among 10,000 keys while ten times the default "
						+ "of 256 versions, or of 1,000 lines in the meta log, is kept; or beside more and more "
						+ "registered processes; or by compare-and-swap, based on a version after which more and more "
						+ "commits have written other keys. The last column compares with a tenth of the size.",
				List.of(LedgerCandidate.SCALA_MAP.candidate(), LedgerCandidate.SYNCHRONIZED_MAP.candidate()), trials,
				trials.stream().filter(GrowthGroup::isBounded).map(GrowthGroup::target).toList(),
				new Effort(5, 3, 3, 500), "2g");
	}

	private static List<Trial> byKeys(LedgerCandidate candidate) {
		List<Trial> trials = new ArrayList<>();
		trials.add(candidate.trial(keys(SMALLEST)).parameter("accounts", SMALLEST));
		for (int size : LARGER) {
			trials.add(candidate.trial(keys(size)).parameter("accounts", size).baseline(keys(size / 10)));
			trials.add(candidate.trial(used(size))
				.parameter("accounts", size)
				.parameter("used", SMALLEST)
				.baseline(used(size / 10)));
		}
		return trials;
	}

	private static String keys(int size) {
		return String.format(Locale.ROOT, "%,d keys", size);
	}

	private static String used(int size) {
		if (size == SMALLEST) {
			return keys(size);
		}
		return String.format(Locale.ROOT, "%,d keys, %,d used", size, SMALLEST);
	}

	private static List<Trial> byKept() {
		String baseline = keys(SMALLEST);
		return List.of(
				LedgerCandidate.THEUS_TRANSACTION.trial(baseline + ", 2,560 versions")
					.parameter("versions", 2_560)
					.baseline(baseline),
				LedgerCandidate.THEUS_TRANSACTION.trial(baseline + ", meta log of 10,000")
					.parameter("ring", 10_000)
					.baseline(baseline));
	}

	private static List<Trial> byOthers() {
		Trial few = LedgerCandidate.THEUS_SWAP.trial("10 commits elsewhere").parameter("lag", 10);
		Trial many = LedgerCandidate.THEUS_SWAP.trial("100 commits elsewhere").parameter("lag", 100);
		return List.of(few.parameter("draw", Draw.IN_TURN),
				many.parameter("draw", Draw.IN_TURN).baseline(few.cell().column()));
	}

	private static List<Trial> byProcesses() {
		List<Trial> trials = new ArrayList<>();
		for (int size : PROCESSES) {
			Trial trial = LedgerCandidate.THEUS_EXECUTION.trial(processes(size)).parameter("processes", size);
			trials.add(trials.isEmpty() ? trial : trial.baseline(processes(size / 10)));
		}
		return trials;
	}

	private static String processes(int size) {
		return String.format(Locale.ROOT, "%,d processes", size);
	}

	private static boolean isBounded(Trial trial) {
		return trial.baseline() != null && trial.cell().candidate().role() == Candidate.Role.THEUS;
	}

	private static Target target(Trial trial) {
		Cell baseline = new Cell(trial.cell().candidate(), Objects.requireNonNull(trial.baseline()));
		return new Target(trial.cell(), baseline, Measure.COST, LIMIT);
	}

}
