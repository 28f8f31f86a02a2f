package io.theus.process;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.theus.OtherThreads;
import io.theus.ProcessContext;
import io.theus.conflict.ConflictException;
import io.theus.conflict.ConflictSettings;
import io.theus.contract.ContractViolationException;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.state.State;
import io.theus.transaction.TransactionOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class FailedAttemptTests {

	private final List<ProcessExecution> executions = new ArrayList<>();

	private TheusEngine engine;

	private final AtomicInteger runs = new AtomicInteger();

	private final TheusEngineBuilder builder = TheusEngine.builder()
		.conflicts(new ConflictSettings(3, Duration.ofMillis(1), Duration.ofMillis(2)))
		.processListener(this.executions::add);

	@Test
	void failureAfterTwoWritesASignalAndAMessageLeavesNothing() {
		TheusEngine engine = this.builder.process("shop.fail",
				(spec) -> spec.outputs("domain.**").emits("sig_*").sends("orders").body((context, arguments) -> {
					context.set("domain.a", 1);
					context.set("domain.b.c", 2);
					context.append("domain.log_x", 3);
					context.emit("sig_done", 1);
					context.outbox().send("orders", "k", "text");
					throw new IllegalStateException("broken on purpose");
				}))
			.build();
		engine.transact((tx) -> {
			tx.set("domain.b.d", 0);
			return null;
		});
		State before = engine.state();
		assertThatIllegalStateException().isThrownBy(() -> engine.execute("shop.fail"))
			.withMessage("broken on purpose");
		assertThat(engine.state()).isSameAs(before);
		assertThat(engine.signals().recent()).isEmpty();
		assertThat(engine.state().signals()).isEmpty();
		assertThat(engine.outbox().status().held()).isZero();
		assertThat(engine.metaLog().entries()).hasSize(1);
	}

	@Test
	void refusalAfterAWriteLeavesNothing() {
		TheusEngine engine = this.builder
			.process("shop.fail", (spec) -> spec.outputs("domain.a").body((context, arguments) -> {
				context.set("domain.a", 1);
				context.set("domain.b", 2);
				return null;
			}))
			.build();
		State before = engine.state();
		assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> engine.execute("fail"));
		assertThat(engine.state()).isSameAs(before);
		assertThat(this.executions).extracting(ProcessExecution::outcome).containsExactly(ProcessOutcome.REFUSED);
	}

	@Test
	void nextAttemptBeginsOnAFreshSnapshotWithEmptyBuffers() {
		List<Object> seen = new ArrayList<>();
		TheusEngine engine = contended((context) -> {
			seen.add(List.of(context.attempt(), context.version(), context.getOrDefault("domain.mine", "none"),
					context.getOrDefault("local.mine", "none")));
			context.set("domain.mine", "attempt " + context.attempt());
			context.set("local.mine", "attempt " + context.attempt());
			context.append("domain.log_attempts", context.attempt());
			context.emit("sig_attempt", context.attempt());
		}, 1);
		assertThat(engine.<Object>execute("shop.contended")).isEqualTo(2);
		assertThat(seen).containsExactly(List.of(1, 0L, "none", "none"), List.of(2, 1L, "none", "none"));
		assertThat(engine.state().get("domain.mine")).isEqualTo("attempt 2");
		assertThat(engine.state().get("domain.log_attempts")).isEqualTo(List.of(2));
		assertThat(engine.signals().recent()).extracting("payload").containsExactly(2);
		assertThat(this.executions).last().satisfies((execution) -> {
			assertThat(execution.process().id()).isEqualTo("shop.contended");
			assertThat(execution.outcome()).isEqualTo(ProcessOutcome.COMMITTED);
			assertThat(execution.attempts()).isEqualTo(2);
			assertThat(execution.failure()).isNull();
		});
	}

	@Test
	void executionKeepsItsIdentityOverAttempts() {
		List<String> ids = new ArrayList<>();
		TheusEngine engine = contended((context) -> ids.add(context.executionId()), 2);
		engine.execute("contended");
		engine.execute("contended");
		assertThat(ids).hasSize(4);
		assertThat(ids.get(0)).isEqualTo(ids.get(1)).isEqualTo(ids.get(2)).isNotEqualTo(ids.get(3));
	}

	@Test
	void exhaustedAttemptsNameKeyCulpritAndVersion() {
		TheusEngine engine = contended((context) -> {
		}, 100);
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> engine.execute("contended"))
			.satisfies((ex) -> {
				assertThat(ex.attempts()).isEqualTo(3);
				assertThat(ex.waited()).isPositive();
				assertThat(ex.conflict().path()).hasToString("domain.contended");
				assertThat(ex.conflict().origin().name()).isEqualTo("shop.contended");
				assertThat(ex.conflict().baseVersion()).isEqualTo(2);
				assertThat(ex.conflict().culprit()).isNotNull();
				assertThat(ex.conflict().culprit().version()).isEqualTo(3);
				assertThat(ex.conflict().culprit().origin().name()).isEqualTo("shop.rival");
				assertThat(ex).hasMessage("conflict on 'domain.contended' in process 'shop.contended': "
						+ "changed by process 'shop.rival' in commit version=3 after snapshot version=2, "
						+ "attempts=3 waited=%dms, run it again on a fresh snapshot".formatted(ex.waited().toMillis()));
			});
		assertThat(this.executions).last().satisfies((execution) -> {
			assertThat(execution.outcome()).isEqualTo(ProcessOutcome.CONFLICT);
			assertThat(execution.attempts()).isEqualTo(3);
			assertThat(execution.failure()).isInstanceOf(ConflictException.class);
		});
	}

	@Test
	void processWithSideEffectsIsNeverRunTwice() {
		// What is not declared cannot be reserved
		TheusEngine engine = this.builder.strict(false)
			.process("shop.rival", this::rival)
			.process("shop.charge", (spec) -> spec.sideEffects("http:payments").body((context, arguments) -> {
				this.runs.incrementAndGet();
				context.find("domain.contended");
				OtherThreads.run(() -> execute("x"));
				context.set("domain.contended", "mine");
				return null;
			}))
			.build();
		this.engine = engine;
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> engine.execute("charge"))
			.withMessageContaining("attempts=1 waited=0ms");
		assertThat(this.runs).hasValue(1);
	}

	@Test
	void processWithSideEffectsCannotHideInOneThatIsRepeated() {
		TheusEngine engine = this.builder
			.process("shop.charge", (spec) -> spec.sideEffects("http:payments").body((context, arguments) -> {
				this.runs.incrementAndGet();
				return null;
			}))
			.process("shop.order",
					(spec) -> spec.calls("charge").body((context, arguments) -> this.engine.execute("charge")))
			.process("shop.pay",
					(spec) -> spec.calls("charge")
						.sideEffects("http:payments")
						.body((context, arguments) -> this.engine.execute("charge")))
			.build();
		this.engine = engine;
		assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> engine.execute("order"))
			.withMessage("call of 'shop.charge' by process 'shop.order' is refused: it has sideEffects=[http:payments] "
					+ "and would be run again with its caller, declare sideEffects of the caller too");
		assertThat(this.runs).hasValue(0);
		assertThatExceptionOfType(ContractViolationException.class)
			.isThrownBy(() -> engine.transact(TransactionOptions.named("batch").withAttempts(2),
					(tx) -> engine.execute("charge")))
			.withMessage("call of 'shop.charge' by transaction 'batch' is refused: it has sideEffects=[http:payments] "
					+ "and would be run again with its caller, run the transaction with one attempt");
		assertThat(this.runs).hasValue(0);
		engine.execute("pay");
		engine.transact((tx) -> engine.execute("charge"));
		assertThat(this.runs).hasValue(2);
	}

	@Test
	void conflictThatLeavesABodyIsRetried() {
		TheusEngine engine = this.builder.process("shop.swap", (spec) -> spec.updates("domain.x").body((context, a) -> {
			int run = this.runs.incrementAndGet();
			this.engine.compareAndSwap((run < 3) ? 0 : context.version(), Map.of("domain.x", "swapped"));
			return run;
		})).build();
		this.engine = engine;
		engine.transact((tx) -> {
			tx.set("domain.x", 1);
			return null;
		});
		assertThat(engine.<Integer>execute("swap")).isEqualTo(3);
		assertThat(engine.state().get("domain.x")).isEqualTo("swapped");
	}

	@Test
	void declaredFailureReachesTheCallerUnchangedAndIsReportedAsDeclared() {
		IOException failure = new IOException("no funds");
		TheusEngine engine = this.builder
			.process("shop.pay", (spec) -> spec.error(IOException.class).body((context, arguments) -> {
				throw failure;
			}))
			.build();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> engine.execute("pay")).isSameAs(failure);
		assertThat(this.executions).singleElement().satisfies((execution) -> {
			assertThat(execution.outcome()).isEqualTo(ProcessOutcome.DECLARED);
			assertThat(execution.failure()).isSameAs(failure);
			assertThat(execution.attempts()).isEqualTo(1);
			assertThat(execution.process().id()).isEqualTo("shop.pay");
			assertThat(execution.executionId()).isNotEmpty();
			assertThat(execution.duration()).isPositive();
		});
	}

	@Test
	void checkedFailureOfAJoinedProcessPassesThroughAnExplicitTransaction() {
		IOException failure = new IOException("no funds");
		TheusEngine engine = this.builder
			.process("shop.pay", (spec) -> spec.error(IOException.class).body((context, arguments) -> {
				throw failure;
			}))
			.build();
		for (int attempts = 1; attempts <= 2; attempts++) {
			TransactionOptions options = TransactionOptions.DEFAULT.withAttempts(attempts);
			assertThatExceptionOfType(IOException.class)
				.isThrownBy(() -> engine.transact(options, (tx) -> engine.execute("pay")))
				.isSameAs(failure);
		}
	}

	@Test
	void undeclaredFailureReachesTheCallerUnchangedAndIsReportedAsUndeclared() {
		IOException failure = new IOException("broken on purpose");
		TheusEngine engine = this.builder
			.process("shop.pay", (spec) -> spec.error(InterruptedException.class).body((context, arguments) -> {
				throw failure;
			}))
			.build();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> engine.execute("pay")).isSameAs(failure);
		assertThat(this.executions).extracting(ProcessExecution::outcome).containsExactly(ProcessOutcome.UNDECLARED);
	}

	@Test
	void failingListenerDoesNotDisturbTheExecution() {
		TheusEngine engine = this.builder.processListener((execution) -> {
			throw new IllegalStateException("listener is broken on purpose");
		}).process("shop.fine", (spec) -> spec.body((context, arguments) -> "fine")).build();
		assertThat(engine.<String>execute("fine")).isEqualTo("fine");
	}

	private TheusEngine contended(Consumer<ProcessContext> body, int conflicts) {
		this.engine = this.builder.process("shop.rival", this::rival)
			.process("shop.contended",
					(spec) -> spec.inputs("domain.contended", "domain.mine")
						.outputs("domain.**")
						.emits("sig_*")
						.body((context, arguments) -> {
							context.find("domain.contended");
							body.accept(context);
							int run = this.runs.incrementAndGet();
							if (run <= conflicts) {
								OtherThreads.run(() -> execute("rival " + run));
							}
							context.set("domain.done", run);
							return context.attempt();
						}))
			.build();
		return this.engine;
	}

	private void rival(ProcessSpec spec) {
		spec.outputs("domain.contended").argument("value", String.class).body((context, arguments) -> {
			context.set("domain.contended", arguments.get("value"));
			return null;
		});
	}

	private void execute(String value) {
		this.engine.execute("rival", value);
	}

}
