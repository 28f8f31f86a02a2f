package io.theus.process;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import io.theus.OtherThreads;
import io.theus.Semantic;
import io.theus.conflict.ConflictException;
import io.theus.contract.ContractViolationException;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class JoinedProcessTests {

	private final TheusEngineBuilder builder = TheusEngine.builder();

	private TheusEngine engine;

	@Test
	void calleeCommitsTogetherWithItsCaller() {
		this.builder.process("shop.inner", (spec) -> spec.outputs("domain.inner").emits("sig_*").body((context, a) -> {
			context.set("domain.inner", 1);
			context.emit("sig_inner", 1);
			assertThat(this.engine.signals().recent()).isEmpty();
			return context.processId();
		})).process("shop.outer", (spec) -> spec.outputs("domain.outer").body((context, a) -> {
			context.set("domain.outer", 1);
			Object inner = this.engine.execute("inner");
			return inner + " in " + context.processId();
		}));
		start();
		assertThat(this.engine.<String>execute("outer")).isEqualTo("shop.inner in shop.outer");
		assertThat(this.engine.state().version()).isEqualTo(1);
		assertThat(this.engine.state().get("domain")).isEqualTo(Map.of("inner", 1, "outer", 1));
		assertThat(this.engine.signals().recent()).hasSize(1);
	}

	@Test
	void calleeSharesTheExecutionOfItsCaller() {
		AtomicReference<String> inner = new AtomicReference<>();
		this.builder.process("shop.inner", (spec) -> spec.body((context, a) -> {
			inner.set(context.executionId());
			return null;
		})).process("shop.outer", (spec) -> spec.body((context, a) -> {
			this.engine.execute("inner");
			return context.executionId();
		}));
		start();
		assertThat(this.engine.<String>execute("outer")).isNotEmpty().isEqualTo(inner.get());
	}

	@Test
	void calleeIsCheckedAgainstItsOwnContractOnly() {
		this.builder.process("shop.narrow", (spec) -> spec.inputs("domain.b").body((context, a) -> {
			context.set("domain.a", 1);
			return null;
		}))
			.process("shop.wide",
					(spec) -> spec.outputs("domain.**").body((context, a) -> this.engine.execute("narrow")));
		start();
		assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> this.engine.execute("wide"))
			.withMessage(
					"write to 'domain.a' is not declared by process 'shop.narrow': declared=[], add it to outputs");
	}

	@Test
	void calleeMayDoWhatItsCallerMayNot() {
		this.builder.process("shop.wide", (spec) -> spec.updates("domain.a").body((context, a) -> {
			context.upsert("domain.a", 1, (value) -> value + 1);
			return null;
		})).process("shop.narrow", (spec) -> spec.body((context, a) -> {
			this.engine.execute("wide");
			assertThatExceptionOfType(ContractViolationException.class).as("the callee's writes are not the caller's")
				.isThrownBy(() -> context.get("domain.a"));
			return null;
		}));
		start();
		this.engine.execute("narrow");
		assertThat(this.engine.state().get("domain.a")).isEqualTo(1);
	}

	@Test
	void calleeReadsWhatItsCallerWrote() {
		this.builder
			.process("shop.inner", (spec) -> spec.inputs("domain.a").body((context, a) -> context.get("domain.a")))
			.process("shop.outer", (spec) -> spec.outputs("domain.a").body((context, a) -> {
				context.set("domain.a", "written");
				return this.engine.execute("inner");
			}));
		start();
		assertThat(this.engine.<String>execute("outer")).isEqualTo("written");
	}

	@Test
	void calleeThatFailsAndIsCaughtLeavesNothingOfItself() {
		this.builder.process("shop.inner",
				(spec) -> spec.updates("domain.**", "log.**", "local.x").emits("sig_*").body((context, a) -> {
					context.set("domain.shared", "inner");
					context.set("domain.inner.deep", 1);
					context.remove("domain.old");
					context.append("domain.list", "inner");
					context.append("log.never.seen", "inner");
					context.append("log.audit", "inner");
					context.set("local.scratch", "inner");
					context.emit("sig_inner", 1);
					throw new IllegalStateException("broken on purpose");
				}))
			.process("shop.outer", (spec) -> spec.updates("domain.**", "log.**").emits("sig_*").body((context, a) -> {
				context.set("domain.shared", "outer");
				context.append("domain.list", "outer");
				context.append("log.audit", "outer");
				context.set("local.scratch", "outer");
				context.emit("sig_outer", 1);
				assertThatIllegalStateException().isThrownBy(() -> this.engine.execute("inner"));
				assertThat(context.get("local.scratch")).isEqualTo("outer");
				assertThat(context.get("domain"))
					.isEqualTo(Map.of("shared", "outer", "list", List.of("outer"), "old", 0));
				OtherThreads.run(() -> this.engine.transact((tx) -> {
					tx.append("log.audit", "other");
					return null;
				}));
				return null;
			}));
		start();
		this.engine.transact((tx) -> {
			tx.set("domain.old", 0);
			return null;
		});
		this.engine.execute("outer");
		assertThat(this.engine.state().toMap())
			.isEqualTo(Map.of("domain", Map.of("shared", "outer", "list", List.of("outer"), "old", 0), "log",
					Map.of("audit", List.of("other", "outer"))));
		assertThat(this.engine.signals().recent()).extracting("topic").containsExactly("sig_outer");
	}

	@Test
	void whatACaughtCalleeReadStillCounts() {
		this.builder.process("shop.inner", (spec) -> spec.inputs("domain.a").body((context, a) -> {
			if (context.contains("domain.a")) {
				return null;
			}
			throw new IllegalStateException("absent");
		})).process("shop.outer", (spec) -> spec.outputs("domain.b").sideEffects("none").body((context, a) -> {
			assertThatIllegalStateException().isThrownBy(() -> this.engine.execute("inner"));
			OtherThreads.run(() -> this.engine.compareAndSwap(0, Map.of("domain.a", 1)));
			context.set("domain.b", "a is absent");
			return null;
		}));
		start();
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> this.engine.execute("outer"))
			.withMessageContaining("conflict on 'domain.a'");
	}

	@Test
	void returnValueOfTheCalleeIsStoredAtOnce() {
		this.builder
			.process("shop.total", (spec) -> spec.semantic(Semantic.PURE).outputs("domain.total").body((c, a) -> 42))
			.process("shop.outer", (spec) -> spec.inputs("domain.total").body((context, a) -> {
				this.engine.execute("total");
				return context.get("domain.total");
			}));
		start();
		assertThat(this.engine.<Integer>execute("outer")).isEqualTo(42);
	}

	@Test
	void processCalledWithinAnExplicitTransactionJoinsIt() {
		this.builder.process("shop.inner", (spec) -> spec.outputs("domain.inner").body((context, a) -> {
			context.set("domain.inner", 1);
			return null;
		}));
		start();
		assertThatIllegalStateException().isThrownBy(() -> this.engine.transact((tx) -> {
			this.engine.execute("inner");
			assertThat(tx.get("domain.inner")).isEqualTo(1);
			throw new IllegalStateException("broken on purpose");
		}));
		assertThat(this.engine.state().version()).isZero();
	}

	@Test
	void executionWithinAnExplicitTransactionHasAnIdentity() {
		this.builder.process("shop.inner", (spec) -> spec.body((context, a) -> context.executionId()));
		start();
		String first = this.engine.transact((tx) -> this.engine.<String>execute("inner"));
		String second = this.engine.transact((tx) -> this.engine.<String>execute("inner"));
		assertThat(first).isNotEmpty().isNotEqualTo(second);
	}

	private void start() {
		this.engine = this.builder.build();
	}

}
