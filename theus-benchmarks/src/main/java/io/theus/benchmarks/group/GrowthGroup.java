package io.theus.benchmarks.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Costs that must not grow with the size of what is there: ten times the size may cost
 * half as much again. The others show which part of the growth is the machine's, whose
 * caches hold the small maps and not the large ones.
 */
final class GrowthGroup {

	private static final double LIMIT = 1.5;

	private static final List<Integer> ACCOUNTS = List.of(10_000, 100_000, 1_000_000);

	private static final List<Integer> PROCESSES = List.of(10, 100, 1_000);

	private GrowthGroup() {
	}

	static Group create() {
		List<Trial> trials = new ArrayList<>();
		trials.addAll(trials(LedgerCandidate.THEUS_TRANSACTION, "accounts", ACCOUNTS));
		trials.addAll(trials(LedgerCandidate.THEUS_EXECUTION, "processes", PROCESSES));
		trials.addAll(trials(LedgerCandidate.SCALA_MAP, "accounts", ACCOUNTS));
		trials.addAll(trials(LedgerCandidate.SYNCHRONIZED_MAP, "accounts", ACCOUNTS));
		return new Group("growth",
				"A transaction on one thread reads 2 text keys of one map and writes 1 of them, among more and more "
						+ "keys, or more and more registered processes and 10,000 keys. The last column compares "
						+ "with a tenth of the size.",
				List.of(LedgerCandidate.SCALA_MAP.candidate(), LedgerCandidate.SYNCHRONIZED_MAP.candidate()), trials,
				trials.stream().filter(GrowthGroup::isBounded).map(GrowthGroup::target).toList(),
				new Effort(5, 5, 3, 500), "2g");
	}

	private static List<Trial> trials(LedgerCandidate candidate, String parameter, List<Integer> sizes) {
		List<Trial> trials = new ArrayList<>();
		for (int size : sizes) {
			Trial trial = candidate.trial(column(parameter, size)).parameter(parameter, size);
			trials.add(trials.isEmpty() ? trial : trial.baseline(column(parameter, size / 10)));
		}
		return trials;
	}

	private static String column(String parameter, int size) {
		return String.format(Locale.ROOT, "%,d %s", size, parameter);
	}

	private static boolean isBounded(Trial trial) {
		return trial.baseline() != null && trial.cell().candidate().role() == Candidate.Role.THEUS;
	}

	private static Target target(Trial trial) {
		Cell baseline = new Cell(trial.cell().candidate(), Objects.requireNonNull(trial.baseline()));
		return new Target(trial.cell(), baseline, Measure.COST, LIMIT);
	}

}
