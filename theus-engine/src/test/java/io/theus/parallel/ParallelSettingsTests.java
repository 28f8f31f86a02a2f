package io.theus.parallel;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ParallelSettingsTests {

	@Test
	void defaultsAreThoseOfTheDocumentation() {
		ParallelSettings settings = ParallelSettings.DEFAULT;
		assertThat(settings.mode()).isEqualTo(ParallelMode.THREADS);
		assertThat(settings.poolSize()).isEqualTo(Math.max(2, 2 * Runtime.getRuntime().availableProcessors()));
		assertThat(settings.queueCapacity()).isEqualTo(1000);
		assertThat(settings.drain()).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void numbersThatMakeNoSenseAreRefused() {
		ParallelSettings settings = ParallelSettings.DEFAULT;
		assertThatIllegalArgumentException().isThrownBy(() -> settings.withPoolSize(0))
			.withMessage(
					"pool size of parallel processes is too small: value=0, set theus.parallel.pool-size to 1 or more");
		assertThatIllegalArgumentException().isThrownBy(() -> settings.withQueueCapacity(-1))
			.withMessage(
					"queue capacity of parallel processes is too small: value=-1, set theus.parallel.queue-capacity to 1 or more");
		assertThatIllegalArgumentException().isThrownBy(() -> settings.withDrain(Duration.ofSeconds(-1)))
			.withMessage(
					"drain time of parallel processes is negative: duration=PT-1S, set theus.parallel.drain-timeout to 0 s or more");
	}

}
