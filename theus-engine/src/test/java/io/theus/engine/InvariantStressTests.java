package io.theus.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.audit.AuditBlockException;
import io.theus.conflict.ConflictException;
import io.theus.invariant.Invariant;
import io.theus.invariant.Tick;
import io.theus.state.State;
import io.theus.transaction.TransactionOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Commits that keep a rule each for itself and break it together.
 */
class InvariantStressTests {

	private static final Logger logger = LoggerFactory.getLogger(InvariantStressTests.class);

	private static final int THREADS = 4;

	private static final int ROUNDS = 400;

	private final long seed = new Random().nextLong();

	@RepeatedTest(3)
	void neverBothOfTwoCommitsThatBreakARuleTogether() throws Exception {
		logger.warn("seed={}", this.seed);
		try (TheusEngine engine = TheusEngine.builder()
			.initialState(() -> Map.of("domain", Map.of("a", 0L, "b", 0L, "c", 0L, "d", 0L)))
			.invariants(
					Invariant.named("limit")
						.expression("now.domain.a + now.domain.b + now.domain.c + now.domain.d <= 10"),
					Invariant.named("range").range("domain.*", 0, 10))
			.build()) {
			AtomicLong highest = new AtomicLong();
			// Each thread writes a place of its own, so nobody conflicts by what he reads
			int landed = inParallel((thread, random) -> {
				String place = "domain." + "abcd".charAt(thread);
				engine.transact(TransactionOptions.named("t" + thread), (tx) -> {
					tx.set(place, (long) random.nextInt(8));
					return true;
				});
				highest.accumulateAndGet(total(engine.state()), Math::max);
			});
			for (long version = engine.history().oldest(); version <= engine.state().version(); version++) {
				assertThat(total(engine.history().at(version))).as("seed=%d, version=%d", this.seed, version)
					.isLessThanOrEqualTo(10);
			}
			assertThat(highest.get()).isLessThanOrEqualTo(10);
			assertThat(landed).isGreaterThan(0);
		}
	}

	private static long total(State state) {
		return state.get("domain.a", Long.class) + state.get("domain.b", Long.class) + state.get("domain.c", Long.class)
				+ state.get("domain.d", Long.class);
	}

	@RepeatedTest(3)
	void sumIsTheSameAfterManyTransfersAndThefts() throws Exception {
		logger.warn("seed={}", this.seed);
		try (TheusEngine engine = TheusEngine.builder()
			.initialState(() -> Map.of("domain", Map.of("a", 100L, "b", 100L, "c", 100L, "d", 100L)))
			.invariants(Invariant.named("money").sumConserved(List.of("domain.*"), List.of()))
			.build()) {
			inParallel((thread, random) -> {
				String from = "domain." + "abcd".charAt(random.nextInt(4));
				String to = "domain." + "abcd".charAt(random.nextInt(4));
				long stolen = (random.nextInt(3) == 0) ? 1 : 0;
				engine.transact(TransactionOptions.named("t" + thread).withAttempts(20), (tx) -> {
					tx.set(from, tx.get(from, Long.class) - 7);
					tx.set(to, tx.get(to, Long.class) + 7 - stolen);
					return true;
				});
			});
			assertThat(total(engine.state())).as("seed=%d", this.seed).isEqualTo(400);
		}
	}

	@Test
	void counterGoesUpOnceInEachTickWhoeverIsFirst() throws Exception {
		try (TheusEngine engine = TheusEngine.builder()
			.initialState(() -> Map.of("domain", Map.of("counter", 0L, "time", 0L)))
			.invariants(Invariant.named("once").tick(Tick.path("domain.time")).step("domain.counter", 0, 1))
			.build()) {
			for (int tick = 1; tick <= 50; tick++) {
				long time = tick;
				engine.transact(TransactionOptions.named("tick"), (tx) -> {
					tx.set("domain.time", time);
					return true;
				});
				int before = tick - 1;
				inParallel(1,
						(thread, random) -> engine.transact(TransactionOptions.named("bump").withAttempts(20), (tx) -> {
							tx.set("domain.counter", tx.get("domain.counter", Long.class) + 1);
							return true;
						}));
				assertThat(engine.state().get("domain.counter", Long.class)).isEqualTo(before + 1);
			}
		}
	}

	private int inParallel(Work work) throws Exception {
		return inParallel(ROUNDS, work);
	}

	private int inParallel(int rounds, Work work) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		try {
			List<Callable<Integer>> tasks = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				int thread = i;
				tasks.add(() -> {
					Random random = new Random(this.seed + thread);
					int landed = 0;
					for (int round = 0; round < rounds; round++) {
						try {
							work.run(thread, random);
							landed++;
						}
						catch (AuditBlockException | ConflictException ex) {
							// Not this one
						}
					}
					return landed;
				});
			}
			int landed = 0;
			for (Future<Integer> result : threads.invokeAll(tasks)) {
				landed += result.get();
			}
			return landed;
		}
		finally {
			threads.shutdownNow();
		}
	}

	/**
	 * What a thread does again and again.
	 */
	@FunctionalInterface
	private interface Work {

		void run(int thread, Random random);

	}

}
