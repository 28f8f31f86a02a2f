package io.theus.benchmarks.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.theus.benchmarks.read.ReadBenchmark;
import io.theus.benchmarks.read.ReadingType;

/**
 * What it costs to read a key through the guarded context of a process.
 */
final class ReadGroup {

	private static final List<Integer> KEYS = List.of(100, 10_000, 1_000_000);

	private static final double LIMIT = 4;

	private static final Candidate FLOOR = new Candidate("nested HashMap", Candidate.Role.FLOOR);

	private static final Candidate SCALA_MAP = new Candidate("ScalaSTM TMap", Candidate.Role.PEER);

	private static final Candidate JSON = new Candidate("Jackson JsonNode", Candidate.Role.PEER);

	private static final Candidate TEXT = new Candidate("Theus text path", Candidate.Role.THEUS);

	private static final Candidate STATE_PATH = new Candidate("Theus StatePath", Candidate.Role.THEUS);

	private static final Candidate MAP_PATH = new Candidate("Theus MapPath and key", Candidate.Role.THEUS);

	private ReadGroup() {
	}

	static Group create() {
		List<Trial> trials = new ArrayList<>();
		trials.addAll(trials(TEXT, ReadingType.THEUS_TEXT));
		trials.addAll(trials(STATE_PATH, ReadingType.THEUS_STATE_PATH));
		trials.addAll(trials(MAP_PATH, ReadingType.THEUS_MAP_PATH));
		trials.addAll(trials(SCALA_MAP, ReadingType.SCALA_MAP));
		trials.addAll(trials(JSON, ReadingType.JSON));
		trials.addAll(trials(FLOOR, ReadingType.NESTED_MAP));
		List<Target> targets = List.of(TEXT, STATE_PATH, MAP_PATH)
			.stream()
			.flatMap((candidate) -> KEYS.stream().map(ReadGroup::column).map((column) -> target(candidate, column)))
			.toList();
		return new Group("read",
				"A number is read under one of more and more text keys of a map, which is within two others. An attempt "
						+ "(an execution of a process, a transaction) reads 1,000 times, and each read counts.",
				List.of(SCALA_MAP, JSON, FLOOR), trials, targets, new Effort(5, 3, 3, 500), "2g");
	}

	private static List<Trial> trials(Candidate candidate, ReadingType type) {
		return KEYS.stream()
			.map((keys) -> new Trial(new Cell(candidate, column(keys)), ReadBenchmark.class)
				.parameter("readingType", type)
				.parameter("keys", keys))
			.toList();
	}

	private static String column(int keys) {
		return String.format(Locale.ROOT, "%,d keys", keys);
	}

	private static Target target(Candidate candidate, String column) {
		return new Target(new Cell(candidate, column), new Cell(FLOOR, column), Measure.COST, LIMIT);
	}

}
