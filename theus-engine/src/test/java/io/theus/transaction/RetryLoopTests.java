package io.theus.transaction;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.theus.conflict.BackoffPolicy;
import io.theus.conflict.Claim;
import io.theus.conflict.Conflict;
import io.theus.conflict.ConflictDecision;
import io.theus.conflict.ConflictException;
import io.theus.conflict.ConflictPolicy;
import io.theus.conflict.ConflictSettings;
import io.theus.conflict.FailedAttempt;
import io.theus.conflict.TicketScope;
import io.theus.conflict.Tickets;
import io.theus.conflict.TransactionTimeoutException;
import io.theus.path.Path;
import io.theus.store.CommitOrigin;
import io.theus.store.CommitOrigin.Kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RetryLoopTests {

	private static final CommitOrigin ORIGIN = new CommitOrigin(Kind.PROCESS, "shop.run", "1");

	private static final Deadline LATER = Deadline.in(Duration.ofHours(1));

	private final Tickets tickets = new Tickets(new Object(), System::nanoTime);

	private final List<Long> waits = new ArrayList<>();

	private final List<Integer> attempts = new ArrayList<>();

	@AfterEach
	void clearInterrupt() {
		Thread.interrupted();
	}

	@Test
	void waitsGrowByPowersOfTwoUpToTheCap() throws Throwable {
		run(loop(new Fixed(0)), 14, LATER, failing(13));
		assertThat(this.waits).containsExactly(1_600_000L, 3_200_000L, 6_400_000L, 12_800_000L, 25_600_000L,
				51_200_000L, 102_400_000L, 204_800_000L, 409_600_000L, 819_200_000L, 1_638_400_000L, 2_000_000_000L,
				2_000_000_000L);
	}

	@Test
	void factorOfAWaitLiesBetweenFourFifthsAndSixFifths() throws Throwable {
		for (double drawn : List.of(0.0, 0.25, 0.5, 0.999999)) {
			this.waits.clear();
			this.attempts.clear();
			run(loop(new Fixed(drawn)), 2, LATER, failing(1));
			assertThat(this.waits).hasSize(1);
			assertThat(this.waits.get(0)).isBetween(1_600_000L, 2_399_999L)
				.isEqualTo((long) (2_000_000 * (0.8 + 0.4 * drawn)));
		}
	}

	@Test
	void attemptsAreNumberedAndTheResultOfTheLastIsReturned() throws Throwable {
		assertThat(run(loop(new Fixed(0.5)), 5, LATER, failing(3))).isEqualTo("attempt 4");
		assertThat(this.attempts).containsExactly(1, 2, 3, 4);
		assertThat(this.waits).hasSize(3);
	}

	@Test
	void exhaustedAttemptsCarryTheLastDiagnosis() {
		assertThatExceptionOfType(ConflictException.class)
			.isThrownBy(() -> run(loop(new Fixed(0.5)), 3, LATER, failing(99)))
			.withMessage(
					"conflict on 'domain.key3' in process 'shop.run': changed by a commit that is no longer kept after snapshot version=3, attempts=3 "
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
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> run(loop(new Fixed(0.5)), 5, LATER, (number) -> {
			this.attempts.add(number);
			throw new IOException("broken on purpose");
		}));
		assertThat(this.attempts).containsExactly(1);
		assertThat(this.waits).isEmpty();
	}

	@Test
	void waitThatWouldPassTheDeadlineIsNotBegun() {
		assertThatExceptionOfType(TransactionTimeoutException.class)
			.isThrownBy(() -> run(loop(new Fixed(0.5)), 20, Deadline.in(Duration.ofMillis(500)), failing(99)))
			.withMessage("process 'shop.run' timed out: limit=500ms, make it shorter or raise its timeout");
		assertThat(this.waits).isNotEmpty().allMatch((wait) -> wait < 500_000_000);
	}

	@Test
	void interruptedWaitEndsWithTheConflict() {
		RetryLoop loop = loop(new Fixed(0.5), (nanos) -> {
			throw new InterruptedException();
		});
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> run(loop, 5, LATER, failing(99)))
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

	@Test
	void ticketIsTakenAfterSomeConflictsAndGivenBackAtTheEnd() throws Throwable {
		ConflictSettings settings = new ConflictSettings(20, Duration.ofMillis(2), Duration.ofSeconds(2), 3,
				Duration.ofSeconds(5), TicketScope.EXECUTION);
		RetryLoop loop = new RetryLoop(settings, new BackoffPolicy(settings, new Fixed(0.5)), this.tickets,
				this.waits::add);
		List<Integer> inLine = new ArrayList<>();
		run(loop, 20, LATER, (number) -> {
			inLine.add(this.tickets.line().size());
			return failing(5).run(number);
		});
		assertThat(this.waits).as("no wait with a ticket").hasSize(2);
		assertThat(inLine).containsExactly(0, 0, 0, 1, 1, 1);
		assertThat(this.tickets.issued()).as("who conflicts with a ticket takes a wider one").isEqualTo(3);
		assertThat(this.tickets.line()).isEmpty();
	}

	@Test
	void ticketIsGivenBackWhateverHappens() {
		ConflictSettings settings = new ConflictSettings(3, Duration.ZERO, Duration.ZERO, 1, Duration.ofSeconds(5),
				TicketScope.ENGINE);
		RetryLoop loop = new RetryLoop(settings, new BackoffPolicy(settings, new Fixed(0.5)), this.tickets,
				this.waits::add);
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> run(loop, 3, LATER, failing(99)));
		assertThat(this.tickets.line()).isEmpty();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> run(loop, 3, LATER, (number) -> {
			failing(1).run(number);
			throw new IOException("broken on purpose");
		}));
		assertThat(this.tickets.line()).isEmpty();
		assertThat(this.tickets.issued()).isEqualTo(3);
	}

	@Test
	void policyHearsOfEveryConflictAndOfTheSuccess() throws Throwable {
		List<String> heard = new ArrayList<>();
		RetryLoop loop = new RetryLoop(ConflictSettings.DEFAULT, new ConflictPolicy() {

			@Override
			public ConflictDecision onConflict(FailedAttempt failure) {
				heard.add(failure.path() + " " + failure.conflicts() + "/" + failure.maxAttempts());
				return new ConflictDecision.Wait(Duration.ofNanos(7));
			}

			@Override
			public void onSuccess(CommitOrigin origin, int conflicts) {
				heard.add(origin + " after " + conflicts);
			}

		}, this.tickets, this.waits::add);
		run(loop, 5, LATER, failing(2));
		assertThat(heard).containsExactly("domain.key1 1/5", "domain.key2 2/5", "process 'shop.run' after 2");
		assertThat(this.waits).containsExactly(7L, 7L);
	}

	private RetryLoop loop(RandomGenerator random) {
		return loop(random, this.waits::add);
	}

	private RetryLoop loop(RandomGenerator random, RetryLoop.Pause pause) {
		ConflictSettings settings = new ConflictSettings(20, Duration.ofMillis(2), Duration.ofSeconds(2), 100,
				Duration.ofSeconds(5), TicketScope.EXECUTION);
		return new RetryLoop(settings, new BackoffPolicy(settings, random), this.tickets, pause);
	}

	private String run(RetryLoop loop, int maxAttempts, Deadline deadline, Work work) throws Throwable {
		return loop.run(new Repeatable<String>() {

			@Override
			public CommitOrigin origin() {
				return ORIGIN;
			}

			@Override
			public Deadline deadline() {
				return deadline;
			}

			@Override
			public int maxAttempts() {
				return maxAttempts;
			}

			@Override
			public String attempt(int number) throws Exception {
				return work.run(number);
			}

			@Override
			public Claim claim() {
				return Claim.of(List.of(), List.of(Path.parse("domain.key")));
			}

		});
	}

	private Work failing(int conflicts) {
		return (number) -> {
			this.attempts.add(number);
			if (number <= conflicts) {
				throw new ConflictException(
						new Conflict(Path.of("domain", "key" + number), ORIGIN, number, null, null));
			}
			return "attempt " + number;
		};
	}

	@FunctionalInterface
	private interface Work {

		String run(int number) throws Exception;

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
