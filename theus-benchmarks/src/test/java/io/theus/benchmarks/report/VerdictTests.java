package io.theus.benchmarks.report;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.theus.benchmarks.group.Cell;
import io.theus.benchmarks.group.Measure;
import io.theus.benchmarks.group.Target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class VerdictTests {

	@Test
	void speedIsMetWhenMediansReachTheFactorAndRoundsAreCountedOneByOne() {
		Verdict verdict = verdict(Measure.SPEED, 1.3, List.of(30.0, 26.0, 10.0), List.of(20.0, 20.0, 10.0));
		assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.MET);
		assertThat(verdict.value()).isEqualTo(1.3);
		assertThat(verdict.roundsMet()).isEqualTo(2);
		assertThat(verdict.rounds()).isEqualTo(3);
	}

	@Test
	void speedIsMissedWhenMediansAreBelowTheFactor() {
		assertThat(verdict(Measure.SPEED, 1.3, List.of(25.0), List.of(20.0)).outcome())
			.isEqualTo(Verdict.Outcome.MISSED);
	}

	@Test
	void costIsTheInverseOfSpeedAndBoundFromAbove() {
		Verdict met = verdict(Measure.COST, 5, List.of(20.0), List.of(100.0));
		assertThat(met.outcome()).isEqualTo(Verdict.Outcome.MET);
		assertThat(met.value()).isEqualTo(5);
		assertThat(verdict(Measure.COST, 5, List.of(19.0), List.of(100.0)).outcome()).isEqualTo(Verdict.Outcome.MISSED);
	}

	@Test
	void extraIsTheDifferenceInNanoseconds() {
		Verdict verdict = verdict(Measure.EXTRA, 1000, List.of(1e6), List.of(10e6));
		assertThat(verdict.value()).isCloseTo(900, within(1e-6));
		assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.MET);
		assertThat(verdict(Measure.EXTRA, 899, List.of(1e6), List.of(10e6)).outcome())
			.isEqualTo(Verdict.Outcome.MISSED);
	}

	@Test
	void figureBoundedByItselfNeedsNoReference() {
		Cell cell = new Cell(Samples.THEUS, "16 threads");
		Target fairness = new Target(cell, Measure.FAIRNESS, 0.3);
		assertThat(fairness).hasToString("Theus, 16 threads: slowest thread at least 0.30 of the mean");
		Series values = new Series(List.of(0.31, 0.2, 0.4));
		Verdict verdict = Verdict.of(fairness, values, values);
		assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.MET);
		assertThat(verdict.value()).isEqualTo(0.31);
		assertThat(verdict.roundsMet()).isEqualTo(2);
		Target time = new Target(cell, Measure.TIME, 20_000);
		assertThat(time).hasToString("Theus, 16 threads: at most 20,000 ns");
		Series speeds = new Series(List.of(40_000.0));
		assertThat(Verdict.of(time, speeds, speeds).outcome()).isEqualTo(Verdict.Outcome.MISSED);
	}

	@Test
	void heapIsBoundFromAbove() {
		assertThat(verdict(Measure.HEAP, 1.05, List.of(104.0), List.of(100.0)).outcome())
			.isEqualTo(Verdict.Outcome.MET);
		assertThat(verdict(Measure.HEAP, 1.05, List.of(106.0), List.of(100.0)).outcome())
			.isEqualTo(Verdict.Outcome.MISSED);
	}

	@Test
	void rateAndSizeAreBoundedByThemselves() {
		Cell cell = new Cell(Samples.THEUS, "100,000 runs");
		Target rate = new Target(cell, Measure.RATE, 10_000);
		assertThat(rate).hasToString("Theus, 100,000 runs: at least 10,000 per second");
		Series speeds = new Series(List.of(9_999.0, 10_000.0, 12_000.0));
		assertThat(Verdict.of(rate, speeds, speeds).outcome()).isEqualTo(Verdict.Outcome.MET);
		assertThat(Verdict.of(rate, speeds, speeds).roundsMet()).isEqualTo(2);
		Target size = new Target(cell, Measure.SIZE, 1024);
		assertThat(size).hasToString("Theus, 100,000 runs: at most 1,024 MiB of heap");
		Series bytes = new Series(List.of(1025.0 * (1 << 20)));
		assertThat(Verdict.of(size, bytes, bytes).outcome()).isEqualTo(Verdict.Outcome.MISSED);
		assertThat(Verdict.of(size, bytes, bytes).value()).isEqualTo(1025);
	}

	private static Verdict verdict(Measure measure, double limit, List<Double> subject, List<Double> reference) {
		Target target = new Target(new Cell(Samples.THEUS, "1 thread"), new Cell(Samples.PEER, "1 thread"), measure,
				limit);
		return Verdict.of(target, new Series(subject), new Series(reference));
	}

}
