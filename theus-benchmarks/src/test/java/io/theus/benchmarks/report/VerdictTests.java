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

	private static Verdict verdict(Measure measure, double limit, List<Double> subject, List<Double> reference) {
		Target target = new Target(new Cell(Samples.THEUS, "1 thread"), new Cell(Samples.PEER, "1 thread"), measure,
				limit);
		return Verdict.of(target, new Series(subject), new Series(reference));
	}

}
