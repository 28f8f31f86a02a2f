package io.theus.contract;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

import io.theus.ProcessContext;
import io.theus.Semantic;
import io.theus.StateUpdate;
import io.theus.TransactionContext;
import io.theus.annotation.Output;
import io.theus.annotation.Process;
import io.theus.engine.TheusEngine;
import io.theus.path.ZoneViolationException;
import io.theus.process.ProcessDefinition;
import io.theus.process.ProcessSpec;
import io.theus.state.State;
import io.theus.workflow.Workflow;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of the semantic firewall as it is written down: what each semantic may do on
 * each route. All is declared that can be declared, so that the semantic alone decides.
 */
class FirewallTableTests {

	/**
	 * The cells say:
	 * <ul>
	 * <li>{@code yes}: allowed, with its effect</li>
	 * <li>{@code no}: refused by the firewall; the state is the same object, and no
	 * signal and no message is out</li>
	 * <li>{@code start}: the declaration is refused at start-up</li>
	 * <li>{@code zone}: refused by the zone before; a log takes appends only, and these
	 * routes replace the whole value</li>
	 * <li>{@code -}: the route has no such operation: what is not declared by patterns is
	 * not declared at all, a comparison and a returned value only write, messages and
	 * calls are no return values, and EFFECT and GUIDE return no map to be stored</li>
	 * </ul>
	 * An explicit transaction and a comparison outside of a process have no semantic;
	 * here they are used in a body. A read by a StateUpdate is {@code assertVersion}.
	 * Content of the heavy zone and its allocation are no part of this version. Where
	 * contracts are not strict, the same holds, but EFFECT sees the control zones.
	 */
	@ParameterizedTest(name = "{0} {1} {2}")
	@CsvSource(delimiter = '|', textBlock = """
			# what | of            | by     | declared | context | transact | swap | @Output | map  | StateUpdate
			READ   | domain.data   | PURE   | yes      | yes     | yes      | -    | -       | -    | yes
			READ   | domain.data   | EFFECT | yes      | yes     | yes      | -    | -       | -    | yes
			READ   | domain.data   | GUIDE  | yes      | yes     | yes      | -    | -       | -    | yes
			READ   | global.data   | PURE   | yes      | yes     | yes      | -    | -       | -    | yes
			READ   | global.data   | EFFECT | yes      | yes     | yes      | -    | -       | -    | yes
			READ   | global.data   | GUIDE  | yes      | yes     | yes      | -    | -       | -    | yes
			READ   | domain.heavy_x| PURE   | yes      | yes     | yes      | -    | -       | -    | yes
			READ   | domain.heavy_x| EFFECT | yes      | yes     | yes      | -    | -       | -    | yes
			READ   | domain.heavy_x| GUIDE  | yes      | yes     | yes      | -    | -       | -    | yes
			READ   | domain.log_x  | PURE   | yes      | yes     | yes      | -    | -       | -    | yes
			READ   | domain.log_x  | EFFECT | yes      | yes     | yes      | -    | -       | -    | yes
			READ   | domain.log_x  | GUIDE  | yes      | yes     | yes      | -    | -       | -    | yes
			READ   | domain.meta_x | PURE   | start    | no      | no       | -    | -       | -    | no
			READ   | domain.meta_x | EFFECT | start    | no      | no       | -    | -       | -    | no
			READ   | domain.meta_x | GUIDE  | yes      | yes     | yes      | -    | -       | -    | yes
			READ   | meta.x        | PURE   | start    | no      | no       | -    | -       | -    | no
			READ   | meta.x        | EFFECT | start    | no      | no       | -    | -       | -    | no
			READ   | meta.x        | GUIDE  | yes      | yes     | yes      | -    | -       | -    | yes
			READ   | signal.sig_x  | PURE   | start    | no      | no       | -    | -       | -    | no
			READ   | signal.sig_x  | EFFECT | start    | no      | no       | -    | -       | -    | no
			READ   | signal.sig_x  | GUIDE  | yes      | yes     | yes      | -    | -       | -    | yes
			READ   | signal.cmd_x  | PURE   | start    | no      | no       | -    | -       | -    | no
			READ   | signal.cmd_x  | EFFECT | start    | no      | no       | -    | -       | -    | no
			READ   | signal.cmd_x  | GUIDE  | yes      | yes     | yes      | -    | -       | -    | yes
			WRITE  | domain.data   | PURE   | yes      | no      | no       | no   | yes     | yes  | yes
			WRITE  | domain.data   | EFFECT | yes      | yes     | yes      | yes  | yes     | -    | yes
			WRITE  | domain.data   | GUIDE  | start    | no      | no       | no   | start   | -    | no
			WRITE  | domain.heavy_x| PURE   | yes      | no      | no       | no   | yes     | yes  | yes
			WRITE  | domain.heavy_x| EFFECT | yes      | yes     | yes      | yes  | yes     | -    | yes
			WRITE  | domain.heavy_x| GUIDE  | start    | no      | no       | no   | start   | -    | no
			APPEND | domain.log_x  | PURE   | yes      | no      | no       | zone | zone    | zone | yes
			APPEND | domain.log_x  | EFFECT | yes      | yes     | yes      | zone | zone    | -    | yes
			APPEND | domain.log_x  | GUIDE  | start    | no      | no       | zone | start   | -    | no
			WRITE  | domain.meta_x | PURE   | start    | no      | no       | no   | start   | no   | no
			WRITE  | domain.meta_x | EFFECT | yes      | yes     | yes      | yes  | yes     | -    | yes
			WRITE  | domain.meta_x | GUIDE  | yes      | yes     | yes      | yes  | yes     | -    | yes
			EMIT   | sig_x         | PURE   | start    | no      | no       | -    | -       | -    | no
			EMIT   | sig_x         | EFFECT | yes      | yes     | yes      | -    | -       | -    | yes
			EMIT   | sig_x         | GUIDE  | yes      | yes     | yes      | -    | -       | -    | yes
			EMIT   | cmd_x         | PURE   | start    | no      | no       | -    | -       | -    | no
			EMIT   | cmd_x         | EFFECT | yes      | yes     | yes      | -    | -       | -    | yes
			EMIT   | cmd_x         | GUIDE  | yes      | yes     | yes      | -    | -       | -    | yes
			SEND   | orders        | PURE   | start    | no      | no       | -    | -       | -    | -
			SEND   | orders        | EFFECT | yes      | yes     | yes      | -    | -       | -    | -
			SEND   | orders        | GUIDE  | start    | no      | no       | -    | -       | -    | -
			CALL   | shop.pure     | PURE   | -        | yes     | yes      | -    | -       | -    | -
			CALL   | shop.pure     | EFFECT | -        | yes     | yes      | -    | -       | -    | -
			CALL   | shop.pure     | GUIDE  | -        | yes     | yes      | -    | -       | -    | -
			CALL   | shop.effect   | PURE   | -        | no      | no       | -    | -       | -    | -
			CALL   | shop.effect   | EFFECT | -        | yes     | yes      | -    | -       | -    | -
			CALL   | shop.effect   | GUIDE  | -        | yes     | yes      | -    | -       | -    | -
			CALL   | shop.guide    | PURE   | -        | no      | no       | -    | -       | -    | -
			CALL   | shop.guide    | EFFECT | -        | yes     | yes      | -    | -       | -    | -
			CALL   | shop.guide    | GUIDE  | -        | yes     | yes      | -    | -       | -    | -
			START  | flow          | PURE   | start    | no      | no       | -    | -       | -    | -
			START  | flow          | EFFECT | yes      | yes     | yes      | -    | -       | -    | -
			START  | flow          | GUIDE  | yes      | yes     | yes      | -    | -       | -    | -
			""")
	void semanticMayOnEachRouteWhatTheTableSays(ArgumentsAccessor row) {
		What what = What.valueOf(row.getString(0));
		Semantic semantic = Semantic.valueOf(row.getString(2));
		List<String> expected = new ArrayList<>();
		List<String> actual = new ArrayList<>();
		List<String> lenient = new ArrayList<>();
		int column = 3;
		for (Route route : Route.values()) {
			expected.add(route + "=" + row.getString(column++));
			actual.add(route + "=" + new Cell(what, row.getString(1), semantic, route, true).outcome());
			lenient.add(route + "=" + new Cell(what, row.getString(1), semantic, route, false).outcome());
		}
		assertThat(actual).isEqualTo(expected);
		if (what == What.READ && semantic == Semantic.EFFECT) {
			expected.replaceAll((cell) -> cell.replaceFirst("=(no|start)$", "=yes"));
		}
		assertThat(lenient).as("not strict").isEqualTo(expected);
	}

	private enum Route {

		DECLARED, CONTEXT, TRANSACT, SWAP, OUTPUT, MAP, STATE_UPDATE

	}

	private enum What {

		READ, WRITE, APPEND, EMIT, SEND, CALL, START;

		boolean isWrite() {
			return this == WRITE || this == APPEND;
		}

	}

	private record Cell(What what, String subject, Semantic semantic, Route route, boolean strict) {

		private boolean exists() {
			return switch (this.route) {
				case CONTEXT, TRANSACT -> true;
				case DECLARED -> this.what != What.CALL;
				case SWAP, OUTPUT -> this.what.isWrite();
				case MAP -> this.what.isWrite() && this.semantic == Semantic.PURE;
				case STATE_UPDATE -> this.what == What.READ || this.what.isWrite() || this.what == What.EMIT;
			};
		}

		String outcome() {
			if (!exists()) {
				return "-";
			}
			try {
				return outcome(engine());
			}
			catch (InvalidContractException ex) {
				return "start";
			}
		}

		private String outcome(TheusEngine engine) {
			if (this.route == Route.DECLARED) {
				return "yes";
			}
			State before = engine.state();
			String refusal;
			try {
				Object result = engine.execute("run", arguments());
				return happened(engine, before, result) ? "yes" : "nothing happened";
			}
			catch (ContractViolationException ex) {
				refusal = ex.getMessage().contains("is refused: ") ? "no" : ex.getMessage();
			}
			catch (ZoneViolationException ex) {
				refusal = "zone";
			}
			assertThat(engine.state()).isSameAs(before);
			assertThat(engine.signals().recent()).extracting("payload").doesNotContain("changed");
			assertThat(engine.outbox().status().pending()).isZero();
			return refusal;
		}

		private boolean happened(TheusEngine engine, State before, Object result) {
			State after = engine.state();
			return switch (this.what) {
				case READ -> after == before && (this.route == Route.STATE_UPDATE || "initial".equals(result)
						|| List.of("initial").equals(result));
				case WRITE -> after.get(this.subject).equals("changed");
				case APPEND -> after.get(this.subject).equals(List.of("initial", "changed"));
				case EMIT -> "changed".equals(after.signals().get(this.subject));
				case SEND -> engine.outbox().status().pending() == 1;
				case CALL -> "called".equals(result);
				case START -> engine.workflows().find("flow", "changed").isPresent();
			};
		}

		private Object[] arguments() {
			return needsKey() ? new Object[] { this.subject.substring(this.subject.indexOf('.') + 1) } : new Object[0];
		}

		private boolean needsKey() {
			boolean returned = this.route == Route.MAP || this.route == Route.STATE_UPDATE;
			return returned && this.what.isWrite() && this.semantic == Semantic.PURE;
		}

		private TheusEngine engine() {
			TheusEngine[] engine = new TheusEngine[1];
			var builder = TheusEngine.builder()
				.strict(this.strict)
				.initialState(() -> Map.of("domain.data", "initial", "global.data", "initial", "domain.heavy_x",
						"initial", "domain.log_x", List.of("initial"), "domain.meta_x", "initial", "meta.x", "initial"))
				.workflows(Workflow.named("flow").process("shop.effect").build());
			for (Semantic callee : Semantic.values()) {
				builder.process("shop." + callee.name().toLowerCase(Locale.ROOT),
						(spec) -> spec.semantic(callee).body((context, arguments) -> "called"));
			}
			if (this.route != Route.OUTPUT) {
				builder.process("shop.run", (spec) -> declare(spec).semantic(this.semantic)
					.body((context, arguments) -> body(engine[0], context)));
			}
			engine[0] = builder.build();
			if (this.route == Route.OUTPUT) {
				register(engine[0]);
			}
			engine[0].transact((tx) -> {
				tx.emit("sig_x", "initial");
				tx.emit("cmd_x", "initial");
				return null;
			});
			return engine[0];
		}

		private ProcessSpec declare(ProcessSpec spec) {
			if (this.route == Route.DECLARED) {
				return declareAlone(spec);
			}
			spec.inputs("**");
			if (needsKey()) {
				return spec.argument("key", String.class).outputs("domain.{key}", "domain.other");
			}
			return switch (this.semantic) {
				case PURE -> spec;
				case EFFECT -> spec.outputs("**").emits("*").sends("*").starts("*");
				case GUIDE -> spec.outputs("domain.meta_x").emits("*");
			};
		}

		private ProcessSpec declareAlone(ProcessSpec spec) {
			return switch (this.what) {
				case READ -> spec.inputs(this.subject);
				case EMIT -> spec.emits(this.subject);
				case SEND -> spec.sends(this.subject);
				case START -> spec.starts(this.subject);
				default -> spec.outputs(this.subject);
			};
		}

		// Only the one method, since others are refused at start-up
		private void register(TheusEngine engine) {
			Method method = method(this.semantic.name() + this.subject.replaceAll(".*\\.|_x", ""));
			ProcessDefinition process = engine.annotatedProcesses()
				.define("shop", Outputs.class, method, method.getAnnotation(Process.class));
			Outputs outputs = new Outputs();
			engine.processes()
				.register(process, (values) -> engine.runner()
					.execute(process,
							() -> engine.runner().attempt(process, values, (bound) -> method.invoke(outputs, bound))));
		}

		private static Method method(String name) {
			for (Method method : Outputs.class.getDeclaredMethods()) {
				if (method.getName().equalsIgnoreCase(name)) {
					return method;
				}
			}
			throw new AssertionError(name);
		}

		private Object body(TheusEngine engine, ProcessContext context) {
			return switch (this.route) {
				case TRANSACT -> engine.transact((tx) -> use(engine, tx));
				case SWAP -> engine.compareAndSwap(context.version(), Map.of(this.subject, "changed"));
				case MAP -> Map.of(this.subject, "changed");
				case STATE_UPDATE -> update(context.version());
				default -> use(engine, context);
			};
		}

		private Object use(TheusEngine engine, TransactionContext tx) {
			switch (this.what) {
				case READ -> {
					return tx.get(this.subject);
				}
				case CALL -> {
					return engine.execute(this.subject);
				}
				case WRITE -> tx.set(this.subject, "changed");
				case APPEND -> tx.append(this.subject, "changed");
				case EMIT -> tx.emit(this.subject, "changed");
				case SEND -> tx.outbox().send(this.subject, "key", "changed");
				case START -> tx.start(this.subject, "changed", Map.of());
			}
			return "used";
		}

		private StateUpdate update(long version) {
			return switch (this.what) {
				case READ -> StateUpdate.assertVersion(this.subject, version);
				case APPEND -> StateUpdate.append(this.subject, "changed");
				case EMIT -> StateUpdate.signal(this.subject, "changed");
				default -> StateUpdate.set(this.subject, "changed");
			};
		}

	}

	static class Outputs {

		@Process(name = "run", semantic = Semantic.PURE)
		@Output("domain.data")
		String pureData() {
			return "changed";
		}

		@Process(name = "run", semantic = Semantic.PURE)
		@Output("domain.heavy_x")
		String pureHeavy() {
			return "changed";
		}

		@Process(name = "run", semantic = Semantic.PURE)
		@Output("domain.log_x")
		String pureLog() {
			return "changed";
		}

		@Process(name = "run", semantic = Semantic.PURE)
		@Output("domain.meta_x")
		String pureMeta() {
			return "changed";
		}

		@Process(name = "run")
		@Output("domain.data")
		String effectData() {
			return "changed";
		}

		@Process(name = "run")
		@Output("domain.heavy_x")
		String effectHeavy() {
			return "changed";
		}

		@Process(name = "run")
		@Output("domain.log_x")
		String effectLog() {
			return "changed";
		}

		@Process(name = "run")
		@Output("domain.meta_x")
		String effectMeta() {
			return "changed";
		}

		@Process(name = "run", semantic = Semantic.GUIDE)
		@Output("domain.data")
		String guideData() {
			return "changed";
		}

		@Process(name = "run", semantic = Semantic.GUIDE)
		@Output("domain.heavy_x")
		String guideHeavy() {
			return "changed";
		}

		@Process(name = "run", semantic = Semantic.GUIDE)
		@Output("domain.log_x")
		String guideLog() {
			return "changed";
		}

		@Process(name = "run", semantic = Semantic.GUIDE)
		@Output("domain.meta_x")
		String guideMeta() {
			return "changed";
		}

	}

}
