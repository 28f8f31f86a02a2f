package io.theus.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

import io.theus.Semantic;
import io.theus.StateUpdate;
import io.theus.TransactionContext;
import io.theus.annotation.Output;
import io.theus.annotation.Process;
import io.theus.contract.ContractViolationException;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.initial.InvalidInitialStateException;
import io.theus.path.Right;
import io.theus.path.Zone;
import io.theus.path.ZoneViolationException;
import io.theus.state.State;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of zones as it is written down: what each zone grants on each route. Each
 * route is given all that can be declared, so that the zone alone decides.
 */
class ZoneTableTests {

	private static final List<String> INITIAL = List.of("initial");

	/**
	 * The cells say:
	 * <ul>
	 * <li>{@code yes}: granted, with its effect</li>
	 * <li>{@code no}: refused by the zone, and the state is the same object</li>
	 * <li>{@code wall}: refused by the semantic firewall before; only a PURE process
	 * returns a map</li>
	 * <li>{@code -}: the route has no such operation. A comparison, an {@code @Output}
	 * and a map store a whole value and nothing else; the initial state comes before
	 * anything could be read or replaced; and an emission names a topic, which lies in
	 * SIGNAL whatever it is called</li>
	 * </ul>
	 * SET-ONCE creates what is not there yet. The read of a StateUpdate is
	 * {@code assertVersion}; "in body" is a comparison within a running process.
	 */
	@ParameterizedTest(name = "{0} {1}")
	@CsvSource(delimiter = '|', textBlock = """
			# zone   | right    | context | transact | swap | in body | @Output | map  | StateUpdate | edit | initial
			DATA     | READ     | yes     | yes      | -    | -       | -       | -    | yes         | yes  | -
			DATA     | APPEND   | yes     | yes      | -    | -       | -       | -    | yes         | yes  | -
			DATA     | UPDATE   | yes     | yes      | yes  | yes     | yes     | yes  | yes         | yes  | -
			DATA     | DELETE   | yes     | yes      | -    | -       | -       | -    | yes         | yes  | -
			DATA     | EMIT     | -       | -        | -    | -       | -       | -    | -           | -    | -
			DATA     | SET-ONCE | yes     | yes      | yes  | yes     | yes     | yes  | yes         | yes  | yes
			HEAVY    | READ     | yes     | yes      | -    | -       | -       | -    | yes         | yes  | -
			HEAVY    | APPEND   | no      | no       | -    | -       | -       | -    | no          | yes  | -
			HEAVY    | UPDATE   | yes     | yes      | yes  | yes     | yes     | yes  | yes         | yes  | -
			HEAVY    | DELETE   | no      | no       | -    | -       | -       | -    | no          | yes  | -
			HEAVY    | EMIT     | -       | -        | -    | -       | -       | -    | -           | -    | -
			HEAVY    | SET-ONCE | yes     | yes      | yes  | yes     | yes     | yes  | yes         | yes  | yes
			SIGNAL   | READ     | yes     | yes      | -    | -       | -       | -    | yes         | yes  | -
			SIGNAL   | APPEND   | no      | no       | -    | -       | -       | -    | no          | no   | -
			SIGNAL   | UPDATE   | no      | no       | no   | no      | no      | no   | no          | no   | -
			SIGNAL   | DELETE   | no      | no       | -    | -       | -       | -    | no          | no   | -
			SIGNAL   | EMIT     | yes     | yes      | -    | -       | -       | -    | yes         | yes  | -
			SIGNAL   | SET-ONCE | no      | no       | no   | no      | no      | no   | no          | no   | no
			META     | READ     | yes     | yes      | -    | -       | -       | -    | yes         | yes  | -
			META     | APPEND   | no      | no       | -    | -       | -       | -    | no          | yes  | -
			META     | UPDATE   | yes     | yes      | yes  | yes     | yes     | wall | yes         | yes  | -
			META     | DELETE   | no      | no       | -    | -       | -       | -    | no          | yes  | -
			META     | EMIT     | -       | -        | -    | -       | -       | -    | -           | -    | -
			META     | SET-ONCE | yes     | yes      | yes  | yes     | yes     | wall | yes         | yes  | yes
			LOG      | READ     | yes     | yes      | -    | -       | -       | -    | yes         | yes  | -
			LOG      | APPEND   | yes     | yes      | -    | -       | -       | -    | yes         | yes  | -
			LOG      | UPDATE   | no      | no       | no   | no      | no      | no   | no          | yes  | -
			LOG      | DELETE   | no      | no       | -    | -       | -       | -    | no          | yes  | -
			LOG      | EMIT     | -       | -        | -    | -       | -       | -    | -           | -    | -
			LOG      | SET-ONCE | no      | no       | no   | no      | no      | no   | no          | yes  | yes
			CONSTANT | READ     | yes     | yes      | -    | -       | -       | -    | yes         | yes  | -
			CONSTANT | APPEND   | no      | no       | -    | -       | -       | -    | no          | no   | -
			CONSTANT | UPDATE   | no      | no       | no   | no      | no      | no   | no          | no   | -
			CONSTANT | DELETE   | no      | no       | -    | -       | -       | -    | no          | no   | -
			CONSTANT | EMIT     | -       | -        | -    | -       | -       | -    | -           | -    | -
			CONSTANT | SET-ONCE | no      | no       | no   | no      | no      | no   | no          | no   | yes
			PRIVATE  | READ     | no      | no       | -    | -       | -       | -    | no          | yes  | -
			PRIVATE  | APPEND   | no      | no       | -    | -       | -       | -    | no          | yes  | -
			PRIVATE  | UPDATE   | no      | no       | no   | no      | no      | no   | no          | yes  | -
			PRIVATE  | DELETE   | no      | no       | -    | -       | -       | -    | no          | yes  | -
			PRIVATE  | EMIT     | -       | -        | -    | -       | -       | -    | -           | -    | -
			PRIVATE  | SET-ONCE | no      | no       | no   | no      | no      | no   | no          | yes  | yes
			""")
	void zoneGrantsOnEachRouteWhatTheTableSays(ArgumentsAccessor row) {
		Zone zone = Zone.valueOf(row.getString(0));
		Use use = Use.valueOf(row.getString(1).replace('-', '_'));
		List<String> expected = new ArrayList<>();
		List<String> actual = new ArrayList<>();
		int column = 2;
		for (Route route : Route.values()) {
			expected.add(route + "=" + row.getString(column++));
			actual.add(route + "=" + new Cell(zone, use, route).outcome());
		}
		assertThat(actual).isEqualTo(expected);
	}

	private enum Route {

		CONTEXT, TRANSACT, SWAP, SWAP_IN_BODY, OUTPUT, MAP, STATE_UPDATE, EDIT, INITIAL;

		boolean storesWholeValues() {
			return this == SWAP || this == SWAP_IN_BODY || this == OUTPUT || this == MAP;
		}

	}

	private enum Use {

		READ, APPEND, UPDATE, DELETE, EMIT, SET_ONCE;

		Right right() {
			return (this == SET_ONCE) ? Right.UPDATE : Right.valueOf(name());
		}

		boolean isWhole() {
			return this == UPDATE || this == SET_ONCE;
		}

	}

	private record Cell(Zone zone, Use use, Route route) {

		private boolean exists() {
			if (this.use == Use.EMIT && this.zone != Zone.SIGNAL) {
				return false;
			}
			return (this.route == Route.INITIAL) ? this.use == Use.SET_ONCE
					: !this.route.storesWholeValues() || this.use.isWhole();
		}

		String outcome() {
			if (!exists()) {
				return "-";
			}
			TheusEngine engine = (this.use == Use.SET_ONCE) ? engine(Map.of()) : seeded();
			State before = engine.state();
			try {
				Object seen = use(engine);
				return happened(engine, before, seen) ? "yes" : "nothing happened";
			}
			catch (InvalidInitialStateException ex) {
				assertThat(ex.path()).hasToString(path());
				assertThat(ex).hasCauseInstanceOf(ZoneViolationException.class);
				return "no";
			}
			catch (ZoneViolationException ex) {
				assertThat(ex.path()).hasToString(path());
				assertThat(ex.zone()).isEqualTo(this.zone);
				assertThat(ex.right()).isEqualTo(this.use.right());
				return (engine.state() == before) ? "no" : "refused, but the state changed";
			}
			catch (ContractViolationException ex) {
				assertThat(ex).hasMessageContaining("is refused: a PURE process does not write META");
				return (engine.state() == before) ? "wall" : "refused, but the state changed";
			}
		}

		private boolean happened(TheusEngine engine, State before, Object seen) {
			State after = (this.route == Route.INITIAL) ? (State) seen : engine.state();
			return switch (this.use) {
				case READ -> after == before && (this.route == Route.STATE_UPDATE || INITIAL.equals(seen));
				case APPEND -> after.get(path()).equals(List.of("initial", "added"));
				case UPDATE, SET_ONCE -> after.get(path()).equals("changed");
				case DELETE -> before.contains(path()) && !after.contains(path());
				case EMIT -> after.signals().equals(Map.of("sig_x", "changed"));
			};
		}

		// A signal is read where it is published, and nothing is stored under its prefix
		private String path() {
			return switch (this.zone) {
				case DATA -> "domain.data";
				case SIGNAL -> (this.use == Use.READ) ? "signal.sig_x" : "domain.sig_x";
				case CONSTANT -> "domain.const_x";
				case PRIVATE -> "domain.internal_x";
				default -> "domain." + this.zone.name().toLowerCase(Locale.ROOT) + "_x";
			};
		}

		private String key() {
			return path().substring(path().lastIndexOf('.') + 1);
		}

		private TheusEngine seeded() {
			if (this.zone != Zone.SIGNAL) {
				return engine(Map.of(path(), INITIAL));
			}
			TheusEngine engine = engine(Map.of());
			if (this.use == Use.READ) {
				engine.transact((tx) -> {
					tx.emit("sig_x", INITIAL);
					return null;
				});
			}
			return engine;
		}

		private TheusEngine engine(Map<String, Object> initial) {
			TheusEngine[] engine = new TheusEngine[1];
			// Control zones are for those who steer
			Semantic reader = this.zone.isControl() ? Semantic.GUIDE : Semantic.EFFECT;
			Semantic semantic = (this.use == Use.READ) ? reader : Semantic.EFFECT;
			String[] outputs = (semantic == Semantic.GUIDE) ? new String[0] : new String[] { "**" };
			TheusEngineBuilder builder = TheusEngine.builder()
				.initialState(() -> initial)
				.processes(new Outputs())
				.process("shop.context",
						(spec) -> spec.semantic(semantic)
							.inputs("**")
							.outputs(outputs)
							.emits("*")
							.body((context, arguments) -> use(context)))
				.process("shop.swap",
						(spec) -> spec.updates("**").body((context, arguments) -> swap(engine[0], context.version())))
				.process("shop.update",
						(spec) -> spec.semantic(semantic)
							.inputs("**")
							.outputs(outputs)
							.emits("*")
							.body((context, arguments) -> update(context.version())))
				.process("shop.map",
						(spec) -> spec.semantic(Semantic.PURE)
							.argument("key", String.class)
							.outputs("domain.{key}", "domain.other")
							.body((context, arguments) -> Map.of(path(), "changed")));
			engine[0] = builder.build();
			return engine[0];
		}

		private Object use(TheusEngine engine) {
			return switch (this.route) {
				case CONTEXT -> engine.execute("shop.context");
				case TRANSACT -> engine.transact(this::use);
				case SWAP -> swap(engine, engine.state().version());
				case SWAP_IN_BODY -> engine.execute("shop.swap");
				case OUTPUT -> engine.execute("outputs.output", key());
				case MAP -> engine.execute("shop.map", key());
				case STATE_UPDATE -> engine.execute("shop.update");
				case EDIT -> edit(engine);
				case INITIAL -> engine(Map.of(path(), "changed")).state();
			};
		}

		private Object edit(TheusEngine engine) {
			Object[] seen = new Object[1];
			engine.edit("by hand", (tx) -> seen[0] = use(tx));
			return seen[0];
		}

		private Object swap(TheusEngine engine, long version) {
			return engine.compareAndSwap(version, Map.of(path(), "changed"));
		}

		private Object use(TransactionContext tx) {
			switch (this.use) {
				case READ -> {
					return tx.get(path());
				}
				case APPEND -> tx.append(path(), "added");
				case UPDATE -> tx.set(path(), "changed");
				case SET_ONCE -> tx.create(path(), "changed");
				case DELETE -> tx.remove(path());
				case EMIT -> tx.emit("sig_x", "changed");
			}
			return "used";
		}

		private StateUpdate update(long version) {
			return switch (this.use) {
				case READ -> StateUpdate.assertVersion(path(), version);
				case APPEND -> StateUpdate.append(path(), "added");
				case UPDATE -> StateUpdate.set(path(), "changed");
				case SET_ONCE -> StateUpdate.create(path(), "changed");
				case DELETE -> StateUpdate.remove(path());
				case EMIT -> StateUpdate.signal("sig_x", "changed");
			};
		}

	}

	static class Outputs {

		@Process
		@Output("domain.{key}")
		String output(String key) {
			return "changed";
		}

	}

}
