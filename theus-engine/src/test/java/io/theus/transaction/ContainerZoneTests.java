package io.theus.transaction;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.theus.TransactionContext;
import io.theus.engine.TheusEngine;
import io.theus.path.Path;
import io.theus.path.Right;
import io.theus.path.Zone;
import io.theus.path.ZoneViolationException;
import io.theus.state.InvalidWriteException;
import io.theus.state.State;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A write to a container is the set of changes that it causes below.
 */
class ContainerZoneTests {

	private static final Map<String, Object> SHOP = Map.of("name", "corner", "const_tax", 19, "log_sales",
			List.of("first"), "internal_pin", 4711, "meta_owner", "alice", "heavy_map", "ref");

	private final TheusEngine engine = TheusEngine.builder().initialState(() -> Map.of("domain.shop", SHOP)).build();

	@Test
	void containerCannotBeRemovedWithWhatItHolds() {
		refused(Right.DELETE, (tx) -> tx.remove("domain.shop"));
		refused(Right.DELETE, (tx) -> tx.remove("domain"));
		refused(Right.DELETE, (tx) -> tx.set("domain.shop", Map.of()));
		refused(Right.DELETE, (tx) -> tx.set("domain.shop", "closed"));
		refused(Right.DELETE, (tx) -> tx.set("domain.shop", null));
		refused(Right.DELETE, (tx) -> tx.set("domain.shop", List.of()));
		refused(Right.DELETE, (tx) -> tx.set("domain", Map.of("shop", Map.of())));
	}

	@Test
	void replacementCannotDropOrChangeAConstant() {
		refused("domain.shop.const_tax", Zone.CONSTANT, Right.DELETE, without("const_tax"));
		refused("domain.shop.const_tax", Zone.CONSTANT, Right.UPDATE, with("const_tax", 7));
		refused("domain.shop.const_tax", Zone.CONSTANT, Right.UPDATE, with("const_tax", null));
		refused("domain.shop.const_tax", Zone.CONSTANT, Right.DELETE, with("const_tax", Map.of("rate", 7)));
	}

	@Test
	void replacementCannotDropOrChangeALog() {
		refused("domain.shop.log_sales", Zone.LOG, Right.DELETE, without("log_sales"));
		refused("domain.shop.log_sales", Zone.LOG, Right.UPDATE, with("log_sales", List.of()));
		refused("domain.shop.log_sales", Zone.LOG, Right.UPDATE, with("log_sales", List.of("first", "forged")));
	}

	@Test
	void replacementCannotDropOrChangeWhatIsPrivate() {
		refused("domain.shop.internal_pin", Zone.PRIVATE, Right.DELETE, without("internal_pin"));
		refused("domain.shop.internal_pin", Zone.PRIVATE, Right.UPDATE, with("internal_pin", 1));
	}

	@Test
	void replacementCannotDropAHeavyReferenceOrMeta() {
		refused("domain.shop.heavy_map", Zone.HEAVY, Right.DELETE, without("heavy_map"));
		refused("domain.shop.meta_owner", Zone.META, Right.DELETE, without("meta_owner"));
	}

	@Test
	void replacementMayChangeTheRest() {
		this.engine.transact((tx) -> {
			tx.set("domain.shop", changed("name", "mall", "meta_owner", "bob", "heavy_map", "ref2", "new", 1));
			return null;
		});
		assertThat(this.engine.state().get("domain.shop.name")).isEqualTo("mall");
		assertThat(this.engine.state().get("domain.shop.const_tax")).isEqualTo(19);
		assertThat(this.engine.state().get("domain.shop.internal_pin")).isEqualTo(4711);
	}

	@Test
	void nothingCanBeSmuggledIn() {
		for (Object content : List.of(1, Map.of(), Map.of("a", 1), List.of(), List.of(1), new Flat(1))) {
			refused("domain.new.const_x", Zone.CONSTANT, Right.UPDATE,
					(tx) -> tx.set("domain.new", Map.of("plain", 1, "const_x", content)));
			refused("domain.new.a.internal_x", Zone.PRIVATE, Right.UPDATE,
					(tx) -> tx.set("domain.new", Map.of("a", Map.of("internal_x", content))));
			refused("domain.new.log_x", Zone.LOG, Right.UPDATE,
					(tx) -> tx.merge("domain.new", Map.of("plain", 1, "log_x", content)));
			refused("domain.new.sig_x", Zone.SIGNAL, Right.UPDATE,
					(tx) -> tx.create("domain.new", Map.of("sig_x", content)));
			refused("domain.new.const_x", Zone.CONSTANT, Right.UPDATE,
					(tx) -> tx.upsert("domain.new", Map.of("const_x", content), (value) -> value));
		}
	}

	@Test
	void nothingCanBeSmuggledInByARecord() {
		refused("domain.new.const_rate", Zone.CONSTANT, Right.UPDATE,
				(tx) -> tx.set("domain.new", new Tariff("a", 1, null)));
		refused("domain.new.internal_note", Zone.PRIVATE, Right.UPDATE,
				(tx) -> tx.set("domain.new", new Noted("a", null)));
	}

	@Test
	void componentsOfARecordKeepTheirZones() {
		this.engine.edit("by hand", (tx) -> tx.set("domain.noted", new Noted("a", "secret")));
		refused("domain.noted.internal_note", Zone.PRIVATE, Right.UPDATE,
				(tx) -> tx.set("domain.noted", new Noted("a", "known")));
		refused("domain.noted.internal_note", Zone.PRIVATE, Right.DELETE, (tx) -> tx.remove("domain.noted"));
		this.engine.transact((tx) -> {
			tx.set("domain.noted.name", "b");
			return null;
		});
		assertThat(this.engine.state().get("domain.noted")).isEqualTo(new Noted("b", "secret"));
	}

	@Test
	void nothingCanBeSmuggledInByAList() {
		refused("domain.list[0].const_x", Zone.CONSTANT, Right.UPDATE,
				(tx) -> tx.set("domain.list", List.of(Map.of("const_x", 1))));
		refused("domain.list[0].internal_x", Zone.PRIVATE, Right.UPDATE,
				(tx) -> tx.append("domain.list", Map.of("internal_x", 1)));
		refused("domain.list[0][1].internal_x", Zone.PRIVATE, Right.UPDATE,
				(tx) -> tx.set("domain.list", List.of(List.of(1, Map.of("internal_x", 1)))));
	}

	@Test
	void elementsOfAListKeepTheirZones() {
		TheusEngine seeded = TheusEngine.builder()
			.initialState(() -> Map.of("domain.list", List.of("a", Map.of("const_x", 1, "y", 1))))
			.build();
		for (Consumer<TransactionContext> body : List.<Consumer<TransactionContext>>of(
				(tx) -> tx.remove("domain.list[1]"), (tx) -> tx.remove("domain.list[0]"),
				(tx) -> tx.set("domain.list", List.of("a")),
				(tx) -> tx.set("domain.list", List.of("a", Map.of("const_x", 2, "y", 1))),
				(tx) -> tx.set("domain.list[1]", Map.of("y", 1)))) {
			assertThatExceptionOfType(ZoneViolationException.class).isThrownBy(() -> run(seeded, body))
				.satisfies((ex) -> assertThat(ex.zone()).isEqualTo(Zone.CONSTANT));
		}
		run(seeded, (tx) -> tx.set("domain.list[1].y", 2));
		run(seeded, (tx) -> tx.append("domain.list", "z"));
		assertThat(seeded.state().get("domain.list")).isEqualTo(List.of("a", Map.of("const_x", 1, "y", 2), "z"));
	}

	@Test
	void listHidesNothingAndThereforeHoldsNothingPrivate() {
		assertThatExceptionOfType(InvalidWriteException.class)
			.isThrownBy(
					() -> this.engine.edit("by hand", (tx) -> tx.set("domain.list", List.of(Map.of("internal_x", 1)))))
			.withMessage("path 'domain.list.0.internal_x' cannot be written: a list is read as one unit and hides "
					+ "nothing, use a map");
	}

	@Test
	void logHoldsWhatever() {
		run(this.engine, (tx) -> tx.append("domain.log_new", Map.of("const_x", 1, "internal_y", Set.of(1))));
		assertThat(this.engine.state().size("domain.log_new")).isEqualTo(1);
	}

	@Test
	void compareAndSwapIsBoundByTheParts() {
		long version = this.engine.state().version();
		assertThatExceptionOfType(ZoneViolationException.class)
			.isThrownBy(() -> this.engine.compareAndSwap(version, Map.of("domain.shop", Map.of("name", "x"))));
	}

	@Test
	void editMayDoAllButTouchConstants() {
		assertThatExceptionOfType(ZoneViolationException.class)
			.isThrownBy(() -> this.engine.edit("by hand", (tx) -> tx.remove("domain.shop")))
			.withMessage("DELETE at 'domain.shop.const_tax' is refused by zone CONSTANT: rights=[READ], "
					+ "a constant is set once, in the initial state");
		this.engine.edit("by hand", (tx) -> tx.set("domain.shop", Map.of("const_tax", 19)));
		assertThat(this.engine.state().get("domain.shop")).isEqualTo(Map.of("const_tax", 19));
	}

	private static Consumer<TransactionContext> without(String key) {
		Map<String, Object> rest = new HashMap<>(SHOP);
		rest.remove(key);
		return (tx) -> tx.set("domain.shop", rest);
	}

	private static Consumer<TransactionContext> with(String key, Object value) {
		return (tx) -> tx.set("domain.shop", changed(key, value));
	}

	private static Map<String, Object> changed(Object... entries) {
		Map<String, Object> changed = new HashMap<>(SHOP);
		for (int i = 0; i < entries.length; i += 2) {
			changed.put((String) entries[i], entries[i + 1]);
		}
		return changed;
	}

	private void refused(Right right, Consumer<TransactionContext> body) {
		State before = this.engine.state();
		assertThatExceptionOfType(ZoneViolationException.class).isThrownBy(() -> run(this.engine, body))
			.satisfies((ex) -> assertThat(ex.right()).isEqualTo(right));
		assertThat(this.engine.state()).isSameAs(before);
	}

	private void refused(String path, Zone zone, Right right, Consumer<TransactionContext> body) {
		State before = this.engine.state();
		assertThatExceptionOfType(ZoneViolationException.class).isThrownBy(() -> run(this.engine, body))
			.satisfies((ex) -> {
				assertThat(ex.path().startsWith(Path.parse(path))).as(ex.getMessage()).isTrue();
				assertThat(ex.zone()).isEqualTo(zone);
				assertThat(ex.right()).isEqualTo(right);
			});
		assertThat(this.engine.state()).isSameAs(before);
	}

	private static void run(TheusEngine engine, Consumer<TransactionContext> body) {
		engine.transact((tx) -> {
			body.accept(tx);
			return null;
		});
	}

	record Flat(int a) {

	}

	record Tariff(String name, Integer const_rate, List<String> log_changes) {

	}

	record Noted(String name, String internal_note) {

	}

}
