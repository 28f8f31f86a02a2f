package io.theus.benchmarks.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.theus.benchmarks.parallel.TasksBenchmark;
import io.theus.benchmarks.parallel.TasksType;

/**
 * From which size of a process it pays to run several at once.
 */
final class ParallelGroup {

	private static final Candidate THREADS = new Candidate("Theus threads", Candidate.Role.THEUS);

	private static final Candidate WORKERS = new Candidate("Theus workers", Candidate.Role.THEUS);

	private static final Candidate SEQUENCE = new Candidate("Theus execute", Candidate.Role.FLOOR);

	private static final Candidate FIXED_THREADS = new Candidate("fixed thread pool", Candidate.Role.FLOOR);

	private static final Candidate FORK_JOIN = new Candidate("ForkJoinPool", Candidate.Role.FLOOR);

	private static final Map<Candidate, TasksType> TYPES = Map.of(THREADS, TasksType.THEUS_THREADS, WORKERS,
			TasksType.THEUS_WORKERS, SEQUENCE, TasksType.THEUS_SEQUENCE, FIXED_THREADS, TasksType.FIXED_THREADS,
			FORK_JOIN, TasksType.FORK_JOIN);

	private static final int[] MILLIS = { 1, 10, 100, 500 };

	private static final int LARGE = 100;

	private static final int LARGEST = 500;

	private static final double OF_THREADS = 1.8;

	private static final double OF_WORKERS = 1.6;

	private static final double FOUR_LARGEST_NANOS = 1_150_000_000;

	private ParallelGroup() {
	}

	static Group create() {
		return new Group("parallel",
				"Four tasks that only compute, on two threads or two worker JVMs; the time is that of all four. The first "
						+ "floor executes the same process four times in a row, the others run the same computation on two "
						+ "threads without Theus.",
				List.of(SEQUENCE, FIXED_THREADS, FORK_JOIN), trials(), targets(), new Effort(4, 2, 3, 300), "1g");
	}

	private static List<Trial> trials() {
		List<Trial> trials = new ArrayList<>();
		for (int millis : MILLIS) {
			for (Candidate candidate : List.of(THREADS, WORKERS, SEQUENCE, FIXED_THREADS, FORK_JOIN)) {
				trials.add(new Trial(new Cell(candidate, column(millis)), TasksBenchmark.class)
					.parameter("tasksType", Objects.requireNonNull(TYPES.get(candidate)))
					.parameter("millis", millis));
			}
		}
		return trials;
	}

	private static List<Target> targets() {
		List<Target> targets = new ArrayList<>();
		for (int millis : new int[] { LARGE, LARGEST }) {
			Cell sequence = new Cell(SEQUENCE, column(millis));
			targets.add(new Target(new Cell(THREADS, column(millis)), sequence, Measure.SPEED, OF_THREADS));
			targets.add(new Target(new Cell(WORKERS, column(millis)), sequence, Measure.SPEED, OF_WORKERS));
		}
		targets.add(new Target(new Cell(WORKERS, column(LARGEST)), Measure.TIME, FOUR_LARGEST_NANOS));
		return targets;
	}

	private static String column(int millis) {
		return "4 tasks of " + millis + " ms";
	}

}
