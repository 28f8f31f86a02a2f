package io.theus.benchmarks.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

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

	private GrowthGroup() {
	}

	static Group create() {
		List<Trial> trials = new ArrayList<>();
		trials.addAll(byKeys(LedgerCandidate.THEUS_TRANSACTION));
		trials.addAll(byProcesses());
		trials.addAll(byKeys(LedgerCandidate.SCALA_MAP));
		trials.addAll(byKeys(LedgerCandidate.SYNCHRONIZED_MAP));
		return new Group("growth",
				"A transaction on one thread reads 2 text keys of one map and writes 1 of them, among more and more "
						+ "keys, of which all or always 10,000 are used, or among 10,000 keys beside more and more "
						+ "registered processes. The last column compares with a tenth of the size.",
				List.of(LedgerCandidate.SCALA_MAP.candidate(), LedgerCandidate.SYNCHRONIZED_MAP.candidate()), trials,
				trials.stream().filter(GrowthGroup::isBounded).map(GrowthGroup::target).toList(),
				new Effort(5, 4, 3, 500), "2g");
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
