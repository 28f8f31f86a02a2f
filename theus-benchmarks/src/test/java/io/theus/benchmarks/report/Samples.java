package io.theus.benchmarks.report;

import java.time.LocalDate;
import java.util.List;

import io.theus.benchmarks.group.Candidate;
import io.theus.benchmarks.group.Cell;
import io.theus.benchmarks.group.Effort;
import io.theus.benchmarks.group.Group;
import io.theus.benchmarks.group.Measure;
import io.theus.benchmarks.group.Target;
import io.theus.benchmarks.group.Trial;

/**
 * A group of Theus, a peer and a floor, with made-up numbers.
 */
final class Samples {

	static final Candidate THEUS = new Candidate("Theus", Candidate.Role.THEUS);

	static final Candidate PEER = new Candidate("Peer", Candidate.Role.PEER);

	static final Candidate FLOOR = new Candidate("Floor", Candidate.Role.FLOOR);

	static final Effort FULL = new Effort(3, 2, 2, 100);

	static final RunFacts FACTS = new RunFacts(LocalDate.of(2026, 11, 21), "Vendor 17", "Linux amd64", 2, 24, 0.5);

	private Samples() {
	}

	static GroupResult result(Effort effort, TrialResult... results) {
		List<Trial> trials = List.of(results).stream().map(TrialResult::trial).toList();
		List<Target> targets = List.of(
				new Target(new Cell(THEUS, "1 thread"), new Cell(PEER, "1 thread"), Measure.SPEED, 1),
				new Target(new Cell(THEUS, "1 thread"), new Cell(FLOOR, "1 thread"), Measure.COST, 5));
		Group group = new Group("sample", "Work.", List.of(PEER, FLOOR), trials, targets, FULL, "1g");
		return new GroupResult(group, effort, FACTS, List.of(results));
	}

	static TrialResult measured(Candidate candidate, Double... speeds) {
		return new TrialResult(trial(candidate), List.of(speeds).stream().map(Sample::ofSpeed).toList(), null);
	}

	static TrialResult failed(Candidate candidate, String failure) {
		return new TrialResult(trial(candidate), List.of(Sample.ofSpeed(1e6)), failure);
	}

	private static Trial trial(Candidate candidate) {
		return new Trial(new Cell(candidate, "1 thread"), Samples.class);
	}

}
