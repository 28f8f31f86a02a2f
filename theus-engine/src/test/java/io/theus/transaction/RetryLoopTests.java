package io.theus.transaction;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.theus.path.Path;
import io.theus.store.CommitOrigin;
import io.theus.store.CommitOrigin.Kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RetryLoopTests {

	private static final CommitOrigin ORIGIN = new CommitOrigin(Kind.PROCESS, "shop.run", "1");

	private static final Deadline LATER = Deadline.in(Duration.ofHours(1));

	private final List<Long> waits = new ArrayList<>();

	private final List<Integer> attempts = new ArrayList<>();

	@AfterEach
	void clearInterrupt() {
		Thread.interrupted();
	}

	@Test
	void waitsGrowByPowersOfTwoUpToTheCap() throws Throwable {
		loop(new Fixed(0)).run(14, LATER, failing(13));
		assertThat(this.waits).containsExactly(1_600_000L, 3_200_000L, 6_400_000L, 12_800_000L, 25_600_000L,
				51_200_000L, 102_400_000L, 204_800_000L, 409_600_000L, 819_200_000L, 1_638_400_000L, 2_000_000_000L,
				2_000_000_000L);
	}

	@Test
	void factorOfAWaitLiesBetweenFourFifthsAndSixFifths() throws Throwable {
		for (double drawn : List.of(0.0, 0.25, 0.5, 0.999999)) {
			this.waits.clear();
			this.attempts.clear();
			loop(new Fixed(drawn)).run(2, LATER, failing(1));
			assertThat(this.waits).hasSize(1);
			assertThat(this.waits.get(0)).isBetween(1_600_000L, 2_399_999L)
				.isEqualTo((long) (2_000_000 * (0.8 + 0.4 * drawn)));
		}
	}

	@Test
	void attemptsAreNumberedAndTheResultOfTheLastIsReturned() throws Throwable {
		assertThat(loop(new Fixed(0.5)).run(5, LATER, failing(3))).isEqualTo("attempt 4");
		assertThat(this.attempts).containsExactly(1, 2, 3, 4);
		assertThat(this.waits).hasSize(3);
	}

	@Test
	void exhaustedAttemptsCarryTheLastDiagnosis() {
		assertThatExceptionOfType(ConflictException.class)
			.isThrownBy(() -> loop(new Fixed(0.5)).run(3, LATER, failing(99)))
			.withMessage(
					"conflict on 'domain.key3' in process 'shop.run': changed after snapshot version=3, attempts=3 "
							+ "waited=6ms, run it again on a fresh snapshot")
			.satisfies((ex) -> {
				assertThat(ex.attempts()).isEqualTo(3);
				assertThat(ex.waited()).isEqualTo(Duration.ofMillis(6));
				assertThat(ex.conflict().baseVersion()).isEqualTo(3);
			});
		assertThat(this.waits).as("no wait after the last attempt").hasSize(2);
	}

	@Test
	void otherFailureIsNotRepeated() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> loop(new Fixed(0.5)).run(5, LATER, (number) -> {
			this.attempts.add(number);
			throw new IOException("broken on purpose");
		}));
		assertThat(this.attempts).containsExactly(1);
		assertThat(this.waits).isEmpty();
	}

	@Test
	void waitThatWouldPassTheDeadlineIsNotBegun() {
		assertThatExceptionOfType(TransactionTimeoutException.class)
			.isThrownBy(() -> loop(new Fixed(0.5)).run(20, Deadline.in(Duration.ofMillis(500)), failing(99)))
			.withMessage("process 'shop.run' timed out: limit=500ms, make it shorter or raise its timeout");
		assertThat(this.waits).isNotEmpty().allMatch((wait) -> wait < 500_000_000);
	}

	@Test
	void interruptedWaitEndsWithTheConflict() {
		RetryLoop loop = new RetryLoop(ConflictSettings.DEFAULT, new Fixed(0.5), (nanos) -> {
			throw new InterruptedException();
		});
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> loop.run(5, LATER, failing(99)))
			.satisfies((ex) -> assertThat(ex.attempts()).isEqualTo(1));
		assertThat(Thread.currentThread().isInterrupted()).isTrue();
		assertThat(this.attempts).containsExactly(1);
	}

	@Test
	void settingsThatMakeNoSenseAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ConflictSettings(0, Duration.ZERO, Duration.ZERO))
			.withMessage("conflicts need at least one attempt: maxAttempts=0, use 1 or more");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ConflictSettings(1, Duration.ofMillis(2), Duration.ofMillis(1)))
			.withMessage(
					"the waits between attempts are out of order: base=PT0.002S cap=PT0.001S, use 0 <= base <= cap");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ConflictSettings(1, Duration.ofMillis(-1), Duration.ZERO));
		assertThatIllegalArgumentException().isThrownBy(() -> TransactionOptions.DEFAULT.withAttempts(0))
			.withMessage("a transaction needs at least one attempt: attempts=0, use 1 or more");
		assertThat(ConflictSettings.DEFAULT)
			.isEqualTo(new ConflictSettings(20, Duration.ofMillis(2), Duration.ofSeconds(2)));
	}

	private RetryLoop loop(RandomGenerator random) {
		return new RetryLoop(ConflictSettings.DEFAULT, random, this.waits::add);
	}

	private RetryLoop.Attempt<String> failing(int conflicts) {
		return (number) -> {
			this.attempts.add(number);
			if (number <= conflicts) {
				throw new ConflictException(
						new Conflict(Path.of("domain", "key" + number), ORIGIN, number, null, null));
			}
			return "attempt " + number;
		};
	}

	private record Fixed(double drawn) implements RandomGenerator {

		@Override
		public double nextDouble() {
			return this.drawn;
		}

		@Override
		public long nextLong() {
			throw new UnsupportedOperationException();
		}

	}

}
