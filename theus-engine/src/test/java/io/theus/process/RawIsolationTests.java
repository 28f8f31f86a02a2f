package io.theus.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.theus.Isolation;
import io.theus.Merging;
import io.theus.OtherThreads;
import io.theus.ProcessContext;
import io.theus.Semantic;
import io.theus.TransactionContext;
import io.theus.annotation.Output;
import io.theus.annotation.Process;
import io.theus.conflict.ConflictSettings;
import io.theus.conflict.TransactionTimeoutException;
import io.theus.contract.ContractViolationException;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.path.ZoneViolationException;
import io.theus.signal.Signal;
import io.theus.transaction.TransactionOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests of work on the live state, each write of which is a commit of its own.
 */
class RawIsolationTests {

	private final TheusEngineBuilder builder = TheusEngine.builder()
		.conflicts(new ConflictSettings(5, Duration.ZERO, Duration.ZERO))
		.initialState(() -> Map.of("domain", Map.of("a", 1, "b", 1, "const_c", 1)));

	private final AtomicInteger bodies = new AtomicInteger();

	private TheusEngine engine;

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void readsSeeTheLiveState() {
		start((context) -> {
			assertThat(context.get("domain.a")).isEqualTo(1);
			set("domain.a", 2);
			assertThat(context.get("domain.a")).isEqualTo(2);
			assertThat(context.version()).isEqualTo(2);
		});
		this.engine.execute("shop.raw");
	}

	@Test
	void eachWriteIsACommitThatOthersSeeAtOnce() {
		start((context) -> {
			context.set("domain.a", 10);
			assertThat(OtherThreads.call(() -> this.engine.state().get("domain.a"))).isEqualTo(10);
			context.set("domain.b", 20);
			assertThat(this.engine.history().commits()).extracting((commit) -> commit.version())
				.containsExactly(1L, 2L, 3L);
		});
		this.engine.execute("shop.raw");
		assertThat(this.engine.state().version()).isEqualTo(3);
	}

	@Test
	void whatWasWrittenStaysWhenTheBodyFailsAndNothingElseDoes() {
		start((context) -> {
			context.set("domain.a", 10);
			context.emit("sig_done", true);
			context.outbox().send("orders", "k", "v");
			throw new IllegalStateException("broken");
		});
		assertThatIllegalStateException().isThrownBy(() -> this.engine.execute("shop.raw"));
		assertThat(this.engine.state().get("domain.a")).isEqualTo(10);
		assertThat(this.engine.signals().recent()).isEmpty();
		assertThat(this.engine.outbox().status().held()).isZero();
	}

	@Test
	void signalsMessagesAndTheReturnedValueAreTheLastCommit() {
		this.engine = this.builder.processes(new Returning()).build();
		this.engine.execute("returning");
		assertThat(this.engine.state().get("domain.b")).isEqualTo(20);
		assertThat(this.engine.state().version()).isEqualTo(4);
		assertThat(this.engine.signals().recent()).extracting(Signal::commitVersion).containsExactly(4L);
		assertThat(this.engine.outbox().status().held()).isOne();
	}

	@Test
	void bodyIsNeverRunAgain() {
		start((context) -> {
			this.bodies.incrementAndGet();
			int seen = context.get("domain.a", Integer.class);
			set("domain.a", 7);
			context.set("domain.a", seen + 1);
			set("domain.a", 8);
		});
		this.engine.execute("shop.raw");
		assertThat(this.bodies).hasValue(1);
		assertThat(this.engine.state().get("domain.a")).isEqualTo(8);
		assertThat(this.engine.conflicts(0).refused()).isZero();
	}

	@Test
	void eachWriteIsCheckedWhereItIsMade() {
		start((context) -> {
			assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> context.set("global.x", 1));
			assertThatExceptionOfType(ZoneViolationException.class).isThrownBy(() -> context.set("domain.const_c", 2));
			context.set("domain.a", 2);
		});
		this.engine.execute("shop.raw");
		assertThat(this.engine.state().version()).isEqualTo(2);
	}

	@Test
	void scratchValuesAreNotCommitted() {
		start((context) -> {
			context.set("local.x", 1);
			context.append("local.list", 1);
			assertThat(context.get("local.x")).isEqualTo(1);
			assertThat(context.get("local.list")).isEqualTo(List.of(1));
		});
		this.engine.execute("shop.raw");
		assertThat(this.engine.state().version()).isEqualTo(1);
	}

	@Test
	void withinAnotherTransactionItIsBuffered() {
		start((context) -> context.set("domain.a", 10));
		assertThatIllegalStateException()
			.isThrownBy(() -> this.engine.transact(TransactionOptions.DEFAULT, (transaction) -> {
				this.engine.execute("shop.raw");
				assertThat(OtherThreads.call(() -> this.engine.state().get("domain.a"))).isEqualTo(1);
				throw new IllegalStateException("rolled back");
			}));
		assertThat(this.engine.state().get("domain.a")).isEqualTo(1);
	}

	@Test
	void whatItCallsIsATransactionOfItsOwn() {
		this.builder.process("shop.inner", (process) -> process.updates("domain.b").body((context, arguments) -> {
			int seen = context.get("domain.b", Integer.class);
			if (this.bodies.incrementAndGet() == 1) {
				set("domain.b", 100);
			}
			context.set("domain.b", seen + 1);
			return null;
		}));
		start((context) -> {
			this.engine.execute("shop.inner");
			assertThat(context.get("domain.b")).isEqualTo(101);
			this.engine.transact(TransactionOptions.named("part"), (part) -> {
				part.set("domain.a", 5);
				return true;
			});
			assertThatExceptionOfType(ContractViolationException.class)
				.isThrownBy(() -> this.engine.transact(TransactionOptions.named("part"), (part) -> {
					part.set("global.x", 5);
					return true;
				}));
			this.engine.compareAndSwap(this.engine.state().version(), Map.of("domain.a", 6));
		});
		this.engine.execute("shop.raw");
		assertThat(this.bodies).hasValue(2);
		assertThat(this.engine.state().get("domain.a")).isEqualTo(6);
	}

	@Test
	void pureProcessCallsPureProcessesOnlyAlsoWhenItIsRaw() {
		this.engine = this.builder
			.process("shop.inner", (process) -> process.updates("domain.b").body((context, arguments) -> null))
			.process("shop.pure",
					(process) -> process.inputs("domain")
						.semantic(Semantic.PURE)
						.isolation(Isolation.RAW)
						.body((context, arguments) -> this.engine.execute("shop.inner")))
			.build();
		assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> this.engine.execute("shop.pure"))
			.withMessageContaining("a PURE process calls PURE processes only");
	}

	@Test
	void operationsAreMergedAndUpdatesAreNot() {
		this.builder.merge("domain.a", Merging.SUM);
		start((context) -> context.add("domain.a", 1));
		OtherThreads.runAll(4, (thread) -> {
			for (int i = 0; i < 250; i++) {
				this.engine.execute("shop.raw");
			}
		});
		assertThat(this.engine.state().get("domain.a")).isEqualTo(1001);
		assertThat(this.engine.conflicts(0).refused()).isZero();
	}

	@Test
	void writeWaitsForATicket() throws InterruptedException {
		CountDownLatch reserved = new CountDownLatch(1);
		CountDownLatch written = new CountDownLatch(1);
		this.builder.process("shop.slow",
				(process) -> process.updates("domain.a").sideEffects("http:slow").body((context, arguments) -> {
					reserved.countDown();
					assertThat(written.await(200, TimeUnit.MILLISECONDS)).as("written despite the ticket").isFalse();
					context.set("domain.a", context.get("domain.a", Integer.class) + 1);
					return null;
				}));
		start((context) -> {
			context.set("domain.a", 50);
			written.countDown();
		});
		Thread slow = new Thread(() -> this.engine.execute("shop.slow"));
		slow.start();
		assertThat(reserved.await(30, TimeUnit.SECONDS)).isTrue();
		this.engine.execute("shop.raw");
		slow.join(30_000);
		assertThat(this.engine.state().get("domain.a")).isEqualTo(50);
		assertThat(this.engine.history().log("domain.a")).hasSize(3);
	}

	@Test
	void explicitTransactionsAndTheEngineCanBeRawToo() {
		this.engine = this.builder.isolation(Isolation.RAW).build();
		assertThatIllegalStateException()
			.isThrownBy(() -> this.engine.transact(TransactionOptions.named("raw"), (transaction) -> {
				transaction.set("domain.a", 10);
				assertThat(OtherThreads.call(() -> this.engine.state().get("domain.a"))).isEqualTo(10);
				throw new IllegalStateException("broken");
			}));
		assertThat(this.engine.state().get("domain.a")).isEqualTo(10);
		change(Isolation.HYBRID, (transaction) -> {
			transaction.set("domain.a", 11);
			assertThat(OtherThreads.call(() -> this.engine.state().get("domain.a"))).isEqualTo(10);
		});
	}

	@Test
	void timeLimitEndsTheWrites() {
		this.builder.processTimeout(Duration.ofSeconds(1));
		start((context) -> {
			context.set("domain.a", 2);
			long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1100);
			for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
				LockSupport.parkNanos(left);
			}
			context.set("domain.b", 2);
		});
		assertThatExceptionOfType(TransactionTimeoutException.class).isThrownBy(() -> this.engine.execute("shop.raw"));
		assertThat(this.engine.state().get("domain")).isEqualTo(Map.of("a", 2, "b", 1, "const_c", 1));
	}

	private void start(Consumer<ProcessContext> body) {
		this.engine = this.builder.process("shop.raw",
				(process) -> process.updates("domain")
					.emits("sig_done")
					.sends("orders")
					.isolation(Isolation.RAW)
					.body((context, arguments) -> {
						body.accept(context);
						return null;
					}))
			.build();
	}

	// Another transaction on another thread
	private void set(String path, int value) {
		OtherThreads.run(() -> change(Isolation.HYBRID, (transaction) -> transaction.set(path, value)));
	}

	private void change(Isolation isolation, Consumer<TransactionContext> body) {
		this.engine.transact(TransactionOptions.named("change").withIsolation(isolation), (transaction) -> {
			body.accept(transaction);
			return true;
		});
	}

	/**
	 * Returns what it writes at the end.
	 */
	public class Returning {

		private final ProcessContext context = new CurrentContext();

		@Process(updates = "domain.a", emits = "sig_done", sends = "orders", isolation = Isolation.RAW)
		@Output("domain.b")
		public int returning() {
			this.context.set("domain.a", 10);
			this.context.emit("sig_done", true);
			this.context.outbox().send("orders", "k", "v");
			set("domain.b", 5);
			return 20;
		}

	}

}
