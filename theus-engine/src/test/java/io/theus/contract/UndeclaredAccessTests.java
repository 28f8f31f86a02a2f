package io.theus.contract;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import org.junit.jupiter.api.Test;

import io.theus.ProcessContext;
import io.theus.engine.TheusEngine;
import io.theus.process.ProcessSpec;
import io.theus.state.NoSuchPathException;
import io.theus.state.State;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class UndeclaredAccessTests {

	private TheusEngine engine;

	@Test
	void undeclaredReadFailsAtTheAttempt() {
		String message = "read of 'domain.b' is not declared by process 'shop.run': declared=[domain.a], add it to inputs";
		List<Function<ProcessContext, Object>> reads = List.of((context) -> context.get("domain.b"),
				(context) -> context.get("domain.b", Integer.class), (context) -> context.find("domain.b"),
				(context) -> context.getOrDefault("domain.b", 1), (context) -> context.contains("domain.b"),
				(context) -> context.keys("domain.b"), (context) -> context.size("domain.b"), (context) -> {
					context.update("domain.b", Integer.class, (value) -> value);
					return null;
				}, (context) -> {
					context.upsert("domain.b", 1, (value) -> value);
					return null;
				}, (context) -> this.engine.state().get("domain.b"));
		for (Function<ProcessContext, Object> read : reads) {
			refused(message, (spec) -> spec.inputs("domain.a").outputs("domain.b"), read);
		}
	}

	@Test
	void undeclaredWriteFailsAtTheAttempt() {
		String message = "write to 'domain.b' is not declared by process 'shop.run': declared=[domain.a], add it to outputs";
		for (Consumer<ProcessContext> write : List.<Consumer<ProcessContext>>of((context) -> context.set("domain.b", 1),
				(context) -> context.create("domain.b", 1), (context) -> context.remove("domain.b"),
				(context) -> context.append("domain.b", 1),
				(context) -> context.update("domain.b", Integer.class, (value) -> value + 1),
				(context) -> context.upsert("domain.b", 1, (value) -> value + 1),
				(context) -> context.merge("domain", Map.of("b", 1)))) {
			refused(message, (spec) -> spec.inputs("domain.b").outputs("domain.a"), (context) -> {
				write.accept(context);
				return null;
			});
		}
	}

	@Test
	void equalWriteIsUndeclaredToo() {
		refused("write to 'domain.a' is not declared by process 'shop.run': declared=[], add it to outputs",
				(spec) -> spec.inputs("domain.a"), (context) -> {
					context.set("domain.a", 1);
					return null;
				});
	}

	@Test
	void violationThatIsCaughtFailsThatAccessOnly() {
		run((spec) -> spec.outputs("domain.a"), (context) -> {
			assertThatExceptionOfType(ContractViolationException.class)
				.isThrownBy(() -> context.set("domain.b", "undeclared"));
			context.set("domain.a", "declared");
			return null;
		});
		assertThat(this.engine.state().get("domain.a")).isEqualTo("declared");
		assertThat(this.engine.state().get("domain.b")).isEqualTo(1);
	}

	@Test
	void factsAreFieldsOfTheException() {
		assertThatExceptionOfType(ContractViolationException.class)
			.isThrownBy(() -> run((spec) -> spec.inputs("domain.a", "domain.x.*"), (c) -> c.get("domain.b")))
			.satisfies((ex) -> {
				assertThat(ex.process()).isEqualTo("shop.run");
				assertThat(ex.subject()).isEqualTo("domain.b");
				assertThat(ex.declared()).containsExactly("domain.a", "domain.x.*");
			});
	}

	@Test
	void undeclaredEmissionAndMessageFailAtTheAttempt() {
		refused("emission of 'sig_b' is not declared by process 'shop.run': declared=[sig_a, cmd_*], add it to emits",
				(spec) -> spec.emits("sig_a", "cmd_*"), (context) -> {
					context.emit("sig_b", 1);
					return null;
				});
		refused("message to 'b' is not declared by process 'shop.run': declared=[a], add it to sends",
				(spec) -> spec.sends("a"), (context) -> {
					context.outbox().send("b", null, "text");
					return null;
				});
		run((spec) -> spec.emits("sig_a", "cmd_*").sends("a*"), (context) -> {
			context.emit("sig_a", 1);
			context.emit("cmd_go", 1);
			context.outbox().send("abc", null, "text");
			return null;
		});
		assertThat(this.engine.signals().recent()).hasSize(2);
	}

	@Test
	void declaredPathCoversWhatIsBelowAtAnyDepth() {
		assertThat(run((spec) -> spec.inputs("domain.deep"), (context) -> context.get("domain.deep.x.y.z")))
			.isEqualTo(1);
		assertThat(run((spec) -> spec.inputs("domain.deep"), (context) -> context.keys("domain.deep.x")))
			.isEqualTo(Set.of("y"));
		assertThat(run((spec) -> spec.inputs("domain.deep"), (context) -> context.size("domain.deep"))).isEqualTo(1);
		assertThat(run((spec) -> spec.inputs("domain.rec.name"), (context) -> context.get("domain.rec.name")))
			.isEqualTo("n");
		assertThat(run((spec) -> spec.inputs("domain.list"), (context) -> context.get("domain.list[0]")))
			.isEqualTo("e");
	}

	@Test
	void readAboveWhatIsCoveredIsRefusedNotFiltered() {
		for (String above : List.of("domain", "domain.deep", "domain.deep.x")) {
			for (Function<ProcessContext, Object> read : List.<Function<ProcessContext, Object>>of(
					(context) -> context.get(above), (context) -> context.find(above),
					(context) -> context.contains(above), (context) -> context.keys(above),
					(context) -> context.size(above))) {
				refused("read of '%s' is not declared by process 'shop.run': declared=[domain.deep.x.y], add it to inputs"
					.formatted(above), (spec) -> spec.inputs("domain.deep.x.y"), read);
			}
		}
		refused("read of 'domain.rec' is not declared by process 'shop.run': declared=[domain.rec.name], add it to inputs",
				(spec) -> spec.inputs("domain.rec.name"), (context) -> context.get("domain.rec"));
	}

	@Test
	void keysAndSizeNeedAWildcardAsTheNextSegment() {
		for (String pattern : List.of("domain.deep.*", "domain.deep.**", "domain.**", "**", "domain.*", "*.*.*",
				"domain.deep.*.y", "domain.*.*.y", "domain.**.y")) {
			assertThat(run((spec) -> spec.inputs(pattern), (context) -> context.keys("domain.deep"))).as(pattern)
				.isEqualTo(Set.of("x"));
			assertThat(run((spec) -> spec.inputs(pattern), (context) -> context.size("domain.deep"))).as(pattern)
				.isEqualTo(1);
		}
		for (String pattern : List.of("domain.deep.x.*", "domain.other.*", "global.**", "domain.*.x")) {
			refused("read of 'domain.deep' is not declared by process 'shop.run': declared=[%s], add it to inputs"
				.formatted(pattern), (spec) -> spec.inputs(pattern), (context) -> context.keys("domain.deep"));
		}
	}

	@Test
	void iterationNeedsAllChildrenToBeCovered() {
		for (String pattern : List.of("domain.deep.*", "domain.deep.**", "domain.**.*", "domain.deep.**.**")) {
			assertThat(run((spec) -> spec.inputs(pattern), (context) -> context.get("domain.deep"))).as(pattern)
				.isEqualTo(Map.of("x", Map.of("y", Map.of("z", 1))));
		}
		for (String pattern : List.of("domain.deep.*.y", "domain.**.y", "domain.deep.x")) {
			refused("read of 'domain.deep' is not declared by process 'shop.run': declared=[%s], add it to inputs"
				.formatted(pattern), (spec) -> spec.inputs(pattern), (context) -> context.get("domain.deep"));
		}
	}

	@Test
	void ownWritesAreReadableWhereAndBelowTheyWereMade() {
		run((spec) -> spec.outputs("domain.own"), (context) -> {
			context.set("domain.own.a", Map.of("b", Map.of("c", 1)));
			assertThat(context.get("domain.own.a.b.c")).isEqualTo(1);
			assertThat(context.keys("domain.own.a")).containsExactly("b");
			assertThat(context.contains("domain.own.a.absent")).isFalse();
			assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> context.get("domain.own"));
			assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> context.get("domain.own.b"));
			context.remove("domain.own.x");
			assertThat(context.contains("domain.own.x")).isFalse();
			context.append("domain.own.list", 1);
			context.append("domain.own.list", 2);
			assertThat(context.get("domain.own.list")).as("a list of one's own").isEqualTo(List.of(1, 2));
			return null;
		});
	}

	@Test
	void appendDoesNotMakeTheElementsOfOthersReadable() {
		for (String list : List.of("domain.list", "domain.log_x")) {
			refused("read of '%s' is not declared by process 'shop.run': declared=[], add it to inputs".formatted(list),
					(spec) -> spec.outputs(list), (context) -> {
						context.append(list, "mine");
						return context.get(list);
					});
		}
	}

	@Test
	void writeBelowARecordIsAWriteOfTheComponent() {
		run((spec) -> spec.outputs("domain.rec.name"), (context) -> {
			context.set("domain.rec.name", "changed");
			assertThatExceptionOfType(ContractViolationException.class)
				.isThrownBy(() -> context.set("domain.rec.total", 2));
			assertThatExceptionOfType(ContractViolationException.class)
				.isThrownBy(() -> context.set("domain.rec", new Rec("x", 1)));
			return null;
		});
		assertThat(this.engine.state().get("domain.rec")).isEqualTo(new Rec("changed", 1));
	}

	@Test
	void absentPathIsNotFoundAlsoWhereTheParentIsNotDeclared() {
		assertThatExceptionOfType(NoSuchPathException.class)
			.isThrownBy(() -> run((spec) -> spec.inputs("domain.deep.y"), (context) -> context.get("domain.deep.y")))
			.withMessage("path 'domain.deep.y' not found, use find or getOrDefault if it may be absent");
		assertThatExceptionOfType(NoSuchPathException.class)
			.isThrownBy(() -> run((spec) -> spec.inputs("domain.*"), (context) -> context.get("domain.lst")))
			.withMessage(
					"path 'domain.lst' not found, did you mean 'list', use find or getOrDefault if it may be absent");
	}

	@Test
	void localNeedsNoDeclaration() {
		assertThatNoException().isThrownBy(() -> run((spec) -> {
		}, (context) -> {
			context.set("local.x", 1);
			return context.get("local.x");
		}));
	}

	private Object run(Consumer<ProcessSpec> contract, Function<ProcessContext, Object> body) {
		this.engine = TheusEngine.builder()
			.initialState(() -> Map.of("domain", content()))
			.process("shop.run", (spec) -> {
				contract.accept(spec);
				spec.body((context, arguments) -> body.apply(context));
			})
			.build();
		return this.engine.execute("run");
	}

	private static Map<String, Object> content() {
		return Map.of("a", 1, "b", 1, "deep", Map.of("x", Map.of("y", Map.of("z", 1))), "list", List.of("e"), "log_x",
				List.of("e"), "rec", new Rec("n", 1));
	}

	private void refused(String message, Consumer<ProcessSpec> contract, Function<ProcessContext, Object> body) {
		assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> run(contract, body))
			.withMessage(message);
		State state = this.engine.state();
		assertThat(state.version()).isEqualTo(1);
	}

	record Rec(String name, int total) {

	}

}
