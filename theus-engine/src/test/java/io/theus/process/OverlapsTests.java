package io.theus.process;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.theus.Merging;
import io.theus.annotation.Input;
import io.theus.annotation.Process;
import io.theus.conflict.Claim;
import io.theus.contract.ContractVariables;
import io.theus.contract.VariableValues;
import io.theus.engine.TheusEngine;
import io.theus.path.Path;
import io.theus.path.PathPattern;
import io.theus.path.ZoneDeclarations;
import io.theus.path.Zones;
import io.theus.state.MergeRules;
import io.theus.state.Snapshot;
import io.theus.state.VolatilePaths;

import static org.assertj.core.api.Assertions.assertThat;

class OverlapsTests {

	private static final SharedPlaces PLACES = new SharedPlaces(new Zones(ZoneDeclarations.NONE),
			MergeRules.of(List.of(new MergeRules.Declared(PathPattern.parse("domain.counts.*"), Merging.SUM))),
			VolatilePaths.of(List.of(PathPattern.parse("domain.progress"))));

	private final TheusEngine engine = TheusEngine.builder().build();

	private final ProcessFactory factory = new ProcessFactory(this.engine.processes(), this.engine.runner(),
			new ProcessSettings(new Zones(ZoneDeclarations.NONE), true, true, ContractVariables.NONE, List.of()));

	private final Overlaps overlaps = new Overlaps(this.engine.processes(), PLACES);

	@AfterEach
	void close() {
		this.engine.close();
	}

	private void process(String id, Consumer<ProcessSpec> declaration) {
		ProcessSpec spec = new ProcessSpec();
		declaration.accept(spec);
		this.factory.register(id, spec);
	}

	private void reads(String id, String... patterns) {
		process(id, (spec) -> spec.inputs(patterns).argument("id", Object.class).body((s, args) -> null));
	}

	private void writes(String id, String... patterns) {
		process(id, (spec) -> spec.outputs(patterns).argument("id", Object.class).body((s, args) -> null));
	}

	private void updates(String id, String... patterns) {
		process(id, (spec) -> spec.updates(patterns).argument("id", Object.class).body((s, args) -> null));
	}

	private ProcessDefinition named(String process) {
		return this.engine.processes().get(process);
	}

	private void meet(boolean expected, String a, String b) {
		assertThat(this.overlaps.mayMeet(named(a), named(b))).as("%s and %s", a, b).isEqualTo(expected);
		assertThat(this.overlaps.mayMeet(named(b), named(a))).as("%s and %s", b, a).isEqualTo(expected);
	}

	private Touched touched(String process, Object id) {
		return this.overlaps.touchedBy(named(process), Map.of("id", id), (Snapshot) this.engine.state(),
				VariableValues.NONE);
	}

	@Test
	void writerMeetsReaderAndWriter() {
		reads("r", "domain.orders");
		writes("w", "domain.orders.{id}.total");
		writes("other", "domain.order");
		meet(true, "r", "w");
		meet(true, "w", "w");
		meet(false, "r", "r");
		meet(false, "w", "other");
		meet(false, "r", "other");
	}

	@Test
	void placeholdersStandForAnyKeyUntilTheArgumentsAreKnown() {
		updates("update", "domain.orders.{id}");
		reads("read", "domain.orders.{id}");
		meet(true, "update", "update");
		meet(true, "update", "read");
		assertThat(touched("update", "a").meets(touched("update", "b"))).isFalse();
		assertThat(touched("update", "a").meets(touched("update", "a"))).isTrue();
		assertThat(touched("update", List.of("a", "b")).meets(touched("read", "b"))).isTrue();
		assertThat(touched("read", "a").meets(touched("read", "a"))).isFalse();
		assertThat(touched("read", "a").meets(touched("update", "b"))).isFalse();
	}

	@Test
	void whatIsMergedMeetsOnlyThoseWhoReadIt() {
		updates("count", "domain.counts.{id}");
		updates("countAll", "domain.counts");
		reads("report", "domain.counts.sold");
		writes("log", "domain.log_events");
		reads("audit", "domain.log_events");
		meet(false, "count", "count");
		meet(true, "count", "report");
		meet(true, "count", "countAll");
		meet(false, "log", "log");
		meet(true, "log", "audit");
		meet(false, "log", "count");
	}

	@Test
	void volatileAndLocalPlacesDoNotCount() {
		updates("progress", "domain.progress.{id}", "domain.progress");
		writes("scratch", "local.x");
		meet(false, "progress", "progress");
		meet(false, "scratch", "scratch");
	}

	@Test
	void whatAProcessCallsCountsWithAnyKey() {
		updates("inner", "domain.orders.{id}");
		process("outer", (spec) -> spec.calls("inner").argument("id", Object.class).body((s, a) -> null));
		process("outermost",
				(spec) -> spec.calls("outer", "outermost").argument("id", Object.class).body((s, a) -> null));
		reads("read", "domain.orders.{id}");
		meet(true, "outermost", "read");
		meet(true, "outer", "outer");
		assertThat(touched("outer", "a").meets(touched("read", "b"))).isTrue();
	}

	@Test
	void inputsThatNameFurtherPlacesAreReadInTheSnapshot() {
		Ship ship = new Ship();
		try (TheusEngine engine = TheusEngine.builder().processes(ship).build()) {
			engine.transact((tx) -> {
				tx.set("domain.orders.o-1.customer", "bob");
				tx.set("domain.orders.o-2.customer", "eve");
				return null;
			});
			Overlaps own = new Overlaps(engine.processes(), PLACES);
			ProcessDefinition process = engine.processes().get("ship");
			Snapshot head = (Snapshot) engine.state();
			Touched first = own.touchedBy(process, Map.of("id", "o-1"), head, VariableValues.NONE);
			Touched second = own.touchedBy(process, Map.of("id", "o-2"), head, VariableValues.NONE);
			assertThat(first.writes()).hasToString("[domain.customers.{customer}]")
				.isEqualTo(Claim.of(List.of(), List.of(Path.parse("domain.customers.bob"))));
			assertThat(first.meets(second)).isFalse();
			Touched absent = own.touchedBy(process, Map.of("id", "o-3"), head, VariableValues.NONE);
			assertThat(absent.meets(first)).isTrue();
		}
	}

	@Test
	void argumentsThatDoNotFitMayTouchAnything() {
		updates("update", "domain.orders.{id}");
		assertThat(touched("update", 1.5).meets(touched("update", "a"))).isTrue();
	}

	static class Ship {

		@Process(outputs = "domain.customers.{customer}")
		void ship(String id, @Input("domain.orders.{id}.customer") String customer) {
		}

	}

}
