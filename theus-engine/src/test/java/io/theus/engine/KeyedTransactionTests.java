package io.theus.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.theus.Isolation;
import io.theus.TransactionContext;
import io.theus.conflict.ConflictException;
import io.theus.process.ExecutionKey;
import io.theus.state.InvalidValueException;
import io.theus.transaction.TransactionOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(30)
class KeyedTransactionTests {

	private static final TransactionOptions BILLING = TransactionOptions.named("billing").withAttempts(20);

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));

	private final AtomicInteger runs = new AtomicInteger();

	private final TheusEngine engine = engine(Isolation.HYBRID);

	@AfterEach
	void close() {
		this.engine.close();
	}

	private TheusEngine engine(Isolation isolation) {
		return TheusEngine.builder()
			.clock(new SetClock())
			.isolation(isolation)
			.process("outer",
					(spec) -> spec.updates("domain.**")
						.body((context, arguments) -> this.engine.transact(ExecutionKey.of("m-1"), Integer.class,
								BILLING, this::count)))
			.build();
	}

	private Integer count(TransactionContext tx) {
		this.runs.incrementAndGet();
		int count = tx.getOrDefault("domain.count", 0) + 1;
		tx.set("domain.count", count);
		return count;
	}

	private Integer once(String key, TransactionOptions options) {
		return this.engine.transact(ExecutionKey.of(key), Integer.class, options, this::count);
	}

	@Test
	void repetitionReturnsWhatTheFirstOneDidAndDoesNothing() {
		assertThat(once("m-1", BILLING)).isEqualTo(1);
		assertThat(once("m-2", BILLING)).isEqualTo(2);
		long version = this.engine.state().version();
		assertThat(once("m-1", BILLING)).isEqualTo(1);
		assertThat(this.runs).hasValue(2);
		assertThat(this.engine.state().version()).isEqualTo(version);
	}

	@Test
	void keysBelongToANameAndNotToProcesses() {
		once("m-1", BILLING);
		assertThat(once("m-1", TransactionOptions.named("shipping"))).isEqualTo(2);
	}

	@Test
	void bodyWithoutAnEffectIsRememberedToo() {
		for (int i = 0; i < 2; i++) {
			this.engine.transact(ExecutionKey.of("m-1"), Void.class, BILLING, (tx) -> {
				this.runs.incrementAndGet();
				return null;
			});
		}
		assertThat(this.runs).hasValue(1);
	}

	@Test
	void failureIsNotRemembered() {
		assertThatIllegalStateException()
			.isThrownBy(() -> this.engine.transact(ExecutionKey.of("m-1"), Void.class, BILLING, (tx) -> {
				tx.set("domain.count", 7);
				throw new IllegalStateException("no");
			}));
		assertThat(once("m-1", BILLING)).isEqualTo(1);
	}

	@Test
	void keyIsForgottenInTheEnd() {
		this.engine.transact(ExecutionKey.of("m-1").retain(Duration.ofHours(1)), Integer.class, BILLING, this::count);
		this.now.updateAndGet((time) -> time.plus(Duration.ofMinutes(59)));
		assertThat(once("m-1", BILLING)).isEqualTo(1);
		this.now.updateAndGet((time) -> time.plus(Duration.ofMinutes(1)));
		assertThat(once("m-1", BILLING)).isEqualTo(2);
	}

	@Test
	void ofSeveralAtTheSameTimeOneIsMade() throws Exception {
		int threads = 4;
		CyclicBarrier barrier = new CyclicBarrier(threads);
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			for (int round = 1; round <= 200; round++) {
				String key = "m-" + round;
				List<Future<Integer>> results = new ArrayList<>();
				for (int i = 0; i < threads; i++) {
					results.add(executor.submit(() -> {
						barrier.await();
						return once(key, BILLING);
					}));
				}
				for (Future<Integer> result : results) {
					assertThat(result.get(10, TimeUnit.SECONDS)).isEqualTo(round);
				}
			}
		}
		finally {
			executor.shutdownNow();
		}
		assertThat(this.engine.state().get("domain.count")).isEqualTo(200);
	}

	@Test
	void withOneAttemptTheLaterOneIsRefused() {
		assertThatExceptionOfType(ConflictException.class)
			.isThrownBy(() -> this.engine.transact(ExecutionKey.of("m-1"), Integer.class,
					TransactionOptions.named("billing"), (tx) -> apart(() -> once("m-1", BILLING))))
			.withMessageContaining("another execution has its key");
		assertThat(this.engine.state().get("domain.count")).isEqualTo(1);
	}

	private static Integer apart(Callable<Integer> other) {
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try {
			return executor.submit(other).get(10, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void keyCommitsWithTheProcessThatSurroundsIt() {
		this.engine.execute("outer");
		this.engine.execute("outer");
		assertThat(this.runs).hasValue(1);
		assertThat(once("m-1", BILLING)).isEqualTo(1);
	}

	@Test
	void partsOfATransactionKnowEachOther() {
		this.engine.transact((tx) -> once("m-1", BILLING) + once("m-1", BILLING));
		assertThat(this.runs).hasValue(1);
	}

	@Test
	void writesWithoutATransactionAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> once("m-1", BILLING.withIsolation(Isolation.RAW)))
			.withMessage(
					"transaction under key 'm-1' is refused: with isolation=RAW each write is a commit of its own, "
							+ "use HYBRID or SAFE");
		try (TheusEngine raw = engine(Isolation.RAW)) {
			assertThatIllegalStateException()
				.isThrownBy(() -> raw.transact(ExecutionKey.of("m-1"), Void.class, BILLING, (tx) -> {
					tx.set("domain.count", 7);
					throw new IllegalStateException("no");
				}));
			assertThat(raw.state().contains("domain.count")).isFalse();
		}
	}

	@Test
	void resultMustBeAcceptable() {
		assertThatExceptionOfType(InvalidValueException.class).isThrownBy(
				() -> this.engine.transact(ExecutionKey.of("m-1"), Object.class, BILLING, (tx) -> new Object()));
	}

	private final class SetClock extends Clock {

		@Override
		public Instant instant() {
			return KeyedTransactionTests.this.now.get();
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
