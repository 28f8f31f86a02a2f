package io.theus.benchmarks;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

import io.theus.benchmarks.group.Candidate;
import io.theus.benchmarks.group.Cell;
import io.theus.benchmarks.group.Effort;
import io.theus.benchmarks.group.Figure;
import io.theus.benchmarks.group.Group;
import io.theus.benchmarks.group.Trial;
import io.theus.benchmarks.report.Sample;
import io.theus.benchmarks.report.TrialResult;

import static org.assertj.core.api.Assertions.assertThat;

class RoundsTests {

	private final Trial first = trial("first");

	private final Trial second = trial("second");

	private final List<Trial> run = new ArrayList<>();

	@Test
	void eachRoundRunsEveryTrialBeforeTheNextBegins() {
		rounds(4, (trial) -> 1).run();
		for (int round = 0; round < 4; round++) {
			assertThat(this.run.subList(2 * round, 2 * round + 2)).containsExactlyInAnyOrder(this.first, this.second);
		}
	}

	@Test
	void resultsAreInTheOrderOfTheGroupWithOneNumberPerRound() {
		List<TrialResult> results = rounds(3, (trial) -> this.run.size()).run();
		assertThat(results).extracting(TrialResult::trial).containsExactly(this.first, this.second);
		assertThat(results).allSatisfy((result) -> assertThat(result.values(Figure.SPEED)).hasSize(3).isSorted());
	}

	@Test
	void trialThatFailedDoesNotCountAndIsNotRunAgain() {
		List<TrialResult> results = rounds(3, (trial) -> {
			if (trial.equals(this.first) && this.run.size() > 2) {
				RunnerException failure = new RunnerException("benchmark failed");
				failure.addSuppressed(new IllegalStateException("wrapped", new ArithmeticException("lost")));
				throw failure;
			}
			return 1;
		}).run();
		assertThat(results.get(0).counts()).isFalse();
		assertThat(results.get(0).failure()).isEqualTo("ArithmeticException: lost");
		assertThat(results.get(1).counts()).isTrue();
		assertThat(this.run).filteredOn(this.first::equals).hasSize(2);
	}

	@Test
	void trialWithFewerRoundsIsRunInTheFirstOnes() {
		List<TrialResult> results = rounds(4, List.of(this.first, this.second.rounds(2)), (trial) -> 1).run();
		assertThat(results.get(0).samples()).hasSize(4);
		assertThat(results.get(1).samples()).hasSize(2);
		assertThat(results.get(1).counts()).isTrue();
		assertThat(this.run.subList(4, 6)).containsOnly(this.first);
	}

	private Rounds rounds(int count, Speed speed) {
		return rounds(count, List.of(this.first, this.second), speed);
	}

	private Rounds rounds(int count, List<Trial> trials, Speed speed) {
		Group group = new Group("sample", "Work.", List.of(), trials, List.of(), Effort.quick(), "1g");
		return new Rounds(group, count, (trial) -> {
			this.run.add(trial);
			return Sample.ofSpeed(speed.of(trial));
		});
	}

	private static Trial trial(String name) {
		return new Trial(new Cell(new Candidate(name, Candidate.Role.PEER), "1 thread"), RoundsTests.class);
	}

	/**
	 * Makes up the speed of a trial.
	 */
	private interface Speed {

		double of(Trial trial) throws RunnerException;

	}

}
