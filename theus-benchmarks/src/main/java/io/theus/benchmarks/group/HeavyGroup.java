package io.theus.benchmarks.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.theus.benchmarks.heavy.Command;
import io.theus.benchmarks.heavy.HandoverBenchmark;
import io.theus.benchmarks.heavy.HandoverType;

/**
 * What it costs to hand a large array to another JVM.
 */
final class HeavyGroup {

	private static final int LARGE = 200;

	private static final int SMALLER = 100;

	private static final String ATTACH = LARGE + " MB, attach only";

	private static final String ATTACHED = LARGE + " MB, attached before";

	private static final Candidate THEUS = new Candidate("Theus heavy", Candidate.Role.THEUS);

	private static final Candidate PIPE = new Candidate("pipe", Candidate.Role.PEER);

	private static final Candidate SOCKET = new Candidate("loopback socket", Candidate.Role.PEER);

	private static final Candidate SERIALISATION = new Candidate("Java serialisation", Candidate.Role.PEER);

	private static final Candidate MAPPED_FILE = new Candidate("mapped file", Candidate.Role.PEER);

	private static final Candidate LOCAL = new Candidate("local sum", Candidate.Role.FLOOR);

	private static final List<Candidate> COPYING = List.of(PIPE, SOCKET, SERIALISATION);

	private static final Map<Candidate, HandoverType> TYPES = Map.of(THEUS, HandoverType.THEUS, PIPE, HandoverType.PIPE,
			SOCKET, HandoverType.SOCKET, SERIALISATION, HandoverType.SERIALISATION, MAPPED_FILE,
			HandoverType.MAPPED_FILE, LOCAL, HandoverType.LOCAL);

	private static final double ATTACH_NANOS = 15_000_000;

	private static final double OF_LOCAL_SUM = 1.1;

	private static final double AHEAD = 2;

	private HeavyGroup() {
	}

	static Group create() {
		return new Group("heavy",
				"An array of doubles goes to another JVM, which runs already, and is summed there; the sender waits for the "
						+ "sum. One number changes each time before. Theus and the mapped file show the receiver the "
						+ "sender's own memory, the others copy it. Attaching alone ends with the first number, of an array "
						+ "that is let go after each time. The sum of an array that is attached already meets pages that "
						+ "are mapped already, too. The floor sums an array of the heap in the JVM that has it.",
				List.of(PIPE, SOCKET, SERIALISATION, MAPPED_FILE, LOCAL), trials(), targets(), new Effort(5, 2, 4, 400),
				"1g");
	}

	private static List<Trial> trials() {
		List<Trial> trials = new ArrayList<>();
		for (int megabytes : new int[] { LARGE, SMALLER }) {
			for (Candidate candidate : List.of(THEUS, PIPE, SOCKET, SERIALISATION, MAPPED_FILE, LOCAL)) {
				trials.add(trial(candidate, column(megabytes), Command.TAKE_AND_SUM, megabytes));
			}
		}
		for (Candidate candidate : List.of(THEUS, MAPPED_FILE)) {
			trials.add(trial(candidate, ATTACH, Command.TAKE, LARGE));
		}
		for (Candidate candidate : List.of(THEUS, MAPPED_FILE, LOCAL)) {
			trials.add(trial(candidate, ATTACHED, Command.SUM_KEPT, LARGE));
		}
		return trials;
	}

	private static Trial trial(Candidate candidate, String column, Command command, int megabytes) {
		return new Trial(new Cell(candidate, column), HandoverBenchmark.class)
			.parameter("handoverType", Objects.requireNonNull(TYPES.get(candidate)))
			.parameter("command", command)
			.parameter("megabytes", megabytes);
	}

	private static List<Target> targets() {
		List<Target> targets = new ArrayList<>();
		targets.add(new Target(new Cell(THEUS, ATTACH), Measure.TIME, ATTACH_NANOS));
		targets.add(new Target(new Cell(THEUS, ATTACHED), new Cell(LOCAL, ATTACHED), Measure.COST, OF_LOCAL_SUM));
		for (int megabytes : new int[] { LARGE, SMALLER }) {
			for (Candidate peer : COPYING) {
				targets.add(new Target(new Cell(THEUS, column(megabytes)), new Cell(peer, column(megabytes)),
						Measure.SPEED, AHEAD));
			}
		}
		return targets;
	}

	private static String column(int megabytes) {
		return megabytes + " MB";
	}

}
