package io.theus.state;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.theus.MapPath;
import io.theus.StatePath;
import io.theus.StateReader;
import io.theus.TransactionContext;
import io.theus.TypeRef;
import io.theus.engine.TheusEngine;
import io.theus.path.InvalidPathException;
import io.theus.path.Layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StateTests {

	private static final StatePath<BigDecimal> TOTAL = StatePath.of("domain.total", BigDecimal.class);

	private static final StatePath<List<Long>> NUMBERS = StatePath.of("domain.numbers", new TypeRef<List<Long>>() {
	});

	private static final MapPath<Integer, String> BY_ID = MapPath.of("domain.byId", Integer.class, String.class);

	private final TheusEngine engine = TheusEngine.builder().build();

	@Test
	void emptyEngineHasVersionZero() {
		State state = this.engine.state();
		assertThat(state.version()).isZero();
		assertThat(state.toMap()).isEmpty();
		assertThat(state.view(Layer.DOMAIN)).isEmpty();
		assertThat(state.signals()).isEmpty();
		assertThat(state.keys("domain")).isEmpty();
		assertThat(state.size("domain")).isZero();
		assertThat(state.contains("domain")).isFalse();
	}

	@Test
	void storedNullIsNotAbsent() {
		write((tx) -> tx.set("domain.a", null));
		for (StateReader reader : readers()) {
			assertThat(reader.contains("domain.a")).isTrue();
			assertThat(reader.get("domain.a")).isNull();
			assertThat(reader.get("domain.a", String.class)).isNull();
			assertThat(reader.find("domain.a")).isEmpty();
			assertThat(reader.getOrDefault("domain.a", "fallback")).isNull();
			assertThat(reader.contains("domain.b")).isFalse();
			assertThat(reader.getOrDefault("domain.b", "fallback")).isEqualTo("fallback");
			assertThatExceptionOfType(NoSuchPathException.class).isThrownBy(() -> reader.get("domain.b"));
		}
		assertThat(this.engine.state().version()).isEqualTo(1);
		write((tx) -> tx.remove("domain.a"));
		assertThat(this.engine.state().version()).isEqualTo(2);
		assertThat(this.engine.state().contains("domain.a")).isFalse();
	}

	private List<StateReader> readers() {
		return List.of(this.engine.state(), this.engine
			.transact((tx) -> State.fromMap(Map.of("domain", Collections.singletonMap("a", tx.get("domain.a"))))));
	}

	@Test
	void absentPathSuggestsTheNearestKey() {
		write((tx) -> tx.set("domain.accounts", Map.of("alice", 1)));
		assertThatExceptionOfType(NoSuchPathException.class)
			.isThrownBy(() -> this.engine.state().get("domain.accounts.alise"))
			.withMessage(
					"path 'domain.accounts.alise' not found, did you mean 'alice', use find or getOrDefault if it may "
							+ "be absent")
			.satisfies((ex) -> assertThat(ex.path()).hasToString("domain.accounts.alise"));
	}

	@Test
	void equalWriteIsNoEffect() {
		write((tx) -> {
			tx.set("domain.a", Map.of("b", List.of(1, 2), "c", new BigDecimal("1.0")));
			tx.set("domain.n", null);
		});
		State before = this.engine.state();
		write((tx) -> {
			tx.set("domain.a", new HashMap<>(Map.of("b", Arrays.asList(1, 2), "c", new BigDecimal("1.0"))));
			tx.set("domain.a.b", List.of(1, 2));
			tx.set("domain.n", null);
			tx.merge("domain", Map.of("a", Map.of("c", new BigDecimal("1.0"))));
			tx.remove("domain.absent.deep");
			tx.set("domain.tmp", 1);
			tx.remove("domain.tmp");
		});
		assertThat(this.engine.state()).isSameAs(before);
		write((tx) -> tx.set("domain.a.c", new BigDecimal("1.00")));
		assertThat(this.engine.state().version()).as("another scale is another value").isEqualTo(2);
	}

	@Test
	void valuesThatACommitDidNotTouchAreTheSameObjects() {
		write((tx) -> tx.set("domain",
				Map.of("a", Map.of("x", List.of(1)), "b", Map.of("y", Map.of("z", 1)), "r", new Rec(List.of(1), "n"))));
		State before = this.engine.state();
		write((tx) -> tx.set("domain.b.y.z", 2));
		State after = this.engine.state();
		assertThat(after.get("domain.a")).isSameAs(before.get("domain.a"));
		assertThat(after.get("domain.r")).isSameAs(before.get("domain.r"));
		assertThat(after.get("domain.b")).isNotSameAs(before.get("domain.b"));
		assertThat(before.get("domain.b.y.z")).isEqualTo(1);
		write((tx) -> tx.set("domain.r.name", "m"));
		assertThat(this.engine.state().get("domain.r.list")).isSameAs(before.get("domain.r.list"));
	}

	@Test
	void equalWriteBesideAChangeKeepsTheStoredObject() {
		write((tx) -> tx.set("domain", Map.of("list", List.of(1), "map", Map.of("x", 1), "n", 1)));
		State before = this.engine.state();
		write((tx) -> {
			tx.set("domain.list", new ArrayList<>(List.of(1)));
			tx.set("domain.map", new HashMap<>(Map.of("x", 1)));
			tx.set("domain.n", 2);
		});
		assertThat(this.engine.state().get("domain.list")).isSameAs(before.get("domain.list"));
		assertThat(this.engine.state().get("domain.map")).isSameAs(before.get("domain.map"));
		assertThat(this.engine.state().version()).isEqualTo(2);
	}

	@Test
	void snapshotNeverChanges() {
		write((tx) -> tx.set("domain.list", List.of(1)));
		State held = this.engine.state();
		write((tx) -> {
			tx.append("domain.list", 2);
			tx.set("domain.new", 1);
		});
		assertThat(held.get("domain.list")).isEqualTo(List.of(1));
		assertThat(held.contains("domain.new")).isFalse();
		assertThat(held.version()).isEqualTo(1);
	}

	@Test
	void containerHandedOutInATransactionStaysAsItWas() {
		write((tx) -> {
			tx.set("domain.m.a", 1);
			tx.set("domain.m.b", 2);
			Map<?, ?> before = tx.get("domain.m", Map.class);
			Set<String> keys = tx.keys("domain.m");
			tx.set("domain.m.c", 3);
			tx.set("domain.m.a", 9);
			assertThat(before).isEqualTo(Map.of("a", 1, "b", 2));
			assertThat(keys).containsExactlyInAnyOrder("a", "b");
			assertThat(tx.get("domain.m")).isEqualTo(Map.of("a", 9, "b", 2, "c", 3));
		});
	}

	@Test
	void listsAreReadByIndex() {
		write((tx) -> tx.set("domain.list", List.of("a", Map.of("k", List.of(1, 2)))));
		State state = this.engine.state();
		assertThat(state.get("domain.list[0]")).isEqualTo("a");
		assertThat(state.get("domain.list.1.k[1]")).isEqualTo(2);
		assertThat(state.find("domain.list[2]")).isEmpty();
		assertThat(state.find("domain.list[99999999999]")).isEmpty();
		assertThat(state.find("domain.list.x")).isEmpty();
		write((tx) -> {
			tx.set("domain.list[0]", "z");
			tx.set("domain.list[1].k[0]", 7);
		});
		assertThat(this.engine.state().get("domain.list")).isEqualTo(List.of("z", Map.of("k", List.of(7, 2))));
		assertThatExceptionOfType(InvalidWriteException.class)
			.isThrownBy(() -> write((tx) -> tx.set("domain.list[2]", 1)))
			.withMessage(
					"path 'domain.list[2]' cannot be written: '2' is no index of the list at 'domain.list', size=2, use "
							+ "append");
		write((tx) -> tx.remove("domain.list[0]"));
		assertThat(this.engine.state().get("domain.list[0].k[1]")).isEqualTo(2);
	}

	@Test
	void setsAreNotEntered() {
		write((tx) -> tx.set("domain.set", Set.of("a", "b")));
		assertThat(this.engine.state().contains("domain.set.a")).isFalse();
		assertThat(this.engine.state().size("domain.set")).isEqualTo(2);
		assertThatExceptionOfType(InvalidWriteException.class)
			.isThrownBy(() -> write((tx) -> tx.set("domain.set.a", 1)))
			.withMessageStartingWith(
					"path 'domain.set.a' cannot be written: 'domain.set' holds a PersistentSet, which has no "
							+ "parts");
		write((tx) -> {
			tx.append("domain.set", "a");
			tx.append("domain.set", "c");
		});
		assertThat(this.engine.state().get("domain.set")).isEqualTo(Set.of("a", "b", "c"));
	}

	@Test
	void appendNeedsAListOrASet() {
		write((tx) -> tx.set("domain", Map.of("text", "x", "map", Map.of(), "set", Set.of())));
		refusedAppend("domain.text", "append needs a list or a set, found=String, use set");
		refusedAppend("domain.map", "append needs a list or a set, found=PersistentMap, use set");
		refusedAppend("domain", "it is a layer, append to a path below it");
		refusedAppend("local", "it is a layer, append to a path below it");
	}

	@Test
	void appendToNullBeginsAList() {
		write((tx) -> tx.set("domain.list", null));
		write((tx) -> tx.append("domain.list", 1));
		assertThat(this.engine.state().get("domain.list")).isEqualTo(List.of(1));
	}

	private void refusedAppend(String path, String problem) {
		assertThatExceptionOfType(InvalidWriteException.class).isThrownBy(() -> write((tx) -> tx.append(path, 1)))
			.withMessage("path '%s' cannot be written: %s", path, problem);
	}

	@Test
	void writesBelowWhatHasNoPartsAreRefused() {
		write((tx) -> tx.set("domain", new HashMap<>(Map.of("text", "x"))));
		write((tx) -> tx.set("domain.none", null));
		for (String path : List.of("domain.text.a", "domain.none.a", "domain.none.a.b")) {
			assertThatExceptionOfType(InvalidWriteException.class).isThrownBy(() -> write((tx) -> tx.set(path, 1)));
		}
	}

	@Test
	void createUpdateUpsertAndMergeFollowTheirRules() {
		write((tx) -> {
			tx.create("domain.a", 1);
			assertThatExceptionOfType(PathExistsException.class).isThrownBy(() -> tx.create("domain.a", 2))
				.withMessage("path 'domain.a' exists already, use set to replace it or upsert to change it");
			tx.set("domain.n", null);
			assertThatExceptionOfType(PathExistsException.class).isThrownBy(() -> tx.create("domain.n", 2));
			assertThatExceptionOfType(NoSuchPathException.class)
				.isThrownBy(() -> tx.update("domain.b", Integer.class, (value) -> value));
			tx.update("domain.a", Long.class, (value) -> value + 1);
			tx.upsert("domain.u", 10, (value) -> value + 1);
			tx.upsert("domain.u", 10, (value) -> value + 1);
			tx.merge("domain.m", Map.of("x", Map.of("y", 1)));
			tx.merge("domain.m", Map.of("x", Map.of("z", 2), "w", List.of(1), "e", Map.of()));
			tx.merge("domain.empty", Map.of());
		});
		assertThat(this.engine.state().get("domain.a")).isEqualTo(2L);
		assertThat(this.engine.state().get("domain.u")).isEqualTo(11);
		assertThat(this.engine.state().get("domain.m"))
			.isEqualTo(Map.of("x", Map.of("y", 1, "z", 2), "w", List.of(1), "e", Map.of()));
		assertThat(this.engine.state().get("domain.empty")).isEqualTo(Map.of());
	}

	@Test
	void typedPathsReadAndWriteEverywhere() {
		write((tx) -> {
			tx.set(TOTAL, new BigDecimal("1.5"));
			tx.update(TOTAL, (total) -> total.add(BigDecimal.ONE));
			tx.set("domain.numbers", List.of(1, 2L));
			tx.append(NUMBERS, 3L);
			tx.set(BY_ID, 7, "seven");
			tx.create(BY_ID, 8, "eight");
			tx.upsert(BY_ID, 7, "new", (old) -> old + "!");
			tx.merge(BY_ID, Map.of(9, "nine"));
			tx.update(BY_ID, 8, String::toUpperCase);
			tx.set(BY_ID, 1, "x");
			tx.remove(BY_ID, 1);
			assertThat(tx.get(BY_ID, 7)).isEqualTo("seven!");
		});
		State state = this.engine.state();
		assertThat(state.get(TOTAL)).isEqualByComparingTo("2.5");
		assertThat(state.get(NUMBERS)).containsExactly(1L, 2L, 3L);
		assertThat(state.get(BY_ID)).isEqualTo(Map.of(7, "seven!", 8, "EIGHT", 9, "nine"));
		assertThat(state.find(BY_ID, 1)).isEmpty();
		assertThat(state.contains(BY_ID, 9)).isTrue();
		assertThat(state.getOrDefault(BY_ID, 1, "none")).isEqualTo("none");
		assertThat(state.keys(BY_ID)).containsExactlyInAnyOrder(7, 8, 9);
		assertThat(state.size(BY_ID)).isEqualTo(3);
		assertThat(state.find(StatePath.of("domain.absent", String.class))).isEmpty();
		assertThat(state.getOrDefault(TOTAL, BigDecimal.ZERO)).isEqualByComparingTo("2.5");
		assertThat(state.get("domain.numbers", new TypeRef<List<BigDecimal>>() {
		})).hasSize(3);
		assertThat(state.get("domain.byId", new TypeRef<Map<String, Optional<String>>>() {
		}).get("7")).contains("seven!");
	}

	@Test
	void keysOfAnyAllowedTypeAreReadBack() {
		UUID id = UUID.randomUUID();
		roundTrip(MapPath.of("domain.u", UUID.class, Integer.class), id);
		roundTrip(MapPath.of("domain.e", DayOfWeek.class, Integer.class), DayOfWeek.FRIDAY);
		roundTrip(MapPath.of("domain.l", Long.class, Integer.class), Long.MIN_VALUE);
		roundTrip(MapPath.of("domain.i", Integer.class, Integer.class), -5);
		roundTrip(MapPath.of("domain.h", Short.class, Integer.class), (short) 5);
		roundTrip(MapPath.of("domain.b", Byte.class, Integer.class), (byte) 5);
		roundTrip(MapPath.of("domain.c", Character.class, Integer.class), '.');
		roundTrip(MapPath.of("domain.g", BigInteger.class, Integer.class), new BigInteger("12345678901234567890"));
		roundTrip(MapPath.of("domain.t", String.class, Integer.class), "a.b['x']");
		assertThatExceptionOfType(InvalidPathException.class)
			.isThrownBy(() -> MapPath.of("domain.t", String.class, Integer.class).at(""));
	}

	private <K> void roundTrip(MapPath<K, Integer> path, K key) {
		write((tx) -> tx.set(path, key, 1));
		assertThat(this.engine.state().keys(path)).containsExactly(key);
		assertThat(this.engine.state().get(path)).isEqualTo(Map.of(key, 1));
		assertThat(this.engine.state().get(path, key)).isEqualTo(1);
	}

	@Test
	void keyThatIsNotOfTheTypeIsAnError() {
		write((tx) -> tx.set("domain.byId", Map.of("seven", "x")));
		assertThatExceptionOfType(IncompatibleValueException.class).isThrownBy(() -> this.engine.state().keys(BY_ID))
			.withMessage("value at 'domain.byId.seven' cannot be read as java.lang.Integer without loss: "
					+ "actual=java.lang.String, read it as the stored type");
	}

	@Test
	void signalsOfTheCommitAreInItsVersionOnly() {
		write((tx) -> {
			tx.emit("sig_a", 1);
			tx.emit("sig_a", 2);
			tx.emit("cmd_go", Map.of("k", 1));
			tx.emit("sig_null", null);
		});
		State state = this.engine.state();
		assertThat(state.version()).isEqualTo(1);
		assertThat(state.signals()).containsEntry("sig_a", 2)
			.containsEntry("cmd_go", Map.of("k", 1))
			.containsEntry("sig_null", null);
		assertThat(state.get("signal.sig_a")).isEqualTo(2);
		assertThat(state.get("cmd.cmd_go.k")).isEqualTo(1);
		assertThat(state.toMap()).as("signals are not stored").isEmpty();
		write((tx) -> tx.set("domain.a", 1));
		assertThat(this.engine.state().signals()).isEmpty();
	}

	@Test
	void plainMapIsReadyForJsonAndReadBack() {
		write((tx) -> {
			tx.set("domain.r", new Rec(List.of(1), "n"));
			tx.set("domain.list", List.of(new Rec(List.of(), "m"), Set.of("s")));
			tx.set("global.x", 1);
			tx.set("meta.y", 2);
		});
		Map<String, Object> plain = this.engine.state().toMap();
		assertThat(plain).isEqualTo(Map.of("domain",
				Map.of("r", Map.of("list", List.of(1), "name", "n"), "list",
						List.of(Map.of("list", List.of(), "name", "m"), List.of("s"))),
				"global", Map.of("x", 1), "meta", Map.of("y", 2)));
		plain.clear();
		assertThat(this.engine.state().size("domain")).isEqualTo(2);
		State back = State.fromMap(this.engine.state().toMap());
		assertThat(back.get("domain.r.name")).isEqualTo("n");
		assertThat(back.toMap()).isEqualTo(this.engine.state().toMap());
		assertThatExceptionOfType(InvalidPathException.class)
			.isThrownBy(() -> State.fromMap(Map.of("domian", Map.of())));
		assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> State.fromMap(Map.of("domain", 1)));
	}

	@Test
	void differenceNamesTheSmallestParts() {
		write((tx) -> tx.set("domain",
				Map.of("a", 1, "m", Map.of("x", 1, "y", 1), "r", new Rec(List.of(1), "n"), "list", List.of(1, 2))));
		State before = this.engine.state();
		write((tx) -> {
			tx.remove("domain.a");
			tx.set("domain.m.x", 2);
			tx.set("domain.r.name", "m");
			tx.append("domain.list", 3);
			tx.set("global.new", Map.of("k", 1));
		});
		List<StateChange> changes = before.diff(this.engine.state());
		assertThat(changes).extracting(Object::toString)
			.containsExactlyInAnyOrder("domain.a: 1 -> absent", "domain.m.x: 1 -> 2", "domain.r.name: n -> m",
					"domain.list: [1, 2] -> [1, 2, 3]", "global: absent -> {new={k=1}}");
		assertThat(this.engine.state().diff(before)).hasSize(5);
		assertThat(before.diff(before)).isEmpty();
		assertThat(changes).filteredOn(StateChange::isRemoval).singleElement().satisfies((change) -> {
			assertThat(change.before()).contains(1);
			assertThat(change.after()).isEmpty();
		});
		assertThat(changes).filteredOn(StateChange::isAddition).singleElement().satisfies((change) -> {
			assertThat(change.path()).hasToString("global");
			assertThat(change.before()).isEmpty();
		});
	}

	@Test
	void recordForALayerIsOpenedOneLevel() {
		write((tx) -> tx.set("domain", new Rec(List.of(1), "n")));
		assertThat(this.engine.state().view(Layer.DOMAIN)).isEqualTo(Map.of("list", List.of(1), "name", "n"));
		write((tx) -> {
			tx.remove("domain.name");
			tx.set("domain.other", 1);
		});
		assertThat(this.engine.state().keys("domain")).containsExactlyInAnyOrder("list", "other");
		assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> write((tx) -> tx.set("domain", 5)));
	}

	private void write(Consumer<TransactionContext> body) {
		this.engine.transact((tx) -> {
			body.accept(tx);
			return null;
		});
	}

	record Rec(List<Integer> list, String name) {

	}

}
