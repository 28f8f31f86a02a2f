package io.theus.contract;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import io.theus.ProcessContext;
import io.theus.Semantic;
import io.theus.StateUpdate;
import io.theus.TransactionContext;
import io.theus.annotation.Output;
import io.theus.annotation.Process;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.process.ProcessSpec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The table of the semantic firewall, cell by cell, with everything declared that can be
 * declared: contracts must not be what stands in the way.
 */
class SemanticFirewallTests {

	private static final String READ_ONLY = "the state is read-only for a PURE process, which writes by its return "
			+ "value only, change the semantic or do not write";

	private final TheusEngineBuilder builder = TheusEngine.builder()
		.initialState(() -> Map.of("domain.data", 1, "domain.heavy_x", "ref", "domain.log_x", List.of(1), "global.data",
				1, "domain.meta_x", 1, "meta.x", 1));

	private TheusEngine engine;

	@ParameterizedTest
	@EnumSource
	void everybodyReadsDeclaredData(Semantic semantic) {
		run(semantic, (spec) -> spec.inputs("domain.data", "domain.heavy_x", "domain.log_x", "global.data"),
				(context) -> List.of(context.get("domain.data"), context.get("domain.heavy_x"),
						context.get("domain.log_x"), context.get("global.data"), this.engine.state().get("domain.data"),
						this.engine.<Object>transact((tx) -> tx.get("domain.data"))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "signal.x", "sig.x", "cmd.x", "domain.sig_x", "domain.cmd_x.y", "meta.x", "domain.meta_x",
			"signal", "meta.**", "domain.*.meta_x", "domain.{id}.a.sig_b", "domain.**.cmd_x" })
	void controlZonesAreInputsOfGuidesOnly(String input) {
		String zone = input.contains("meta") ? "META" : "SIGNAL";
		for (Semantic semantic : List.of(Semantic.PURE, Semantic.EFFECT)) {
			assertThatExceptionOfType(InvalidContractException.class)
				.isThrownBy(() -> TheusEngine.builder()
					.process("shop.run",
							(spec) -> spec.semantic(semantic)
								.inputs(input)
								.argument("id", String.class)
								.body((context, a) -> null))
					.build())
				.withMessage(
						"process 'shop.run' is declared wrongly: input '%s' lies in control zone %s, which %s processes do "
								+ "not see, declare semantic = GUIDE if the process steers, else pass the value as an argument",
						input, zone, semantic);
		}
		TheusEngine.builder()
			.process("shop.run",
					(spec) -> spec.semantic(Semantic.GUIDE)
						.inputs(input)
						.argument("id", String.class)
						.body((context, a) -> null))
			.build();
		TheusEngine.builder()
			.strict(false)
			.process("shop.run", (spec) -> spec.inputs(input).argument("id", String.class).body((context, a) -> null))
			.build();
		assertThatExceptionOfType(InvalidContractException.class).as("PURE also when not strict")
			.isThrownBy(() -> TheusEngine.builder()
				.strict(false)
				.process("shop.run",
						(spec) -> spec.semantic(Semantic.PURE)
							.inputs(input)
							.argument("id", String.class)
							.body((context, a) -> null))
				.build());
	}

	@ParameterizedTest
	@EnumSource(names = "GUIDE", mode = Mode.EXCLUDE)
	void controlZonesBehindAWildcardAreNotVisible(Semantic semantic) {
		for (String path : List.of("domain.meta_x", "domain.sig_x", "domain.cmd_x")) {
			String zone = path.contains("meta") ? "META" : "SIGNAL";
			refused("read of '%s' by process 'shop.run' is refused: control zone %s is not visible to a %s process, "
				.formatted(path, zone, semantic) + "declare semantic = GUIDE", semantic,
					(spec) -> spec.inputs("domain.*"), (context) -> context.find(path));
		}
	}

	@Test
	void guideSeesControlZones() {
		this.builder.process("shop.signal", (spec) -> spec.emits("cmd_x").body((context, a) -> {
			context.emit("cmd_x", "go");
			return null;
		}));
		Object seen = run(Semantic.GUIDE, (spec) -> spec.inputs("signal.**", "domain.*", "meta.x"),
				(context) -> List.of(context.get("signal.cmd_x"), context.get("meta.x"), context.get("domain.meta_x")),
				() -> this.engine.execute("signal"));
		assertThat(seen).isEqualTo(List.of("go", 1, 1));
	}

	@Test
	void effectWritesAsDeclared() {
		run(Semantic.EFFECT, (spec) -> spec.outputs("domain.**"), (context) -> {
			context.set("domain.data", 2);
			context.append("domain.log_x", 2);
			context.set("domain.heavy_x", "ref2");
			context.set("domain.meta_x", 2);
			return null;
		});
		assertThat(this.engine.state().get("domain"))
			.isEqualTo(Map.of("data", 2, "log_x", List.of(1, 2), "heavy_x", "ref2", "meta_x", 2));
	}

	@Test
	void pureWritesNothingInItsBodyOnAnyRoute() {
		for (Consumer<TransactionContext> write : writes("domain.data", "domain.log_x", "domain.heavy_x")) {
			for (Function<ProcessContext, Object> route : routes(write)) {
				refused(null, Semantic.PURE, (spec) -> spec.outputs("domain.data"), route);
			}
		}
		refused("write to 'domain.data' by process 'shop.run' is refused: " + READ_ONLY, Semantic.PURE,
				(spec) -> spec.outputs("domain.data"), (context) -> {
					context.set("domain.data", 2);
					return null;
				});
	}

	@Test
	void pureWritesByItsReturnValue() {
		run(Semantic.PURE, (spec) -> spec.outputs("domain.data"), (context) -> 7);
		assertThat(this.engine.state().get("domain.data")).isEqualTo(7);
		run(Semantic.PURE, (spec) -> spec.outputs("domain.heavy_x"), (context) -> "ref7");
		assertThat(this.engine.state().get("domain.heavy_x")).isEqualTo("ref7");
	}

	@Test
	void pureAppendsToALogByAStateUpdate() {
		annotated().execute("appends");
		assertThat(this.engine.state().get("domain.log_x")).isEqualTo(List.of(1, 2));
	}

	@Test
	void pureNeitherEmitsNorWritesMetaByItsReturnValue() {
		annotated();
		assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> this.engine.execute("emits"))
			.withMessage("emission of 'sig_x' by process 'annotated.emits' is refused: a PURE process emits nothing, "
					+ "declare semantic = EFFECT or GUIDE");
		assertThatExceptionOfType(ContractViolationException.class)
			.isThrownBy(() -> this.engine.execute("meta", "meta_x"))
			.withMessage("write to 'domain.meta_x' by process 'annotated.meta' is refused: a PURE process does not "
					+ "write META, change the semantic or do not write");
		assertThat(this.engine.state().version()).isEqualTo(1);
	}

	@Test
	void guideWritesNoBusinessDataOnAnyRoute() {
		for (Consumer<TransactionContext> write : writes("domain.data", "domain.log_x", "domain.heavy_x")) {
			for (Function<ProcessContext, Object> route : routes(write)) {
				refused(null, Semantic.GUIDE, (spec) -> spec.outputs("domain.meta_x"), route);
			}
		}
		refused("write to 'domain.data' by process 'shop.run' is refused: a GUIDE process steers and does not write "
				+ "DATA, change the semantic or do not write", Semantic.GUIDE, (spec) -> spec.outputs("domain.meta_x"),
				(context) -> {
					context.set("domain.data", 2);
					return null;
				});
	}

	@Test
	void guideWritesNoBusinessDataByItsReturnValue() {
		annotated();
		assertThatExceptionOfType(ContractViolationException.class)
			.isThrownBy(() -> this.engine.execute("guides", "data"))
			.withMessage("write to 'domain.data' by process 'annotated.guides' is refused: a GUIDE process steers and "
					+ "does not write DATA, change the semantic or do not write");
		this.engine.execute("guides", "meta_x");
		assertThat(this.engine.state().get("domain.meta_x")).isEqualTo("guided");
	}

	@Test
	void guideUpdatesMetaAndCannotHideDataInIt() {
		run(Semantic.GUIDE, (spec) -> spec.outputs("meta.**"), (context) -> {
			context.set("meta.x", 2);
			return null;
		});
		assertThat(this.engine.state().get("meta.x")).isEqualTo(2);
		refused("write to 'domain' by process 'shop.run' is refused: a GUIDE process steers and does not write DATA, "
				+ "change the semantic or do not write", Semantic.GUIDE, (spec) -> spec.outputs("domain.meta_x"),
				(context) -> {
					context.set("domain", Map.of("data", 2, "heavy_x", "ref", "log_x", List.of(1), "meta_x", 2));
					return null;
				});
	}

	@ParameterizedTest
	@ValueSource(strings = { "domain.data", "domain.log_x", "domain.heavy_x", "heavy.x", "log.x" })
	void outputsOfGuidesAreRefusedAtStartUp(String output) {
		String zone = output.contains("log") ? "LOG" : output.contains("heavy") ? "HEAVY" : "DATA";
		assertThatExceptionOfType(InvalidContractException.class)
			.isThrownBy(() -> TheusEngine.builder()
				.process("shop.run", (spec) -> spec.semantic(Semantic.GUIDE).outputs(output).body((c, a) -> null))
				.build())
			.withMessage(
					"process 'shop.run' is declared wrongly: output '%s' lies in zone %s: a GUIDE process steers "
							+ "and does not write %s, change the semantic or remove it from outputs and updates",
					output, zone, zone);
	}

	@Test
	void emissionIsForEffectAndGuide() {
		for (Semantic semantic : List.of(Semantic.EFFECT, Semantic.GUIDE)) {
			run(semantic, (spec) -> spec.emits("cmd_*", "sig_x"), (context) -> {
				context.emit("cmd_go", 1);
				context.emit("sig_x", 2);
				return null;
			});
			assertThat(this.engine.signals().recent()).extracting("topic").contains("cmd_go", "sig_x");
		}
		for (Function<ProcessContext, Object> route : routes((tx) -> tx.emit("sig_x", 1))) {
			refused("emission of 'sig_x' by process 'shop.run' is refused: a PURE process emits nothing, "
					+ "declare semantic = EFFECT or GUIDE", Semantic.PURE, (spec) -> {
					}, route);
		}
	}

	@Test
	void outboxIsForEffect() {
		run(Semantic.EFFECT, (spec) -> spec.sends("orders"), (context) -> {
			context.outbox().send("orders", "k", Map.of("a", 1));
			return null;
		});
		assertThat(this.engine.state().version()).as("a message is an effect").isEqualTo(2);
		for (Semantic semantic : List.of(Semantic.PURE, Semantic.GUIDE)) {
			for (Function<ProcessContext, Object> route : routes((tx) -> tx.outbox().send("orders", "k", "v"))) {
				refused("message to 'orders' by process 'shop.run' is refused: a " + semantic
						+ " process sends no messages, declare semantic = EFFECT", semantic, (spec) -> {
						}, route);
			}
		}
	}

	@Test
	void declarationsThatASemanticRulesOutAreRefusedAtStartUp() {
		refusedDeclaration("a PURE process cannot declare emits=[sig_x]", Semantic.PURE, (spec) -> spec.emits("sig_x"));
		refusedDeclaration("a PURE process cannot declare sends=[orders]", Semantic.PURE,
				(spec) -> spec.sends("orders"));
		refusedDeclaration("a PURE process cannot declare sideEffects=[http:a]", Semantic.PURE,
				(spec) -> spec.sideEffects("http:a"));
		refusedDeclaration("a GUIDE process cannot declare sends=[orders]", Semantic.GUIDE,
				(spec) -> spec.sends("orders"));
	}

	@Test
	void callsAreLimitedForPureOnly() {
		for (Semantic caller : Semantic.values()) {
			for (Semantic callee : Semantic.values()) {
				this.builder.process("shop." + callee, (spec) -> spec.semantic(callee).body((c, a) -> "called"));
				if (caller == Semantic.PURE && callee != Semantic.PURE) {
					refused("call of 'shop.%s' by process 'shop.run' is refused: a PURE process calls PURE processes "
						.formatted(callee) + "only, called=" + callee, caller, (spec) -> {
						}, (context) -> this.engine.execute(callee.name()));
				}
				else {
					assertThat(run(caller, (spec) -> {
					}, (context) -> this.engine.execute(callee.name()))).isEqualTo("called");
				}
			}
		}
	}

	@Test
	void guideActsThroughTheProcessesThatItCalls() {
		this.builder.process("shop.act", (spec) -> spec.outputs("domain.data").body((context, a) -> {
			context.set("domain.data", "acted");
			return null;
		}));
		run(Semantic.GUIDE, (spec) -> {
		}, (context) -> this.engine.execute("act"));
		assertThat(this.engine.state().get("domain.data")).isEqualTo("acted");
	}

	@Test
	void underPureEverythingIsPure() {
		this.builder
			.process("shop.inner",
					(spec) -> spec.semantic(Semantic.PURE).body((context, a) -> this.engine.execute("act")))
			.process("shop.act", (spec) -> spec.body((context, a) -> null));
		refused("call of 'shop.act' by process 'shop.inner' is refused: a PURE process calls PURE processes only, "
				+ "called=EFFECT", Semantic.PURE, (spec) -> {
				}, (context) -> this.engine.execute("inner"));
		for (Function<ProcessContext, Object> route : routes((tx) -> this.engine.execute("act"))) {
			refused(null, Semantic.PURE, (spec) -> {
			}, route);
		}
	}

	private static List<Consumer<TransactionContext>> writes(String data, String log, String heavy) {
		return List.of((tx) -> tx.set(data, 2), (tx) -> tx.set(data, 1), (tx) -> tx.remove(data),
				(tx) -> tx.merge("domain", Map.of("data", 2)), (tx) -> tx.create("domain.data2", 2),
				(tx) -> tx.append(log, 2), (tx) -> tx.set(heavy, "ref2"));
	}

	// Ways to reach the transaction from within a body
	private List<Function<ProcessContext, Object>> routes(Consumer<TransactionContext> use) {
		Function<TransactionContext, Object> function = (tx) -> {
			use.accept(tx);
			return null;
		};
		return List.of(function::apply, (context) -> this.engine.transact(function),
				(context) -> function.apply(this.engine.context()), (context) -> function.apply(context.detach()));
	}

	private Object run(Semantic semantic, Consumer<ProcessSpec> contract, Function<ProcessContext, Object> body) {
		return run(semantic, contract, body, () -> {
		});
	}

	private Object run(Semantic semantic, Consumer<ProcessSpec> contract, Function<ProcessContext, Object> body,
			Runnable before) {
		this.builder.process("shop.run", (spec) -> {
			contract.accept(spec);
			spec.semantic(semantic).body((context, arguments) -> body.apply(context));
		});
		this.engine = this.builder.build();
		before.run();
		return this.engine.execute("run");
	}

	private void refused(String message, Semantic semantic, Consumer<ProcessSpec> contract,
			Function<ProcessContext, Object> body) {
		assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> run(semantic, contract, body))
			.satisfies((ex) -> {
				if (message != null) {
					assertThat(ex).hasMessage(message);
				}
			});
		assertThat(this.engine.state().version()).isEqualTo(1);
		assertThat(this.engine.signals().recent()).isEmpty();
	}

	private static void refusedDeclaration(String problem, Semantic semantic, Consumer<ProcessSpec> contract) {
		assertThatExceptionOfType(InvalidContractException.class)
			.isThrownBy(() -> TheusEngine.builder().process("shop.run", (spec) -> {
				contract.accept(spec);
				spec.semantic(semantic).body((context, arguments) -> null);
			}).build())
			.withMessage("process 'shop.run' is declared wrongly: " + problem
					+ ", declare semantic = EFFECT or remove them");
	}

	private TheusEngine annotated() {
		this.engine = this.builder.processes(new Annotated()).build();
		return this.engine;
	}

	static class Annotated {

		@Process(semantic = Semantic.PURE, outputs = "domain.log_x")
		StateUpdate appends() {
			return StateUpdate.append("domain.log_x", 2);
		}

		@Process(semantic = Semantic.PURE)
		StateUpdate emits() {
			return StateUpdate.signal("sig_x", 2);
		}

		@Process(semantic = Semantic.PURE)
		@Output("domain.{key}")
		String meta(String key) {
			return "changed";
		}

		@Process(semantic = Semantic.GUIDE, outputs = { "domain.meta_x", "domain.{key}.meta_x" })
		StateUpdate guides(String key) {
			return StateUpdate.set("domain." + key, "guided");
		}

	}

}
