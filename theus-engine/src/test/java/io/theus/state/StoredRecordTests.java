package io.theus.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.theus.OtherThreads;
import io.theus.TransactionContext;
import io.theus.engine.TheusEngine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StoredRecordTests {

	private final TheusEngine engine = TheusEngine.builder().build();

	@Test
	void pathsEnterRecords() {
		write((tx) -> tx.set("domain.order",
				new Order("o", List.of(new Line("a", 1), new Line("b", 2)), Map.of("x", new Line("c", 3)), null)));
		State state = this.engine.state();
		assertThat(state.get("domain.order.id")).isEqualTo("o");
		assertThat(state.get("domain.order.lines[1].name")).isEqualTo("b");
		assertThat(state.get("domain.order.tags.x.amount")).isEqualTo(3);
		assertThat(state.contains("domain.order.note")).isTrue();
		assertThat(state.find("domain.order.note")).isEmpty();
		assertThat(state.contains("domain.order.note.x")).isFalse();
		assertThat(state.contains("domain.order.absent")).isFalse();
		assertThat(state.keys("domain.order")).containsExactlyInAnyOrder("id", "lines", "tags", "note");
		assertThat(state.size("domain.order")).isEqualTo(4);
		assertThatExceptionOfType(NoSuchPathException.class).isThrownBy(() -> state.get("domain.order.lnes"))
			.withMessage(
					"path 'domain.order.lnes' not found, did you mean 'lines', use find or getOrDefault if it may be "
							+ "absent");
	}

	@Test
	void recordReadTwiceIsTheSameInstance() {
		write((tx) -> tx.set("domain.order", new Order("o", new ArrayList<>(), new HashMap<>(), null)));
		assertThat(this.engine.state().get("domain.order")).isSameAs(this.engine.state().get("domain.order"));
		Object stored = this.engine.state().get("domain.order");
		write((tx) -> assertThat(tx.get("domain.order")).isSameAs(stored));
	}

	@Test
	void writingAComponentBuildsTheRecordAnewThroughItsConstructor() {
		write((tx) -> tx.set("domain.range", new Range(1, 5)));
		write((tx) -> {
			tx.set("domain.range.high", 9);
			tx.update("domain.range.low", Integer.class, (low) -> low + 1);
		});
		assertThat(this.engine.state().get("domain.range")).isEqualTo(new Range(2, 9));
		write((tx) -> tx.merge("domain.range", Map.of("low", 3)));
		assertThat(this.engine.state().get("domain.range")).isEqualTo(new Range(3, 9));
		assertThatExceptionOfType(RecordConstructionException.class)
			.isThrownBy(() -> write((tx) -> tx.set("domain.range.low", 10)))
			.withMessage("path 'domain.range.low' cannot be written: the constructor of record 'Range' refused it: "
					+ "java.lang.IllegalArgumentException")
			.withCauseInstanceOf(IllegalArgumentException.class);
	}

	@Test
	void componentOfAnotherTypeIsRefused() {
		write((tx) -> tx.set("domain.range", new Range(1, 5)));
		for (Object value : Arrays.asList("text", 1L, null)) {
			assertThatExceptionOfType(RecordConstructionException.class)
				.isThrownBy(() -> write((tx) -> tx.set("domain.range.low", value)))
				.withMessageStartingWith(
						"path 'domain.range.low' cannot be written: the constructor of record 'Range' refused it: ");
		}
	}

	@Test
	void refusedWriteThatIsCaughtLeavesNothing() {
		write((tx) -> tx.set("domain.range", new Range(1, 5)));
		write((tx) -> {
			assertThatExceptionOfType(InvalidWriteException.class)
				.isThrownBy(() -> tx.merge("domain", Map.of("a", 1, "range", Map.of("low", 99), "z", 1)));
			assertThat(tx.keys("domain")).containsExactly("range");
			tx.set("domain.range.low", 2);
		});
		assertThat(this.engine.state().get("domain")).isEqualTo(Map.of("range", new Range(2, 5)));
	}

	@Test
	void partsOfComponentsCanBeWritten() {
		write((tx) -> tx.set("domain.order",
				new Order("o", List.of(new Line("a", 1)), Map.of("x", new Line("c", 3)), null)));
		write((tx) -> {
			tx.set("domain.order.lines[0].amount", 7);
			tx.append("domain.order.lines", new Line("b", 2));
			tx.set("domain.order.tags.y", new Line("d", 4));
			tx.remove("domain.order.tags.x");
			tx.set("domain.order.note", "n");
		});
		assertThat(this.engine.state().get("domain.order"))
			.isEqualTo(new Order("o", List.of(new Line("a", 7), new Line("b", 2)), Map.of("y", new Line("d", 4)), "n"));
		write((tx) -> tx.remove("domain.order.lines[0]"));
		assertThat(this.engine.state().get("domain.order.lines")).isEqualTo(List.of(new Line("b", 2)));
	}

	@Test
	void shapeOfARecordCannotChange() {
		write((tx) -> tx.set("domain.order", new Order("o", List.of(), Map.of(), null)));
		refused("path 'domain.order.note' cannot be written: a component of a record cannot be removed, store null or make "
				+ "the component a map", (tx) -> tx.remove("domain.order.note"));
		refused("path 'domain.order.nots' cannot be written: record 'Order' at 'domain.order' has no component 'nots', did "
				+ "you mean 'note'", (tx) -> tx.set("domain.order.nots", 1));
		refused("path 'domain.order.note.x' cannot be written: 'domain.order.note' holds null, which has no parts, replace "
				+ "it as a whole", (tx) -> tx.set("domain.order.note.x", 1));
		refused("path 'domain.order.id.x' cannot be written: 'domain.order.id' holds a String, which has no parts, replace "
				+ "it as a whole", (tx) -> tx.set("domain.order.id.x", 1));
		refused("path 'domain.order.lines[0]' cannot be written: '0' is no index of the list at 'domain.order.lines', size=0, "
				+ "use append", (tx) -> tx.set("domain.order.lines[0]", new Line("a", 1)));
	}

	@Test
	void removingWhatIsAbsentKeepsTheInstance() {
		write((tx) -> tx.set("domain.order",
				new Order("o", List.of(new Line("a", 1)), Map.of("m", new Line("b", 2)), null)));
		State before = this.engine.state();
		write((tx) -> {
			tx.remove("domain.order.tags.absent");
			tx.remove("domain.order.absent");
			tx.remove("domain.order.lines[7]");
			tx.remove("domain.order.tags.m.absent.deeper");
		});
		assertThat(this.engine.state()).isSameAs(before);
	}

	@Test
	void mutableContentIsReplacedBeforeStoring() {
		List<Line> lines = new ArrayList<>(List.of(new Line("a", 1)));
		Map<String, Line> tags = new HashMap<>(Map.of("x", new Line("c", 3)));
		Order given = new Order("o", lines, tags, null);
		write((tx) -> tx.set("domain.order", given));
		lines.clear();
		tags.clear();
		Order stored = this.engine.state().get("domain.order", Order.class);
		assertThat(stored.lines()).containsExactly(new Line("a", 1));
		assertThat(stored.tags()).containsOnlyKeys("x");
		assertThat(stored).isNotSameAs(given);
	}

	@Test
	void immutableContentIsKept() {
		Order given = new Order("o", List.of(new Line("a", 1)), Map.of("x", new Line("c", 3)), null);
		write((tx) -> tx.set("domain.order", given));
		assertThat(this.engine.state().get("domain.order")).isSameAs(given);
	}

	@Test
	void unmodifiableListOfMutableListsIsNotKept() {
		List<String> inner = new ArrayList<>(List.of("a"));
		Map<String, List<String>> byKey = Map.of("k", inner);
		Nested given = new Nested(List.of(inner), byKey, Set.of(inner));
		write((tx) -> tx.set("domain.nested", given));
		inner.add("smuggled");
		Nested stored = this.engine.state().get("domain.nested", Nested.class);
		assertThat(stored).hasToString("Nested[lists=[[a]], maps={k=[a]}, sets=[[a]]]");
	}

	@Test
	void constructorThatCopiesIntoMutableCollectionsIsRefused() {
		assertThatExceptionOfType(InvalidValueException.class)
			.isThrownBy(() -> write((tx) -> tx.set("domain.x", new Copying(new ArrayList<>(List.of(1))))))
			.withMessage(
					"value of type java.util.ArrayList cannot be stored at 'domain.x.list': the constructor of the record "
							+ "makes a mutable copy, use List.copyOf and its like there");
		write((tx) -> tx.set("domain.x", new Immutable(new ArrayList<>(List.of(1)))));
		assertThat(this.engine.state().get("domain.x")).isEqualTo(new Immutable(List.of(1)));
	}

	@Test
	void componentOfAConcreteCollectionTypeIsRefused() {
		assertThatExceptionOfType(InvalidValueException.class)
			.isThrownBy(() -> write((tx) -> tx.set("domain.x", new Concrete(new ArrayList<>()))))
			.withMessageStartingWith("value of type " + Concrete.class.getName()
					+ " cannot be stored at 'domain.x': its "
					+ "constructor does not take read-only collections, declare the components as List, Set or Map: ");
	}

	@Test
	void mapOfARecordKeepsItsTypeOfKeys() {
		assertThatExceptionOfType(InvalidValueException.class)
			.isThrownBy(() -> write((tx) -> tx.set("domain.x", new Wallet(Map.of(1, "a")))))
			.withMessage(
					"value of type " + Map.of(1, "a").getClass().getName() + " cannot be stored at 'domain.x.coins': "
							+ "a map in a record has text as keys, declare it as Map<String, ...>");
		write((tx) -> tx.set("domain.x", new Wallet(Collections.emptyMap())));
	}

	@Test
	void differentKeysOfAMapInARecordDoNotConflict() {
		write((tx) -> tx.set("domain.order",
				new Order("o", List.of(), Map.of("a", new Line("a", 1), "b", new Line("b", 1)), null)));
		write((tx) -> {
			tx.set("domain.order.tags.a", new Line("a", 2));
			OtherThreads.run(() -> write((other) -> other.set("domain.order.tags.b", new Line("b", 2))));
		});
		assertThat(this.engine.state().get("domain.order.tags"))
			.isEqualTo(Map.of("a", new Line("a", 2), "b", new Line("b", 2)));
	}

	private void refused(String message, Consumer<TransactionContext> body) {
		State before = this.engine.state();
		assertThatExceptionOfType(InvalidWriteException.class).isThrownBy(() -> write(body)).withMessage(message);
		assertThat(this.engine.state()).isSameAs(before);
	}

	private void write(Consumer<TransactionContext> body) {
		this.engine.transact((tx) -> {
			body.accept(tx);
			return null;
		});
	}

	record Line(String name, int amount) {

	}

	record Order(String id, List<Line> lines, Map<String, Line> tags, String note) {

	}

	record Range(int low, int high) {

		Range {
			if (low > high) {
				throw new IllegalArgumentException("low=" + low + " high=" + high);
			}
		}

	}

	record Nested(List<List<String>> lists, Map<String, List<String>> maps, Set<List<String>> sets) {

	}

	record Copying(List<Integer> list) {

		Copying {
			list = new ArrayList<>(list);
		}

	}

	record Immutable(List<Integer> list) {

		Immutable {
			list = List.copyOf(list);
		}

	}

	record Concrete(ArrayList<String> list) {

	}

	record Wallet(Map<Integer, String> coins) {

	}

}
