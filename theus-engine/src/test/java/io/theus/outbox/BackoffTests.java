package io.theus.outbox;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BackoffTests {

	@Test
	void delayGrowsByTheFactorUpToTheCap() {
		Backoff backoff = Backoff.defaults();
		assertThat(Duration.ofNanos(backoff.nanos(1, 0.5))).isEqualTo(Duration.ofMillis(100));
		assertThat(Duration.ofNanos(backoff.nanos(2, 0.5))).isEqualTo(Duration.ofMillis(200));
		assertThat(Duration.ofNanos(backoff.nanos(7, 0.5))).isEqualTo(Duration.ofMillis(6400));
		assertThat(Duration.ofNanos(backoff.nanos(8, 0.5))).isEqualTo(Duration.ofSeconds(10));
		assertThat(Duration.ofNanos(backoff.nanos(Integer.MAX_VALUE, 0.5))).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void delayVariesByAFifth() {
		Backoff backoff = Backoff.defaults();
		assertThat(Duration.ofNanos(backoff.nanos(1, 0))).isEqualTo(Duration.ofMillis(80));
		assertThat(backoff.nanos(1, Math.nextDown(1.0))).isBetween(119_999_999L, 120_000_000L);
	}

	@Test
	void delaysThatShrinkAreRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Backoff(Duration.ofSeconds(2), 2, Duration.ofSeconds(1)))
			.withMessage("delays of the outbox must be positive and not shrink: base=PT2S, factor=2.0, cap=PT1S");
		assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(Duration.ZERO, 2, Duration.ofSeconds(1)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Backoff(Duration.ofSeconds(1), 0.5, Duration.ofSeconds(1)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Backoff(Duration.ofSeconds(1), Double.NaN, Duration.ofSeconds(1)));
	}

}
