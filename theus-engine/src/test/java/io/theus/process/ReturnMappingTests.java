package io.theus.process;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.theus.OtherThreads;
import io.theus.ProcessContext;
import io.theus.Semantic;
import io.theus.StateUpdate;
import io.theus.annotation.Output;
import io.theus.annotation.Process;
import io.theus.conflict.ConflictException;
import io.theus.conflict.ConflictSettings;
import io.theus.contract.ContractViolationException;
import io.theus.engine.TheusEngine;
import io.theus.path.ZoneViolationException;
import io.theus.state.InvalidValueException;
import io.theus.state.PathExistsException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ReturnMappingTests {

	private final Shop shop = new Shop();

	private final TheusEngine engine = start(new LinkedHashMap<>(Map.of("domain",
			Map.of("a", "old a", "b", "old b", "c", "old c", "order", Map.of("total", 1, "note", "kept")))));

	private TheusEngine start(Map<String, ?> content) {
		TheusEngine started = TheusEngine.builder()
			.processes(this.shop)
			.initialState(() -> content)
			.conflicts(new ConflictSettings(3, Duration.ZERO, Duration.ZERO))
			.build();
		this.shop.state = started.context();
		return started;
	}

	@Test
	void valueIsTheCallersWhereTheMethodSaysNothing() {
		this.shop.result = Map.of("domain.a", "new");
		assertThat(this.engine.<Object>execute("plain")).isSameAs(this.shop.result);
		assertThat(this.engine.state().version()).isEqualTo(1);
	}

	@Test
	void oneOutputTakesTheValueWholeWithoutUnwrapping() {
		this.shop.result = Map.of("a", "inner");
		Object returned = this.engine.execute("whole");
		assertThat(returned).as("the caller gets the method's own value").isSameAs(this.shop.result);
		assertThat(this.engine.state().get("domain.a")).isEqualTo(Map.of("a", "inner"));
		this.shop.result = Map.of("domain.a", "inner");
		this.engine.execute("pureOne");
		assertThat(this.engine.state().get("domain.a")).isEqualTo(Map.of("domain.a", "inner"));
		this.shop.result = List.of("x");
		this.engine.execute("pureOne");
		assertThat(this.engine.state().get("domain.a")).isEqualTo(List.of("x"));
	}

	@Test
	void nullLeavesTheOutputAlone() {
		this.shop.result = null;
		assertThat(this.engine.<Object>execute("whole")).isNull();
		this.engine.execute("pureOne");
		this.engine.execute("pureTwo");
		this.engine.execute("components");
		this.engine.execute("update");
		this.shop.result = Arrays.asList(null, null);
		this.engine.execute("pureTwo");
		this.shop.result = new Both(null, null, "caller's");
		this.engine.execute("components");
		assertThat(this.engine.state().version()).isEqualTo(1);
	}

	@Test
	void setOfNullStoresNull() {
		this.shop.result = StateUpdate.set("domain.a", null);
		this.engine.execute("update");
		assertThat(this.engine.state().contains("domain.a")).isTrue();
		assertThat(this.engine.state().find("domain.a")).isEmpty();
	}

	@Test
	void severalOutputsTakeAMapByPathOrLastSegment() {
		this.shop.result = Map.of("domain.a", 1, "b", 2);
		this.engine.execute("pureTwo");
		assertThat(this.engine.state().get("domain.a")).isEqualTo(1);
		assertThat(this.engine.state().get("domain.b")).isEqualTo(2);
		this.shop.result = Map.of("b", 3);
		this.engine.execute("pureTwo");
		assertThat(this.engine.state().get("domain.a")).as("not mentioned").isEqualTo(1);
		assertThat(this.engine.state().get("domain.b")).isEqualTo(3);
		Map<String, Object> withNull = new LinkedHashMap<>();
		withNull.put("a", null);
		withNull.put("b", 4);
		this.shop.result = withNull;
		this.engine.execute("pureTwo");
		assertThat(this.engine.state().get("domain.a")).as("null element").isEqualTo(1);
		assertThat(this.engine.state().get("domain.b")).isEqualTo(4);
	}

	@Test
	void severalOutputsTakeAListInOrder() {
		this.shop.result = Arrays.asList(null, 2);
		this.engine.execute("pureTwo");
		assertThat(this.engine.state().get("domain.a")).isEqualTo("old a");
		assertThat(this.engine.state().get("domain.b")).isEqualTo(2);
	}

	@Test
	void valueThatFillsNoOutputIsAnError() {
		String of = "return value of process 'shop.pureTwo' cannot be stored: ";
		invalid(of + "key 'domain.c' of the map is no output, outputs=[domain.a, domain.b]", Map.of("domain.c", 1));
		invalid(of + "key 'aa' of the map is no output, did you mean 'a', outputs=[domain.a, domain.b]",
				Map.of("aa", 1, "b", 2));
		invalid(of + "the map has no key for any output, outputs=[domain.a, domain.b]", Map.of());
		invalid(of + "the list needs one element for each output, size=1 outputs=[domain.a, domain.b]", List.of(1));
		invalid(of + "the list needs one element for each output, size=3 outputs=[domain.a, domain.b]",
				List.of(1, 2, 3));
		invalid(of + "the list needs one element for each output, size=0 outputs=[domain.a, domain.b]", List.of());
		invalid(of
				+ "a value of type java.lang.Integer fills none of several outputs, return a map by path or a list in "
				+ "order, outputs=[domain.a, domain.b]", 7);
		invalid(of + "two keys of the map stand for output 'domain.a', keep one", Map.of("domain.a", 1, "a", 2));
	}

	private void invalid(String message, Object result) {
		this.shop.result = result;
		assertThatExceptionOfType(InvalidReturnException.class).isThrownBy(() -> this.engine.execute("pureTwo"))
			.withMessage(message)
			.satisfies((ex) -> assertThat(ex.process()).isEqualTo("shop.pureTwo"));
		assertThat(this.engine.state().version()).isEqualTo(1);
	}

	@Test
	void lastSegmentHasToBeUnambiguous() {
		this.shop.result = Map.of("x", 1);
		assertThatExceptionOfType(InvalidReturnException.class).isThrownBy(() -> this.engine.execute("sameLast"))
			.withMessage(
					"return value of process 'shop.sameLast' cannot be stored: key 'x' of the map is the last segment "
							+ "of several outputs, use the full path, outputs=[domain.p.x, domain.q.x]");
		this.shop.result = Map.of("domain.q.x", 1);
		this.engine.execute("sameLast");
		assertThat(this.engine.state().get("domain.q.x")).isEqualTo(1);
		assertThat(this.engine.state().contains("domain.p.x")).isFalse();
	}

	@Test
	void componentsOfARecordAreStoredWhereTheySay() {
		this.shop.result = new Both("new a", null, "caller's");
		assertThat(this.engine.<Object>execute("components")).isSameAs(this.shop.result);
		assertThat(this.engine.state().get("domain.a")).isEqualTo("new a");
		assertThat(this.engine.state().get("domain.b")).isEqualTo("old b");
	}

	@Test
	void stateUpdateAppliesItsChangesInOrder() {
		this.shop.result = StateUpdate.set("domain.a", 1)
			.and(StateUpdate.set("domain.a", 2))
			.and(StateUpdate.create("domain.d", 3))
			.and(StateUpdate.remove("domain.b"))
			.and(StateUpdate.merge("domain.order", Map.of("total", 5)))
			.and(StateUpdate.append("domain.list", "x"))
			.and(StateUpdate.append("domain.list", "y"))
			.and(StateUpdate.signal("sig_done", 7))
			.and(StateUpdate.assertVersion("domain.c", 1));
		this.engine.execute("update");
		assertThat(this.engine.state().get("domain")).isEqualTo(Map.of("a", 2, "c", "old c", "d", 3, "order",
				Map.of("total", 5, "note", "kept"), "list", List.of("x", "y")));
		assertThat(this.engine.state().signals()).isEqualTo(Map.of("sig_done", 7));
		assertThat(this.engine.state().version()).isEqualTo(2);
	}

	@Test
	void assertedVersionIsAConflictWhenThePathHasChangedSince() {
		this.engine.transact((tx) -> {
			tx.set("domain.c", "newer");
			return null;
		});
		this.shop.result = StateUpdate.set("domain.a", 1).and(StateUpdate.assertVersion("domain.c", 1));
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> this.engine.execute("update"))
			.withMessageContaining("conflict on 'domain.c' in process 'shop.update'");
		this.shop.result = StateUpdate.set("domain.a", 1).and(StateUpdate.assertVersion("domain.c", 9));
		assertThatIllegalArgumentException().isThrownBy(() -> this.engine.execute("update"));
		this.shop.result = StateUpdate.set("domain.a", 1).and(StateUpdate.assertVersion("domain.b", 1));
		this.engine.execute("update");
		assertThat(this.engine.state().get("domain.a")).isEqualTo(1);
	}

	@Test
	void assertedPathIsWatchedUntilTheCommit() {
		int[] runs = new int[1];
		this.shop.body = (state) -> {
			runs[0]++;
			if (runs[0] == 1) {
				OtherThreads.run(() -> this.engine.compareAndSwap(1, Map.of("domain.c", "newer")));
			}
			this.shop.result = StateUpdate.set("domain.a", 1)
				.and(StateUpdate.assertVersion("domain.c", this.engine.state().version()));
		};
		this.engine.execute("update");
		assertThat(runs[0]).isEqualTo(2);
	}

	@Test
	void returnedValuesPassTheSameChecksAsOtherWrites() {
		this.shop.result = StateUpdate.set("domain.undeclared", 1);
		assertThatExceptionOfType(ContractViolationException.class)
			.isThrownBy(() -> this.engine.execute("narrowUpdate"))
			.withMessage(
					"write to 'domain.undeclared' is not declared by process 'shop.narrowUpdate': declared=[domain.a], "
							+ "add it to outputs");
		this.shop.result = StateUpdate.assertVersion("domain.b", 1);
		assertThatExceptionOfType(ContractViolationException.class)
			.isThrownBy(() -> this.engine.execute("narrowUpdate"))
			.withMessageStartingWith("read of 'domain.b' is not declared");
		this.shop.result = StateUpdate.signal("sig_x", 1);
		assertThatExceptionOfType(ContractViolationException.class)
			.isThrownBy(() -> this.engine.execute("narrowUpdate"))
			.withMessageStartingWith("emission of 'sig_x' is not declared");
		this.shop.result = StateUpdate.create("domain.a", 1);
		assertThatExceptionOfType(PathExistsException.class).isThrownBy(() -> this.engine.execute("narrowUpdate"))
			.withMessage("path 'domain.a' exists already, use set to replace it or upsert to change it");
		this.shop.result = StateUpdate.remove("domain.log_x");
		assertThatExceptionOfType(ZoneViolationException.class).isThrownBy(() -> this.engine.execute("update"));
		this.shop.result = new int[1];
		assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> this.engine.execute("whole"))
			.withMessage("value of type int[] cannot be stored at 'domain.a': an array is mutable, use a List");
		assertThat(this.engine.state().version()).isEqualTo(1);
	}

	@Test
	void pathWrittenInTheBodyAndReturnedWithAnotherValueIsAnError() {
		twice((state) -> state.set("domain.a", "body"));
		twice((state) -> state.set("domain.a", null));
		twice((state) -> state.remove("domain.a"));
		twice((state) -> state.append("domain.a2", "body"), "domain.a2", StateUpdate.set("domain.a2", List.of("x")));
		twice((state) -> state.set("domain.order.total", 2), "domain.order.total",
				StateUpdate.set("domain.order", Map.of("total", 3)));
		twice((state) -> state.set("domain.order", Map.of("total", 2, "note", "n")), "domain.order.total",
				StateUpdate.set("domain.order.total", 3));
		twice((state) -> state.set("domain.a", "body"), "domain.a", StateUpdate.remove("domain.a"));
		twice((state) -> state.set("domain.order.total", 2), "domain.order.total", StateUpdate.remove("domain.order"));
		twice((state) -> state.set("domain.order.total", 2), "domain.order.total",
				StateUpdate.merge("domain.order", Map.of("total", 3)));
		assertThat(this.engine.state().version()).isEqualTo(1);
	}

	private void twice(Consumer<ProcessContext> body) {
		this.shop.body = body;
		this.shop.result = "returned";
		assertThatExceptionOfType(InvalidReturnException.class).isThrownBy(() -> this.engine.execute("whole"))
			.withMessage(
					"return value of process 'shop.whole' cannot be stored: path 'domain.a' was written in the body "
							+ "with another value, write it once");
		twice(body, "domain.a", StateUpdate.set("domain.a", "returned"));
	}

	private void twice(Consumer<ProcessContext> body, String path, StateUpdate update) {
		this.shop.body = body;
		this.shop.result = update;
		assertThatExceptionOfType(InvalidReturnException.class).as(update.toString())
			.isThrownBy(() -> this.engine.execute("update"))
			.withMessage(
					"return value of process 'shop.update' cannot be stored: path '%s' was written in the body with "
							+ "another value, write it once",
					path);
	}

	@Test
	void containerWrittenInTheBodyIsComparedAsItWas() {
		twice((state) -> {
			state.set("domain.x", 1);
			state.set("domain.y", 1);
			state.set("domain.order", Map.of("total", 2, "note", "n"));
			state.set("domain.order.note", "m");
		}, "domain.order", StateUpdate.merge("domain.order", Map.of("total", 3)));
	}

	@Test
	void pathWrittenInTheBodyAndReturnedWithAnEqualValueIsFine() {
		this.shop.body = (state) -> {
			state.set("domain.a", new BigDecimal("1.0"));
			state.set("domain.order.total", 2);
			state.remove("domain.b");
		};
		this.shop.result = StateUpdate.set("domain.a", new BigDecimal("1.0"))
			.and(StateUpdate.set("domain.order", Map.of("total", 2, "note", "kept")))
			.and(StateUpdate.remove("domain.b"));
		this.engine.execute("update");
		assertThat(this.engine.state().get("domain.order")).isEqualTo(Map.of("total", 2, "note", "kept"));
	}

	@Test
	void siblingsAreNeverDisturbed() {
		this.shop.body = (state) -> state.set("domain.order.note", "body");
		this.shop.result = StateUpdate.set("domain.order.total", 9)
			.and(StateUpdate.merge("domain.order", Map.of("extra", 1)))
			.and(StateUpdate.append("domain.list", 1));
		this.engine.execute("update");
		assertThat(this.engine.state().get("domain.order")).isEqualTo(Map.of("total", 9, "note", "body", "extra", 1));
		assertThat(this.engine.state().get("domain.c")).isEqualTo("old c");
	}

	@Test
	void codeMayReturnAStateUpdateToo() {
		TheusEngine code = TheusEngine.builder()
			.process("code.update",
					(spec) -> spec.outputs("domain.a")
						.body((context, arguments) -> StateUpdate.set("domain.a", "stored")))
			.process("code.pure",
					(spec) -> spec.semantic(Semantic.PURE)
						.outputs("domain.b", "domain.c")
						.body((context, arguments) -> StateUpdate.set("domain.b", "stored")))
			.build();
		assertThat(code.<Object>execute("update")).isInstanceOf(StateUpdate.class);
		assertThat(code.state().get("domain.a")).isEqualTo("stored");
		code.execute("pure");
		assertThat(code.state().get("domain.b")).isEqualTo("stored");
	}

	@Test
	void outputOfACollectionHasToNameOnePath() {
		assertThatExceptionOfType(InvalidReturnException.class)
			.isThrownBy(() -> this.engine.execute("collected", List.of("x", "y")))
			.withMessage(
					"return value of process 'shop.collected' cannot be stored: output 'domain.{keys}' names 2 paths in "
							+ "this call, let it name one");
		this.engine.execute("collected", List.of("x"));
		assertThat(this.engine.state().get("domain.x")).isEqualTo("value");
	}

	static class Shop {

		private ProcessContext state;

		private @Nullable Object result;

		private Consumer<ProcessContext> body = (context) -> {
		};

		@Process(outputs = "domain.**")
		Object plain() {
			return this.result;
		}

		@Process(outputs = "domain.**")
		@Output("domain.a")
		Object whole() {
			this.body.accept(this.state);
			return this.result;
		}

		@Process(semantic = Semantic.PURE, outputs = "domain.a")
		Object pureOne() {
			return this.result;
		}

		@Process(semantic = Semantic.PURE, outputs = { "domain.a", "domain.b" })
		Object pureTwo() {
			return this.result;
		}

		@SuppressWarnings("unchecked")
		@Process(semantic = Semantic.PURE, outputs = { "domain.p.x", "domain.q.x" })
		Map<String, Object> sameLast() {
			return (Map<String, Object>) this.result;
		}

		@Process
		Both components() {
			return (Both) this.result;
		}

		@Process(updates = "domain.**", emits = "sig_*")
		StateUpdate update() {
			this.body.accept(this.state);
			return (StateUpdate) this.result;
		}

		@Process(outputs = "domain.a")
		StateUpdate narrowUpdate() {
			return (StateUpdate) this.result;
		}

		@Process
		@Output("domain.{keys}")
		String collected(List<String> keys) {
			return "value";
		}

	}

	record Both(@Output("domain.a") @Nullable String a, @Output("domain.b") @Nullable String b, String other) {

	}

}
