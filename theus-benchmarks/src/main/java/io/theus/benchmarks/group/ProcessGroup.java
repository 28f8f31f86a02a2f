package io.theus.benchmarks.group;

import java.util.ArrayList;
import java.util.List;

/**
 * What a call of a process through its Spring proxy costs.
 */
final class ProcessGroup {

	private static final String CALL = "1 thread";

	private static final List<LedgerCandidate> OTHERS = List.of(LedgerCandidate.NARAYANA_BEAN, LedgerCandidate.JDBC,
			LedgerCandidate.PLAIN_PROXY);

	private ProcessGroup() {
	}

	static Group create() {
		List<Trial> trials = new ArrayList<>();
		trials.add(LedgerCandidate.THEUS_PROCESS.trial(CALL));
		trials.add(LedgerCandidate.THEUS_WATCHED_PROCESS.trial(CALL));
		OTHERS.forEach((candidate) -> trials.add(candidate.trial(CALL)));
		return new Group("process",
				"A call of a bean's method through a class-based Spring proxy; the method reads 2 of 10,000 "
						+ "accounts and writes 1 of them. The plain proxy does so on a HashMap that nothing guards. "
						+ "Audited and observed is a process with two rules, and a timer that takes its observations.",
				OTHERS.stream().map(LedgerCandidate::candidate).toList(), trials, targets(), new Effort(9, 8, 5, 500),
				"1g");
	}

	private static List<Target> targets() {
		List<Target> targets = new ArrayList<>();
		for (LedgerCandidate each : List.of(LedgerCandidate.THEUS_PROCESS, LedgerCandidate.THEUS_WATCHED_PROCESS)) {
			Cell theus = each.cell(CALL);
			targets.add(new Target(theus, LedgerCandidate.PLAIN_PROXY.cell(CALL), Measure.EXTRA, 1000));
			targets.add(new Target(theus, LedgerCandidate.NARAYANA_BEAN.cell(CALL), Measure.SPEED, 3));
			targets.add(new Target(theus, LedgerCandidate.JDBC.cell(CALL), Measure.SPEED, 10));
		}
		return targets;
	}

}
