package io.theus.benchmarks;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

import io.theus.benchmarks.group.Candidate;
import io.theus.benchmarks.group.Cell;
import io.theus.benchmarks.group.Effort;
import io.theus.benchmarks.group.Figure;
import io.theus.benchmarks.group.Group;
import io.theus.benchmarks.group.Trial;
import io.theus.benchmarks.ledger.Draw;
import io.theus.benchmarks.ledger.LedgerBenchmark;
import io.theus.benchmarks.ledger.LedgerType;
import io.theus.benchmarks.report.TrialResult;
import io.theus.benchmarks.waiting.ResumeBenchmark;
import io.theus.benchmarks.waiting.WaitingType;

import static org.assertj.core.api.Assertions.assertThat;

class JmhTrialRunnerTests {

	private final OutputFormat log = OutputFormatFactory.createFormatInstance(
			new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), VerboseMode.SILENT);

	private final TrialRunner runner = new JmhTrialRunner(Effort.quick(), "64m", this.log);

	@Test
	void correctCandidateIsMeasured() throws RunnerException {
		Map<Figure, Double> figures = this.runner.run(trial(LedgerType.SYNCHRONIZED_MAP)).figures();
		assertThat(figures).containsOnlyKeys(Figure.SPEED, Figure.FAIRNESS);
		assertThat(figures.get(Figure.SPEED)).isGreaterThan(1000);
		assertThat(figures.get(Figure.FAIRNESS)).isPositive().isLessThanOrEqualTo(1);
	}

	@Test
	void candidateThatLosesUpdatesFails() {
		Trial trial = trial(LedgerType.PLAIN_PROXY);
		Group group = new Group("sample", "Work.", List.of(), List.of(trial), List.of(), Effort.quick(), "64m");
		TrialResult result = new Rounds(group, 1, this.runner).run().get(0);
		assertThat(result.counts()).isFalse();
		assertThat(result.failure()).contains("accounts do not add up to the transactions");
	}

	@Test
	void heapOfRunsThatWaitIsDividedByTheirNumber() throws RunnerException {
		int runs = 300;
		Trial trial = new Trial(new Cell(new Candidate("waiting", Candidate.Role.PEER), "few"), ResumeBenchmark.class)
			.parameter("waitingType", WaitingType.FLOWABLE)
			.parameter("runs", runs)
			.operations(runs);
		Map<Figure, Double> figures = new JmhTrialRunner(Effort.quick(), "256m", this.log).run(trial).figures();
		assertThat(figures).containsOnlyKeys(Figure.SPEED, Figure.HEAP, Figure.HEAP_EACH);
		assertThat(figures.get(Figure.HEAP_EACH)).isEqualTo(figures.get(Figure.HEAP) / runs);
		// Invocations per second would be fewer than runs by far
		assertThat(figures.get(Figure.SPEED)).isBetween(30.0, 300_000.0);
	}

	private static Trial trial(LedgerType type) {
		Cell cell = new Cell(new Candidate(type.name(), Candidate.Role.PEER), "2 threads, same key");
		return new Trial(cell, LedgerBenchmark.class).threads(2)
			.parameter("ledgerType", type)
			.parameter("draw", Draw.ONE);
	}

}
