package io.theus.benchmarks.group;

import java.util.ArrayList;
import java.util.List;

import io.theus.benchmarks.flux.CountingBenchmark;
import io.theus.benchmarks.flux.CountingType;

/**
 * What the steps of a workflow cost in memory.
 */
final class FluxGroup {

	private static final String STEPS = "1,000 steps";

	private static final Candidate THEUS = new Candidate("Theus workflow", Candidate.Role.THEUS);

	private static final Candidate PROCESSES = new Candidate("Theus execute", Candidate.Role.FLOOR);

	private static final Candidate LANG_GRAPH = new Candidate("LangGraph4j", Candidate.Role.PEER);

	private static final Candidate STATE_MACHINE = new Candidate("Spring Statemachine", Candidate.Role.PEER);

	private static final Candidate FLOWABLE = new Candidate("Flowable on H2", Candidate.Role.PEER);

	private static final List<Candidate> PEERS = List.of(LANG_GRAPH, STATE_MACHINE, FLOWABLE);

	private static final double NANOS_ABOVE_CALLS = 1000;

	private static final double AHEAD = 5;

	private FluxGroup() {
	}

	static Group create() {
		return new Group("flux",
				"A run counts from one multiple of 333 to the next: a loop until the limit, a branch for even and one for "
						+ "odd numbers, and in each a process that adds one to a counter in the state. The loop, each of "
						+ "its 333 iterations, each choice of a branch and each call of a process are 1,000 steps; the "
						+ "time is that of a step. The floor calls the same 333 processes from a loop in Java, whose time "
						+ "is divided by 1,000 as well.",
				List.of(LANG_GRAPH, STATE_MACHINE, FLOWABLE, PROCESSES),
				List.of(trial(THEUS, CountingType.THEUS_WORKFLOW), trial(LANG_GRAPH, CountingType.LANG_GRAPH),
						trial(STATE_MACHINE, CountingType.STATE_MACHINE).warmupFactor(2),
						trial(FLOWABLE, CountingType.FLOWABLE).warmupFactor(3),
						trial(PROCESSES, CountingType.THEUS_PROCESSES)),
				targets(), new Effort(7, 4, 4, 500), "1g");
	}

	private static List<Target> targets() {
		List<Target> targets = new ArrayList<>();
		targets.add(new Target(cell(THEUS), cell(PROCESSES), Measure.EXTRA, NANOS_ABOVE_CALLS));
		PEERS.forEach((peer) -> targets.add(new Target(cell(THEUS), cell(peer), Measure.SPEED, AHEAD)));
		return targets;
	}

	private static Trial trial(Candidate candidate, CountingType type) {
		return new Trial(cell(candidate), CountingBenchmark.class).parameter("countingType", type);
	}

	private static Cell cell(Candidate candidate) {
		return new Cell(candidate, STEPS);
	}

}
