package io.theus.benchmarks.group;

import java.util.List;

import io.theus.benchmarks.history.DiffBenchmark;
import io.theus.benchmarks.history.ForkBenchmark;
import io.theus.benchmarks.history.VersionBenchmark;
import io.theus.benchmarks.history.VersionedMapType;

/**
 * What it costs to keep versions and to compare them.
 */
final class HistoryGroup {

	private static final Candidate THEUS = new Candidate("Theus history", Candidate.Role.THEUS);

	private static final Candidate COPIES = new Candidate("copied HashMap", Candidate.Role.PEER);

	private static final int VERSIONS = 256;

	// As many copies of the map as the heap holds with ease
	private static final int COPIED_VERSIONS = 8;

	private static final String DIFF = "diff of neighbours";

	private static final String FORK = "fork and read a key";

	private HistoryGroup() {
	}

	static Group create() {
		return new Group("history",
				"A map has 1,000,000 text keys, and each version changes 10 of them. Measured are one more version and "
						+ "the comparison of a version with the next one, and a fork of a version, while Theus keeps 1 or 256 versions and the "
						+ "peer, which copies a HashMap for each, 1 or 8. The heap is what the map and the versions hold "
						+ "alive after a collection, before anything is timed.",
				List.of(COPIES),
				List.of(commit(THEUS, VersionedMapType.THEUS, 1, VERSIONS),
						commit(THEUS, VersionedMapType.THEUS, VERSIONS, VERSIONS),
						diff(THEUS, VersionedMapType.THEUS, VERSIONS), fork(THEUS, VersionedMapType.THEUS, VERSIONS),
						commit(COPIES, VersionedMapType.COPIED_MAP, 1, COPIED_VERSIONS),
						commit(COPIES, VersionedMapType.COPIED_MAP, COPIED_VERSIONS, COPIED_VERSIONS),
						diff(COPIES, VersionedMapType.COPIED_MAP, COPIED_VERSIONS),
						fork(COPIES, VersionedMapType.COPIED_MAP, COPIED_VERSIONS)),
				List.of(new Target(new Cell(THEUS, column(VERSIONS)), new Cell(THEUS, column(1)), Measure.HEAP, 1.05),
						new Target(new Cell(THEUS, DIFF), Measure.TIME, 20_000),
						new Target(new Cell(THEUS, FORK), Measure.TIME, 1_000)),
				new Effort(5, 4, 3, 500), "2g");
	}

	private static Trial commit(Candidate candidate, VersionedMapType type, int kept, int made) {
		Trial trial = new Trial(new Cell(candidate, column(kept)), VersionBenchmark.class)
			.parameter("versionedMapType", type)
			.parameter("versions", kept)
			.parameter("made", made);
		return (kept > 1) ? trial.baseline(column(1)) : trial;
	}

	private static Trial diff(Candidate candidate, VersionedMapType type, int kept) {
		return new Trial(new Cell(candidate, DIFF), DiffBenchmark.class).parameter("versionedMapType", type)
			.parameter("versions", kept)
			.parameter("made", kept);
	}

	private static Trial fork(Candidate candidate, VersionedMapType type, int kept) {
		return new Trial(new Cell(candidate, FORK), ForkBenchmark.class).parameter("versionedMapType", type)
			.parameter("versions", kept)
			.parameter("made", kept);
	}

	private static String column(int kept) {
		return (kept > 1) ? "commit, %d versions kept".formatted(kept) : "commit, 1 version kept";
	}

}
