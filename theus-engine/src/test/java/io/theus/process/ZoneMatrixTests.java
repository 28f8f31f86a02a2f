package io.theus.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.theus.ProcessContext;
import io.theus.Semantic;
import io.theus.StateUpdate;
import io.theus.TransactionContext;
import io.theus.annotation.Output;
import io.theus.annotation.Process;
import io.theus.contract.ContractViolationException;
import io.theus.contract.InvalidContractException;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.initial.InvalidInitialStateException;
import io.theus.path.ZoneViolationException;
import io.theus.state.State;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of zones: each right in each row on each route by which somebody could use
 * it, where something is stored and where nothing is. One failure shows the whole table.
 */
class ZoneMatrixTests {

	/** A place by name, and what processes and transactions may do there at most. */
	private static final Map<String, String> ROWS = new LinkedHashMap<>();

	static {
		ROWS.put("domain.plain", "read append update delete");
		ROWS.put("global.plain", "read append update delete");
		ROWS.put("domain.constant", "read append update delete");
		ROWS.put("domain.logs", "read append update delete");
		ROWS.put("domain.deep.plain", "read append update delete");
		ROWS.put("domain.heavy_x", "read update");
		ROWS.put("heavy.x", "read update");
		ROWS.put("domain.heavy_a.log_b", "read update");
		ROWS.put("domain.meta_x", "read update");
		ROWS.put("meta.x", "read update");
		ROWS.put("domain.log_x", "read append");
		ROWS.put("domain.audit_x", "read append");
		ROWS.put("log.x", "read append");
		ROWS.put("domain.log_a.const_b", "read append");
		ROWS.put("domain.const_x", "read");
		ROWS.put("domain.const_a.plain", "read");
		ROWS.put("domain.deep.const_x", "read");
		ROWS.put("domain.sig_x", "read");
		ROWS.put("domain.cmd_x", "read");
		ROWS.put("signal.x", "read");
		ROWS.put("sig.x", "read");
		ROWS.put("cmd.x", "read");
		ROWS.put("domain.internal_x", "");
		ROWS.put("domain.internal_a.plain", "");
		ROWS.put("domain.deep.internal_x", "");
	}

	private final StringBuilder table = new StringBuilder();

	private final List<String> wrong = new ArrayList<>();

	@Test
	void everyRightIsGrantedOrRefusedByItsZoneOnEveryRoute() {
		ROWS.forEach((path, rights) -> {
			for (String right : List.of("read", "append", "update", "delete")) {
				for (String route : List.of("transact", "context", "joined", "returned")) {
					check(path, right, route, rights.contains(right));
				}
				check(path, right, "edit", right.equals("read") || !(isConstant(path) || isSignal(path)));
			}
			for (String route : List.of("create", "merge", "swap", "output", "declared")) {
				boolean steering = route.equals("declared") && path.contains("meta");
				if (!(route.equals("output") && path.matches("(signal|sig|cmd).*"))) {
					check(path, "update", route, rights.contains("update") && !steering);
				}
			}
			check(path, "update", "initial", !isSignal(path));
		});
		assertThat(this.wrong).as("%n%s", this.table).isEmpty();
		assertThat(this.table.toString().lines()).hasSizeGreaterThan(600);
	}

	private static boolean isConstant(String path) {
		return path.matches(".*\\.const_.*") && !path.contains(".log_");
	}

	private static boolean isSignal(String path) {
		return path.contains("sig") || path.contains("cmd");
	}

	private void check(String path, String right, String route, boolean expected) {
		if (route.equals("returned") && right.equals("read")) {
			return;
		}
		check(path, right, route, expected, false);
		boolean onlyWhereAbsent = List.of("create", "merge", "initial").contains(route);
		if (!isSignal(path) && !onlyWhereAbsent) {
			check(path, right, route, expected, true);
		}
	}

	private void check(String path, String right, String route, boolean expected, boolean present) {
		String outcome;
		try {
			outcome = outcome(path, right, route, present);
		}
		catch (Exception ex) {
			outcome = ex.toString();
		}
		String line = "%-24s %-7s %-9s %-8s %s".formatted(path, right, route, present ? "present" : "absent", outcome);
		this.table.append(line).append('\n');
		if (!outcome.equals(expected ? "granted" : "refused")) {
			this.wrong.add(line);
		}
	}

	private static String outcome(String path, String right, String route, boolean present) {
		Routes routes = new Routes();
		TheusEngineBuilder builder = TheusEngine.builder()
			.strict(false)
			.processes(routes)
			.initialState(() -> Map.of("domain.deep.unrelated", 1));
		if (present || route.equals("initial")) {
			builder.initialState(() -> Map.of(path, List.of("initial")));
		}
		try {
			if (route.equals("declared")) {
				builder.process("code.declared", (spec) -> declared(spec, path));
			}
			TheusEngine engine = builder.build();
			routes.state = engine.context();
			return outcome(engine, path, right, route, present);
		}
		catch (ZoneViolationException | InvalidContractException | InvalidInitialStateException ex) {
			return "refused";
		}
	}

	private static String outcome(TheusEngine engine, String path, String right, String route, boolean present) {
		State before = engine.state();
		try {
			use(engine, path, right, route);
		}
		catch (ZoneViolationException ex) {
			assertThat(ex.path()).hasToString(path);
			assertThat(ex.right().name()).isEqualToIgnoringCase(right);
			assertThat(ex.zone().grants(ex.right())).isFalse();
			return (engine.state() == before) ? "refused" : "refused, but the state changed";
		}
		catch (ContractViolationException ex) {
			// A PURE process does not write META: the firewall comes first
			return (engine.state() == before) ? "refused" : "refused, but the state changed";
		}
		boolean effect = switch (right) {
			case "read" -> engine.state() == before;
			case "delete" -> !engine.state().contains(path);
			case "append" -> engine.state().size(path) == (present ? 2 : 1);
			default -> engine.state().contains(path) && (engine.state() != before || route.equals("initial"));
		};
		return effect ? "granted" : "granted, but without effect";
	}

	private static void use(TheusEngine engine, String path, String right, String route) {
		switch (route) {
			case "initial" -> engine.state();
			case "transact" -> engine.transact((tx) -> use(tx, path, right));
			case "create" -> engine.transact((tx) -> {
				tx.create(path, "changed");
				return null;
			});
			case "merge" -> engine.transact((tx) -> {
				tx.merge(path.replaceFirst("\\.[^.]+$", ""), Map.of(path.replaceFirst(".*\\.", ""), "changed"));
				return null;
			});
			case "edit" -> engine.edit("by hand", (tx) -> use(tx, path, right));
			case "swap" -> engine.compareAndSwap(engine.state().version(), Map.of(path, "changed"));
			case "joined" -> engine.transact((tx) -> engine.execute("context", path, right));
			case "output" -> engine.execute("output" + path.split("\\.").length, (Object[]) path.split("\\."));
			case "declared" -> engine.execute("declared", path.replaceFirst(".*\\.", ""));
			default -> engine.execute(route, path, right);
		}
	}

	private static Object use(TransactionContext tx, String path, String right) {
		switch (right) {
			case "read" -> tx.find(path);
			case "append" -> tx.append(path, "added");
			case "delete" -> tx.remove(path);
			default -> tx.set(path, "changed");
		}
		return right;
	}

	private static void declared(ProcessSpec spec, String path) {
		spec.semantic(Semantic.PURE)
			.outputs(path.replaceFirst("\\.[^.]+$", ".{key}"))
			.argument("key", String.class)
			.body((context, arguments) -> "changed");
	}

	static class Routes {

		private ProcessContext state;

		@Process(inputs = "**", outputs = "**")
		void context(String path, String right) {
			use(this.state, path, right);
		}

		@Process(outputs = "**")
		StateUpdate returned(String path, String right) {
			return switch (right) {
				case "append" -> StateUpdate.append(path, "added");
				case "delete" -> StateUpdate.remove(path);
				default -> StateUpdate.set(path, "changed");
			};
		}

		@Process(name = "output2")
		Two two(String root, String key) {
			return new Two(root.equals("domain") ? "changed" : null, root.equals("global") ? "changed" : null,
					root.equals("heavy") ? "changed" : null, root.equals("meta") ? "changed" : null,
					root.equals("log") ? "changed" : null);
		}

		@Process(name = "output3")
		@Output("domain.{parent}.{key}")
		String three(String root, String parent, String key) {
			return "changed";
		}

	}

	record Two(@Output("domain.{key}") String domain, @Output("global.{key}") String global,
			@Output("heavy.{key}") String heavy, @Output("meta.{key}") String meta, @Output("log.{key}") String log) {

	}

}
