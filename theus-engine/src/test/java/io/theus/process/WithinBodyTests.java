package io.theus.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.theus.OtherThreads;
import io.theus.ProcessContext;
import io.theus.Semantic;
import io.theus.conflict.ConflictException;
import io.theus.contract.ContractViolationException;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.path.Layer;
import io.theus.state.PathExistsException;
import io.theus.state.State;
import io.theus.transaction.TransactionClosedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The engine's own methods, used while a process runs.
 */
class WithinBodyTests {

	private TheusEngine engine;

	@Test
	void explicitTransactionJoinsUnderTheContract() {
		run((spec) -> spec.outputs("domain.a"), (context) -> {
			this.engine.transact((tx) -> {
				tx.set("domain.a", 1);
				assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> tx.set("domain.b", 1))
					.withMessage(
							"write to 'domain.b' is not declared by process 'shop.run': declared=[domain.a], add it to outputs");
				assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> tx.get("domain.b"));
				return null;
			});
			assertThat(context.get("domain.a")).isEqualTo(1);
		});
		assertThat(this.engine.state().version()).isEqualTo(2);
	}

	@Test
	void joinedTransactionThatFailsAndIsCaughtLeavesNothing() {
		run((spec) -> spec.outputs("domain.**"), (context) -> {
			context.set("domain.a", 1);
			assertThatIllegalStateException().isThrownBy(() -> this.engine.transact((tx) -> {
				tx.set("domain.a", 2);
				tx.set("domain.b", 2);
				throw new IllegalStateException("broken on purpose");
			}));
			assertThat(context.get("domain.a")).isEqualTo(1);
			assertThatExceptionOfType(ContractViolationException.class).as("no longer an own write")
				.isThrownBy(() -> context.get("domain.b"));
		});
		assertThat(this.engine.state().get("domain.a")).isEqualTo(1);
		assertThat(this.engine.state().contains("domain.b")).isFalse();
	}

	@Test
	void stateIsTheGuardedSnapshot() {
		State[] escaped = new State[1];
		run((spec) -> spec.inputs("domain.seen.*").outputs("domain.seen.mine"), (context) -> {
			State state = this.engine.state();
			escaped[0] = state;
			assertThat(state.version()).isEqualTo(context.version()).isEqualTo(1);
			assertThat(state.get("domain.seen.a")).isEqualTo(1);
			assertThat(state.keys("domain.seen")).containsExactly("a");
			assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> state.get("domain.hidden"))
				.withMessage("read of 'domain.hidden' is not declared by process 'shop.run': declared=[domain.seen.*], "
						+ "add it to inputs");
			assertThatExceptionOfType(ContractViolationException.class).isThrownBy(state::toMap);
			assertThatExceptionOfType(ContractViolationException.class).isThrownBy(state::signals);
			assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> state.view(Layer.DOMAIN));
			assertThatExceptionOfType(ContractViolationException.class)
				.isThrownBy(() -> state.diff(State.fromMap(Map.of())));
			context.set("domain.seen.mine", 2);
			assertThat(state.get("domain.seen.mine")).as("own writes are seen").isEqualTo(2);
		});
		assertThatExceptionOfType(TransactionClosedException.class).isThrownBy(() -> escaped[0].get("domain.seen.a"))
			.withMessage("the transaction of process 'shop.run' has ended, use the context of a running one");
	}

	@Test
	void guardedStateGivesWholeViewsWhereTheContractCoversThem() {
		run((spec) -> spec.inputs("domain", "global").outputs("global.mine"), (context) -> {
			State state = this.engine.state();
			assertThat(state.toMap()).isEqualTo(
					Map.of("domain", Map.of("seen", Map.of("a", 1), "hidden", 1, "point", Map.of("x", 1, "y", 2))));
			assertThat(state.view(Layer.DOMAIN)).containsOnlyKeys("seen", "hidden", "point");
			assertThat(state.view(Layer.LOCAL)).isEmpty();
			assertThat(state.diff(state)).isEmpty();
			context.set("global.mine", 1);
			assertThat(state.toMap()).containsKey("global");
		});
	}

	@Test
	void guardedStateDiffersFromAnotherVersionOnlyInWhatDiffers() {
		run((spec) -> spec.updates("domain"), (context) -> {
			State before = OtherThreads.call(this.engine::state);
			context.set("domain.point.x", 5);
			assertThat(this.engine.state().diff(before)).singleElement().hasToString("domain.point.x: 5 -> 1");
			assertThat(before.diff(this.engine.state())).singleElement().hasToString("domain.point.x: 1 -> 5");
		});
	}

	@Test
	void compareAndSwapIsBufferedUnderTheContract() {
		run((spec) -> spec.outputs("domain.a", "domain.seen.a"), (context) -> {
			assertThat(this.engine.compareAndSwap(1, Map.of("domain.a", 1))).isEqualTo(1);
			assertThat(context.get("domain.a")).isEqualTo(1);
			assertThatExceptionOfType(ContractViolationException.class)
				.isThrownBy(() -> this.engine.compareAndSwap(1, Map.of("domain.b", 1)));
			assertThatExceptionOfType(ConflictException.class)
				.isThrownBy(() -> this.engine.compareAndSwap(0, Map.of("domain.a", 7, "domain.seen.a", 7)))
				.withMessageContaining("conflict on 'domain.seen.a'");
			assertThat(context.get("domain.a")).as("refused as a whole").isEqualTo(1);
			assertThatIllegalArgumentException().isThrownBy(() -> this.engine.compareAndSwap(2, Map.of("domain.a", 1)))
				.withMessage(
						"version is not one that the engine has made: version=2 head=1, use the version of a state that was read");
		});
		assertThat(this.engine.state().version()).isEqualTo(2);
		assertThat(this.engine.state().get("domain.a")).isEqualTo(1);
		assertThat(this.engine.state().get("domain.seen.a")).isEqualTo(1);
	}

	@Test
	void editIsRefused() {
		run((spec) -> spec.outputs("domain.**"), (context) -> assertThatIllegalStateException()
			.isThrownBy(() -> this.engine.edit("by hand", (tx) -> tx.set("domain.a", 1)))
			.withMessage(
					"edit 'by hand' cannot be part of a running transaction, call it from outside of process 'shop.run'"));
		assertThat(this.engine.state().version()).isEqualTo(1);
	}

	@Test
	void publishingAtOnceIsRefused() {
		String message = "a signal cannot be published at once within %s, emit it through the context, or publish it "
				+ "after the commit";
		for (Semantic semantic : Semantic.values()) {
			run((spec) -> spec.semantic(semantic),
					(context) -> assertThatIllegalStateException()
						.isThrownBy(() -> this.engine.signals().publish("sig_a", 1))
						.withMessage(message, "process 'shop.run'"));
		}
		this.engine.transact((tx) -> {
			assertThatIllegalStateException().isThrownBy(() -> this.engine.signals().publish("sig_a", 1))
				.withMessage(message, "transaction");
			return null;
		});
		assertThat(this.engine.signals().recent()).isEmpty();
		this.engine.signals().publish("sig_a", 1);
		assertThat(this.engine.signals().recent()).hasSize(1);
	}

	@Test
	void asynchronousExecutionIsATransactionOfItsOwn() {
		run((spec) -> spec.outputs("domain.mine"), (context) -> {
			context.set("domain.mine", 1);
			assertThat(this.engine.<Long>executeAsync("apart")).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(1L);
			assertThat(this.engine.state().version()).isEqualTo(1);
		});
		assertThat(this.engine.state().get("domain.apart")).isEqualTo(true);
		assertThat(this.engine.state().version()).isEqualTo(3);
	}

	@Test
	void pureProcessCannotEscapeByAnAsynchronousExecution() {
		run((spec) -> spec.semantic(Semantic.PURE),
				(context) -> assertThatExceptionOfType(ContractViolationException.class)
					.isThrownBy(() -> this.engine.executeAsync("apart"))
					.withMessage("call of 'shop.apart' by process 'shop.run' is refused: "
							+ "a PURE process calls PURE processes only, called=EFFECT"));
		assertThat(this.engine.state().version()).isEqualTo(1);
	}

	@Test
	void localLayerNeedsNoDeclarationAndIsGoneAfterwards() {
		run((spec) -> spec.inputs("domain.x"), (context) -> {
			context.set("local.a", Map.of("b", 1));
			context.create("local.c", 1);
			assertThatExceptionOfType(PathExistsException.class).isThrownBy(() -> context.create("local.c", 2));
			context.merge("local.a", Map.of("d", 2));
			context.append("local.list", 1);
			context.append("local.list", 2);
			context.update("local.c", Integer.class, (value) -> value + 1);
			context.remove("local.a.b");
			assertThat(context.get("local")).isEqualTo(Map.of("a", Map.of("d", 2), "c", 2, "list", List.of(1, 2)));
			assertThat(context.keys("local.a")).containsExactly("d");
			assertThat(context.size("local.list")).isEqualTo(2);
		});
		assertThat(this.engine.state().version()).isEqualTo(1);
		assertThat(this.engine.state().contains("local")).isFalse();
		this.engine.transact((tx) -> {
			assertThat(tx.contains("local.a")).isFalse();
			return null;
		});
	}

	@Test
	void otherEngineIsNotJoined() {
		TheusEngine other = TheusEngine.builder()
			.process("shop.run", (spec) -> spec.outputs("domain.other").body((context, a) -> {
				context.set("domain.other", 1);
				assertThat(this.engine.<Integer>execute("nested")).as("joins across the other engine").isEqualTo(7);
				return context.version();
			}))
			.build();
		run((spec) -> spec.outputs("domain.a"), (context) -> {
			context.set("domain.a", 7);
			assertThat(other.<Long>execute("run")).isZero();
			assertThat(other.state().version()).isEqualTo(1);
			other.edit("by hand", (tx) -> tx.set("domain.edited", 1));
			other.compareAndSwap(2, Map.of("domain.swapped", 1));
			other.transact((tx) -> {
				tx.set("domain.free", 1);
				return null;
			});
			assertThat(context.processId()).isEqualTo("shop.run");
			assertThat(this.engine.state().version()).isEqualTo(1);
		});
		assertThat(other.state().version()).isEqualTo(4);
		assertThat(other.state().view(Layer.DOMAIN)).containsOnlyKeys("other", "edited", "swapped", "free");
		assertThat(this.engine.state().version()).isEqualTo(2);
	}

	private void run(Consumer<ProcessSpec> contract, Consumer<ProcessContext> body) {
		TheusEngineBuilder builder = TheusEngine.builder();
		builder.process("shop.run", (spec) -> {
			contract.accept(spec);
			spec.body((context, arguments) -> {
				body.accept(context);
				return null;
			});
		});
		builder.process("shop.apart", (spec) -> spec.outputs("domain.apart").body((context, arguments) -> {
			context.set("domain.apart", true);
			return context.version();
		}));
		builder.process("shop.nested",
				(spec) -> spec.inputs("domain.a").body((context, arguments) -> context.get("domain.a")));
		this.engine = builder.build();
		this.engine.transact((tx) -> {
			tx.set("domain", Map.of("seen", Map.of("a", 1), "hidden", 1, "point", new Point(1, 2)));
			return null;
		});
		this.engine.execute("run");
	}

	record Point(int x, int y) {

	}

}
