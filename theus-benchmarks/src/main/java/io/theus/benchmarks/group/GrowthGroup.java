package io.theus.benchmarks.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Costs that must not grow with the size of what is there: ten times the size may cost
 * half as much again. The floor shows which part of the growth is the machine's, whose
 * caches hold the small maps and not the large ones.
 */
final class GrowthGroup {

	private static final List<Integer> SIZES = List.of(10_000, 100_000, 1_000_000);

	private static final List<LedgerCandidate> BY_KEYS = List.of(LedgerCandidate.SYNCHRONIZED_MAP,
			LedgerCandidate.SCALA_MAP);

	private GrowthGroup() {
	}

	static Group create() {
		return new Group("growth", "A transaction reads 2 text keys of one map and writes 1 of them, on one thread.",
				List.of(LedgerCandidate.SYNCHRONIZED_MAP.candidate()), trials(), List.of(), new Effort(5, 5, 3, 500),
				"2g");
	}

	private static List<Trial> trials() {
		List<Trial> trials = new ArrayList<>();
		for (LedgerCandidate candidate : BY_KEYS) {
			trials.add(byKeys(candidate, SIZES.get(0)));
			for (int index = 1; index < SIZES.size(); index++) {
				trials.add(byKeys(candidate, SIZES.get(index)).baseline(keys(SIZES.get(index - 1))));
			}
		}
		return trials;
	}

	private static Trial byKeys(LedgerCandidate candidate, int size) {
		return candidate.trial(keys(size)).parameter("accounts", size);
	}

	private static String keys(int size) {
		return String.format(Locale.ROOT, "%,d keys", size);
	}

}
