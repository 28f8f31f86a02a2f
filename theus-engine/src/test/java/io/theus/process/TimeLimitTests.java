package io.theus.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.theus.OtherThreads;
import io.theus.conflict.ConflictSettings;
import io.theus.conflict.TransactionTimeoutException;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.state.State;
import io.theus.transaction.TransactionOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class TimeLimitTests {

	private static final Duration SHORT = Duration.ofMillis(50);

	private final List<ProcessExecution> executions = Collections.synchronizedList(new ArrayList<>());

	private final CountDownLatch never = new CountDownLatch(1);

	private final CountDownLatch interrupted = new CountDownLatch(1);

	private TheusEngine engine;

	private final AtomicInteger runs = new AtomicInteger();

	private final TheusEngineBuilder builder = TheusEngine.builder()
		.processListener(this.executions::add)
		.process("shop.slow", (spec) -> spec.outputs("domain.x").timeout(SHORT).body((context, arguments) -> {
			context.set("domain.x", this.runs.incrementAndGet());
			passTime();
			return "done";
		}))
		.process("shop.reader", (spec) -> spec.inputs("domain.x").timeout(SHORT).body((context, arguments) -> {
			passTime();
			return context.contains("domain.x");
		}))
		.process("shop.stuck", (spec) -> spec.outputs("domain.x").timeout(SHORT).body((context, arguments) -> {
			try {
				context.set("domain.x", 1);
				return this.never.await(60, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				this.interrupted.countDown();
				throw ex;
			}
		}));

	@Test
	void commitAfterTheLimitOfTheProcessIsRefused() {
		TheusEngine engine = this.builder.build();
		State before = engine.state();
		assertThatExceptionOfType(TransactionTimeoutException.class).isThrownBy(() -> engine.execute("slow"))
			.withMessage("process 'shop.slow' timed out: limit=50ms, make it shorter or raise its timeout")
			.satisfies((ex) -> {
				assertThat(ex.limit()).isEqualTo(SHORT);
				assertThat(ex.origin().name()).isEqualTo("shop.slow");
			});
		assertThat(engine.state()).isSameAs(before);
		assertThat(this.runs).as("not retried").hasValue(1);
		assertThat(this.executions).extracting(ProcessExecution::outcome).containsExactly(ProcessOutcome.TIMEOUT);
	}

	@Test
	void limitHoldsForProcessesThatChangeNothing() {
		TheusEngine engine = this.builder.build();
		assertThatExceptionOfType(TransactionTimeoutException.class).isThrownBy(() -> engine.execute("reader"));
	}

	@Test
	void commitAfterTheLimitOfAnExplicitTransactionIsRefused() {
		TheusEngine engine = this.builder.transactionTimeout(SHORT).build();
		assertThatExceptionOfType(TransactionTimeoutException.class).isThrownBy(() -> engine.transact((tx) -> {
			tx.set("domain.x", 1);
			passTime();
			return null;
		})).withMessage("transaction timed out: limit=50ms, make it shorter or raise its timeout");
		assertThat(engine.state().version()).isZero();
	}

	@Test
	void limitOfTheOptionsCounts() {
		TheusEngine engine = this.builder.build();
		assertThatExceptionOfType(TransactionTimeoutException.class)
			.isThrownBy(() -> engine.transact(TransactionOptions.named("import").withTimeout(SHORT), (tx) -> {
				tx.set("domain.x", 1);
				passTime();
				return null;
			}))
			.withMessage("transaction 'import' timed out: limit=50ms, make it shorter or raise its timeout");
	}

	@Test
	void limitSpansAttemptsAndWaits() {
		Duration wait = Duration.ofSeconds(100);
		TheusEngine engine = this.builder.conflicts(new ConflictSettings(5, wait, wait)).build();
		long start = System.nanoTime();
		assertThatExceptionOfType(TransactionTimeoutException.class)
			.isThrownBy(() -> engine.transact(TransactionOptions.DEFAULT.withAttempts(5), (tx) -> {
				this.runs.incrementAndGet();
				tx.set("domain.x", 1);
				OtherThreads.run(() -> engine.transact((other) -> {
					other.set("domain.x", this.runs.get() + 1);
					return null;
				}));
				return null;
			}));
		assertThat(this.runs).hasValue(1);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(50));
	}

	@Test
	void asynchronousBodyIsInterruptedWhenItsTimeIsOver() throws Exception {
		TheusEngine engine = this.builder.build();
		State before = engine.state();
		CompletableFuture<Object> result = engine.executeAsync("stuck");
		assertThat(result).failsWithin(Duration.ofSeconds(30))
			.withThrowableThat()
			.withCauseInstanceOf(TransactionTimeoutException.class)
			.withMessageContaining("process 'shop.stuck' timed out: limit=50ms");
		assertThat(this.interrupted.await(30, TimeUnit.SECONDS)).isTrue();
		Awaitility.await().until(() -> !this.executions.isEmpty());
		assertThat(this.executions).extracting(ProcessExecution::outcome).containsExactly(ProcessOutcome.TIMEOUT);
		assertThat(engine.state()).isSameAs(before);
	}

	@Test
	void waitAfterAConflictEndsWithTheExecutionThatIsCancelled() {
		Duration wait = Duration.ofMillis(400);
		CountDownLatch waiting = new CountDownLatch(1);
		TheusEngine engine = this.builder.conflicts(new ConflictSettings(5, wait, wait))
			.process("shop.contended", (spec) -> spec.updates("domain.y").body((context, arguments) -> {
				context.find("domain.y");
				OtherThreads.run(() -> this.engine.compareAndSwap(this.engine.state().version(),
						Map.of("domain.y", this.runs.incrementAndGet())));
				context.set("domain.y", "mine");
				waiting.countDown();
				return null;
			}))
			.build();
		this.engine = engine;
		CompletableFuture<Object> result = engine.executeAsync("contended");
		Awaitility.await().until(() -> this.runs.get() == 1 && waiting.getCount() == 0);
		result.cancel(true);
		Awaitility.await().until(() -> !this.executions.isEmpty());
		assertThat(this.runs).hasValue(1);
		assertThat(this.executions).extracting(ProcessExecution::outcome).containsExactly(ProcessOutcome.CANCELLED);
	}

	@Test
	void closedEngineTakesNoAsynchronousExecution() {
		TheusEngine engine = this.builder.build();
		engine.close();
		assertThatIllegalStateException().isThrownBy(() -> engine.executeAsync("slow"))
			.withMessage("process 'shop.slow' cannot be executed: the engine is closed");
	}

	@Test
	void enormousLimitIsNoLimit() {
		TheusEngine engine = this.builder.processTimeout(Duration.ofSeconds(Long.MAX_VALUE))
			.transactionTimeout(Duration.ofSeconds(Long.MAX_VALUE))
			.process("shop.quick", (spec) -> spec.outputs("domain.x").body((context, arguments) -> {
				context.set("domain.x", 1);
				return "done";
			}))
			.build();
		assertThat(engine.<String>execute("quick")).isEqualTo("done");
		assertThat(engine.<String>executeAsync("quick")).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("done");
		assertThat(engine.<String>transact((tx) -> "done")).isEqualTo("done");
	}

	@Test
	void limitsThatAreNoneAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.builder.processTimeout(Duration.ZERO))
			.withMessage("process timeout is not positive: duration=PT0S, use for example 5 s");
		assertThatIllegalArgumentException().isThrownBy(() -> this.builder.transactionTimeout(Duration.ofMillis(-1)))
			.withMessage("transaction timeout is not positive: duration=PT-0.001S, use for example 5 s");
		assertThatIllegalArgumentException().isThrownBy(() -> TransactionOptions.DEFAULT.withTimeout(Duration.ZERO))
			.withMessage("a transaction needs time: timeout=PT0S, use a positive duration");
	}

	// Longer than the limit, without sleeping on the clock of the test
	private void passTime() {
		long end = System.nanoTime() + SHORT.toNanos() + 1_000_000;
		while (System.nanoTime() < end) {
			Thread.onSpinWait();
		}
	}

}
