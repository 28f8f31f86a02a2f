package io.theus.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.theus.OtherThreads;
import io.theus.ProcessContext;
import io.theus.conflict.ConflictException;
import io.theus.conflict.ConflictSettings;
import io.theus.conflict.TicketScope;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.transaction.TransactionOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests of tickets and reservations where they meet commits.
 */
@Timeout(120)
class TicketExecutionTests {

	private static final Duration NONE = Duration.ZERO;

	// The common pool may have one thread only, which one that waits would keep
	private static final Executor THREADS = (task) -> new Thread(task, "other").start();

	private final TheusEngineBuilder builder = TheusEngine.builder()
		.initialState(() -> Map.of("domain", Map.of("hot", 0, "cold", 0, "a", 0, "b", 0)))
		.conflicts(new ConflictSettings(20, NONE, NONE));

	private final List<CompletableFuture<?>> others = new ArrayList<>();

	private TheusEngine engine;

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void executionThatConflictsFiveTimesIsPreferred() throws Exception {
		AtomicInteger attempts = new AtomicInteger();
		this.builder.process("shop.slow", (process) -> process.updates("domain.hot").body((context, arguments) -> {
			increment(context, "domain.hot");
			if (attempts.incrementAndGet() <= 5) {
				OtherThreads.run(() -> count("domain.hot"));
				return null;
			}
			CompletableFuture<?> other = CompletableFuture.runAsync(() -> count("domain.hot"), THREADS);
			this.others.add(other);
			assertWaits(other);
			OtherThreads.run(() -> count("domain.cold"));
			Throwable refusal = OtherThreads.call(() -> catchThrowable(
					() -> this.engine.compareAndSwap(this.engine.state().version(), Map.of("domain.hot", 0))));
			assertThat(refusal).isInstanceOf(ConflictException.class)
				.hasMessageContaining("busy, it is kept by the ticket of process 'shop.slow'");
			return null;
		}));
		this.engine = this.builder.build();
		this.engine.execute("shop.slow");
		this.others.get(0).get(60, TimeUnit.SECONDS);
		assertThat(attempts).hasValue(6);
		assertThat(this.engine.state().get("domain.hot", Integer.class)).isEqualTo(7);
		assertThat(this.engine.state().get("domain.cold", Integer.class)).isEqualTo(1);
	}

	@Test
	void ticketOfTheEngineKeepsEverything() throws Exception {
		this.builder.conflicts(new ConflictSettings(20, NONE, NONE, 1, Duration.ofSeconds(5), TicketScope.ENGINE));
		AtomicInteger attempts = new AtomicInteger();
		this.builder.process("shop.slow", (process) -> process.updates("domain.hot").body((context, arguments) -> {
			increment(context, "domain.hot");
			if (attempts.incrementAndGet() == 1) {
				OtherThreads.run(() -> count("domain.hot"));
			}
			else {
				CompletableFuture<?> other = CompletableFuture.runAsync(() -> count("domain.cold"), THREADS);
				this.others.add(other);
				assertWaits(other);
			}
			return null;
		}));
		this.engine = this.builder.build();
		this.engine.execute("shop.slow");
		this.others.get(0).get(60, TimeUnit.SECONDS);
		assertThat(attempts).hasValue(2);
	}

	@Test
	void failureOfTheHolderLetsOthersGoOn() throws Exception {
		this.builder.conflicts(new ConflictSettings(20, NONE, NONE, 1, Duration.ofSeconds(60), TicketScope.EXECUTION));
		AtomicInteger attempts = new AtomicInteger();
		this.builder.process("shop.slow", (process) -> process.updates("domain.hot").body((context, arguments) -> {
			increment(context, "domain.hot");
			if (attempts.incrementAndGet() == 1) {
				OtherThreads.run(() -> count("domain.hot"));
				return null;
			}
			CompletableFuture<?> other = CompletableFuture.runAsync(() -> count("domain.hot"), THREADS);
			this.others.add(other);
			assertWaits(other);
			throw new IllegalStateException("broken on purpose");
		}));
		this.engine = this.builder.build();
		assertThatIllegalStateException().isThrownBy(() -> this.engine.execute("shop.slow"));
		this.others.get(0).get(30, TimeUnit.SECONDS);
		assertThat(this.engine.state().get("domain.hot", Integer.class)).isEqualTo(2);
	}

	@Test
	void bodyWithSideEffectsRunsOnceWhateverOthersDo() throws Exception {
		AtomicInteger bodies = new AtomicInteger();
		CountDownLatch begun = new CountDownLatch(1);
		this.builder.process("shop.charge",
				(process) -> process.argument("key", String.class)
					.updates("domain.{key}")
					.sideEffects("http:payments")
					.body((context, arguments) -> {
						bodies.incrementAndGet();
						increment(context, "domain." + arguments.get("key"));
						CompletableFuture<?> other = CompletableFuture.runAsync(() -> count("domain.hot"), THREADS);
						this.others.add(other);
						begun.countDown();
						assertWaits(other);
						OtherThreads.run(() -> count("domain.cold"));
						return null;
					}));
		this.engine = this.builder.build();
		this.engine.execute("shop.charge", "hot");
		this.others.get(0).get(60, TimeUnit.SECONDS);
		assertThat(bodies).hasValue(1);
		assertThat(this.engine.state().get("domain.hot", Integer.class)).isEqualTo(2);
	}

	@Test
	void reservationsInOppositeOrderDoNotBlockEachOther() {
		LongAdder bodies = new LongAdder();
		for (String[] order : new String[][] { { "a", "b" }, { "b", "a" } }) {
			this.builder.process("shop." + order[0] + order[1],
					(process) -> process.updates("domain." + order[0], "domain." + order[1])
						.sideEffects("http:payments")
						.body((context, arguments) -> {
							bodies.increment();
							increment(context, "domain." + order[0]);
							work();
							increment(context, "domain." + order[1]);
							return null;
						}));
		}
		this.engine = this.builder.build();
		OtherThreads.runAll(4, (number) -> {
			for (int round = 0; round < 50; round++) {
				this.engine.execute((number % 2 == 0) ? "shop.ab" : "shop.ba");
			}
		});
		assertThat(bodies.sum()).isEqualTo(200);
		assertThat(this.engine.state().get("domain.a", Integer.class)).isEqualTo(200);
		assertThat(this.engine.state().get("domain.b", Integer.class)).isEqualTo(200);
	}

	@Test
	void nobodyStarvesOnAHotKey() {
		int threads = 16;
		this.builder.conflicts(new ConflictSettings(200, Duration.ofNanos(1), Duration.ofMillis(1)))
			.process("shop.count", (process) -> process.updates("domain.hot").body((context, arguments) -> {
				increment(context, "domain.hot");
				work();
				return null;
			}));
		this.engine = this.builder.build();
		List<Integer> counts = Collections.synchronizedList(new ArrayList<>());
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
		OtherThreads.runAll(threads, (number) -> {
			int own = 0;
			while (System.nanoTime() < end) {
				this.engine.execute("shop.count");
				own++;
			}
			counts.add(own);
		});
		int sum = counts.stream().mapToInt(Integer::intValue).sum();
		assertThat(this.engine.state().get("domain.hot", Integer.class)).isEqualTo(sum);
		assertThat(Collections.min(counts)).as("counts=%s", counts).isGreaterThanOrEqualTo((int) (0.3 * sum / threads));
	}

	private static void increment(ProcessContext context, String path) {
		context.update(path, Integer.class, (value) -> value + 1);
	}

	private void count(String path) {
		this.engine.transact(TransactionOptions.named("other").withAttempts(50), (transaction) -> {
			transaction.update(path, Integer.class, (value) -> value + 1);
			return true;
		});
	}

	// A commit that waits for a ticket takes no thread's time, so all there is to see is
	// that it does not end
	private static void assertWaits(CompletableFuture<?> other) {
		assertThat(other).isNotCompletedExceptionally();
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> other.get(50, TimeUnit.MILLISECONDS));
	}

	// Give the other threads a chance to come in between
	private static void work() {
		for (int i = 0; i < 500; i++) {
			Thread.onSpinWait();
		}
	}

}
