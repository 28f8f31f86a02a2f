package io.theus.process;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import io.theus.OtherThreads;
import io.theus.ProcessContext;
import io.theus.contract.ContractViolationException;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.state.State;
import io.theus.transaction.TransactionClosedException;
import io.theus.transaction.TransactionOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DetachedContextTests {

	private static final String OUTSIDE = "no active transaction: a context works within a process only, call the "
			+ "process through its bean or the engine, and use detach() for other threads";

	private final AtomicReference<ProcessContext> escaped = new AtomicReference<>();

	private final TheusEngineBuilder builder = TheusEngine.builder();

	@Test
	void contextFailsOutsideOfAnAttempt() {
		ProcessContext context = this.builder.build().context();
		assertThatExceptionOfType(TransactionClosedException.class).isThrownBy(() -> context.get("domain.a"))
			.withMessage(OUTSIDE);
		assertThatExceptionOfType(TransactionClosedException.class).isThrownBy(() -> context.set("domain.a", 1))
			.withMessage(OUTSIDE);
		assertThatExceptionOfType(TransactionClosedException.class).isThrownBy(() -> context.emit("sig_a", 1))
			.withMessage(OUTSIDE);
		assertThatExceptionOfType(TransactionClosedException.class).isThrownBy(context::outbox).withMessage(OUTSIDE);
		assertThatExceptionOfType(TransactionClosedException.class).isThrownBy(context::version).withMessage(OUTSIDE);
		assertThatExceptionOfType(TransactionClosedException.class).isThrownBy(context::executionId)
			.withMessage(OUTSIDE);
		assertThatExceptionOfType(TransactionClosedException.class).isThrownBy(context::processId).withMessage(OUTSIDE);
		assertThatExceptionOfType(TransactionClosedException.class).isThrownBy(context::attempt).withMessage(OUTSIDE);
		assertThatExceptionOfType(TransactionClosedException.class).isThrownBy(context::detach).withMessage(OUTSIDE);
	}

	@Test
	void contextThatIsNotDetachedDoesNotReachOtherThreads() {
		TheusEngine engine = this.builder.process("shop.fork", (spec) -> spec.outputs("domain.a").body((context, a) -> {
			OtherThreads.run(() -> assertThatExceptionOfType(TransactionClosedException.class)
				.isThrownBy(() -> context.set("domain.a", 1))
				.withMessage(OUTSIDE));
			return null;
		})).build();
		engine.execute("fork");
		assertThat(engine.state().version()).isZero();
	}

	@Test
	void transactionIsRefusedToOtherThreads() {
		TheusEngine engine = this.builder.build();
		engine.transact(TransactionOptions.named("import"), (tx) -> {
			tx.set("domain.a", 1);
			State state = engine.state();
			OtherThreads.run(() -> {
				assertThatExceptionOfType(TransactionClosedException.class).isThrownBy(() -> tx.set("domain.b", 1))
					.withMessage(
							"the transaction of transaction 'import' belongs to another thread, use the context that "
									+ "detach() of a process gives");
				assertThatExceptionOfType(TransactionClosedException.class).isThrownBy(() -> tx.get("domain.a"));
				assertThatExceptionOfType(TransactionClosedException.class).isThrownBy(() -> state.get("domain.a"));
			});
			return null;
		});
		assertThat(engine.state().get("domain")).isEqualTo(Map.of("a", 1));
	}

	@Test
	void detachedContextServesSeveralThreadsWithinOneTransaction() {
		TheusEngine engine = this.builder
			.process("shop.fork", (spec) -> spec.updates("domain.**").emits("sig_*").body((context, arguments) -> {
				ProcessContext detached = context.detach();
				String id = context.executionId();
				OtherThreads.runAll(8, (thread) -> {
					for (int i = 0; i < 200; i++) {
						detached.set("domain.m" + thread + ".k" + i, i);
						assertThat(detached.get("domain.m" + thread + ".k" + i)).isEqualTo(i);
						detached.append("domain.log_all", thread);
						detached.emit("sig_done", thread);
					}
					assertThat(detached.executionId()).isEqualTo(id);
					assertThat(detached.processId()).isEqualTo("shop.fork");
					assertThat(detached.attempt()).isEqualTo(1);
				});
				return context.size("domain.m7");
			}))
			.signalCapacity(2000)
			.build();
		assertThat(engine.<Integer>execute("fork")).isEqualTo(200);
		assertThat(engine.state().version()).isEqualTo(1);
		for (int thread = 0; thread < 8; thread++) {
			assertThat(engine.state().size("domain.m" + thread)).isEqualTo(200);
		}
		assertThat(engine.state().size("domain.log_all")).isEqualTo(1600);
		assertThat(engine.signals().recent()).hasSize(1600);
	}

	@Test
	void changeByAFunctionIsOneStepForSeveralThreads() {
		TheusEngine engine = this.builder
			.process("shop.count", (spec) -> spec.updates("domain.**").body((context, arguments) -> {
				ProcessContext detached = context.detach();
				OtherThreads.runAll(8, (thread) -> {
					for (int i = 0; i < 500; i++) {
						detached.upsert("domain.a", 1, (value) -> value + 1);
						detached.upsert("domain.b", 1, (value) -> value + 1);
						detached.update("domain.b", Integer.class, (value) -> value + 1);
					}
				});
				return null;
			}))
			.build();
		engine.execute("count");
		assertThat(engine.state().get("domain.a")).isEqualTo(4000);
		assertThat(engine.state().get("domain.b")).isEqualTo(8000);
	}

	@Test
	void detachedContextIsGuardedByTheContract() {
		TheusEngine engine = this.builder.process("shop.fork", (spec) -> spec.outputs("domain.a").body((context, a) -> {
			ProcessContext detached = context.detach();
			OtherThreads.run(() -> assertThatExceptionOfType(ContractViolationException.class)
				.isThrownBy(() -> detached.set("domain.b", 1)));
			return null;
		})).build();
		engine.execute("fork");
	}

	@Test
	void detachedContextIsDeadAfterItsAttempt() {
		TheusEngine engine = this.builder.process("shop.leak", (spec) -> spec.updates("domain.a").body((context, a) -> {
			context.set("domain.a", 1);
			this.escaped.set(context.detach());
			return null;
		})).build();
		engine.execute("leak");
		assertDead(engine);
		assertThat(engine.state().get("domain.a")).isEqualTo(1);
	}

	@Test
	void detachedContextIsDeadAfterAFailedAttempt() {
		TheusEngine engine = this.builder.process("shop.leak", (spec) -> spec.updates("domain.a").body((context, a) -> {
			this.escaped.set(context.detach());
			throw new IllegalStateException("broken on purpose");
		})).build();
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> engine.execute("leak"));
		assertDead(engine);
	}

	private void assertDead(TheusEngine engine) {
		ProcessContext dead = this.escaped.get();
		String message = "no active transaction: the attempt of process 'shop.leak' has ended, finish with its context "
				+ "before it returns";
		assertThatExceptionOfType(TransactionClosedException.class).isThrownBy(() -> dead.get("domain.a"))
			.withMessage(message);
		assertThatExceptionOfType(TransactionClosedException.class).isThrownBy(() -> dead.set("domain.a", 2))
			.withMessage(message);
		assertThatExceptionOfType(TransactionClosedException.class).isThrownBy(() -> dead.create("domain.a", 2))
			.withMessage(message);
		assertThatExceptionOfType(TransactionClosedException.class).isThrownBy(() -> dead.emit("sig_a", 2))
			.withMessage(message);
		assertThatExceptionOfType(TransactionClosedException.class).isThrownBy(dead::outbox).withMessage(message);
		engine.transact((tx) -> {
			assertThatExceptionOfType(TransactionClosedException.class).as("also while another one runs")
				.isThrownBy(() -> dead.set("domain.a", 2));
			return null;
		});
	}

}
