package io.theus.benchmarks.group;

import java.util.List;
import java.util.Locale;

import io.theus.benchmarks.waiting.ResumeBenchmark;
import io.theus.benchmarks.waiting.WaitingType;

/**
 * What runs cost that wait, and how fast they go on.
 */
final class WaitingGroup {

	private static final Candidate THEUS = new Candidate("Theus workflow", Candidate.Role.THEUS);

	private static final Candidate FLOWABLE = new Candidate("Flowable on H2", Candidate.Role.PEER);

	private static final int MANY = 100_000;

	// Starting and signalling ten times as many takes longer than an iteration may take
	private static final int FEW = 10_000;

	private static final double MEBIBYTES = 1024;

	private static final double PER_SECOND = 10_000;

	private WaitingGroup() {
	}

	static Group create() {
		return new Group("waiting",
				"Runs wait for a signal. The heap is what they hold alive after a collection, in all and each. Then every "
						+ "run is signalled, with a number of its own; what is timed ends when each has gone through the step "
						+ "after the wait and has ended. Flowable has 10,000 runs only, because starting and signalling "
						+ "100,000 of them takes it longer than the minute that an iteration may take.",
				List.of(FLOWABLE),
				List.of(trial(THEUS, WaitingType.THEUS, MANY), trial(THEUS, WaitingType.THEUS, FEW),
						trial(FLOWABLE, WaitingType.FLOWABLE, FEW)),
				List.of(new Target(new Cell(THEUS, column(MANY)), Measure.SIZE, MEBIBYTES),
						new Target(new Cell(THEUS, column(MANY)), Measure.RATE, PER_SECOND)),
				new Effort(3, 1, 1, 100), "1g");
	}

	private static Trial trial(Candidate candidate, WaitingType type, int runs) {
		return new Trial(new Cell(candidate, column(runs)), ResumeBenchmark.class).parameter("waitingType", type)
			.parameter("runs", runs)
			.operations(runs);
	}

	private static String column(int runs) {
		return String.format(Locale.ROOT, "%,d runs", runs);
	}

}
