package io.theus.benchmarks.report;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SeriesTests {

	@Test
	void medianOfAnOddCountIsTheOneInTheMiddle() {
		assertThat(new Series(List.of(9.0, 1.0, 4.0)).median()).isEqualTo(4);
	}

	@Test
	void medianOfAnEvenCountIsTheMeanOfTheTwoInTheMiddle() {
		assertThat(new Series(List.of(9.0, 1.0, 4.0, 5.0)).median()).isEqualTo(4.5);
	}

	@Test
	void spreadIsTheLeastAndTheGreatest() {
		Series series = new Series(List.of(3.0, 1.0, 2.0));
		assertThat(series.min()).isEqualTo(1);
		assertThat(series.max()).isEqualTo(3);
	}

	@Test
	void seriesWithoutNumbersIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Series(List.of()))
			.withMessage("series is empty: values=0, give at least one");
	}

}
