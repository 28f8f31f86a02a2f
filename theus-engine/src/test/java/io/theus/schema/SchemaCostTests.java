package io.theus.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.theus.TransactionContext;
import io.theus.annotation.TheusState;
import io.theus.engine.TheusEngine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a check touches is counted: record accessors as visited records, and what is asked
 * of the constraints. The counts must not depend on the size of the maps.
 */
class SchemaCostTests {

	private static final AtomicInteger READ = new AtomicInteger();

	private final List<String> asked = new ArrayList<>();

	private final TheusEngine engine = TheusEngine.builder()
		.schema(Domain.class)
		.constraints((type) -> new Recorded(type.getSimpleName(), this.asked))
		.build();

	private void write(Consumer<TransactionContext> body) {
		this.engine.transact((tx) -> {
			body.accept(tx);
			return null;
		});
	}

	private void fill(int size) {
		Map<String, Object> orders = new TreeMap<>();
		Map<String, Object> stock = new TreeMap<>();
		List<String> log = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			orders.put("o" + i, new Order(i, "new"));
			stock.put("s" + i, (long) i);
			log.add("event " + i);
		}
		write((tx) -> {
			tx.set("domain.orders", orders);
			tx.set("domain.stock", stock);
			tx.set("domain.events", log);
		});
	}

	@BeforeEach
	void reset() {
		READ.set(0);
	}

	@ParameterizedTest
	@ValueSource(ints = { 10, 10_000 })
	void changedScalarTouchesOnlyItself(int size) {
		fill(size);
		this.asked.clear();
		READ.set(0);
		write((tx) -> tx.set("domain.stock.s7", 700));
		assertThat(this.asked).containsExactly("Domain.stock 1 of " + size);
		assertThat(READ).hasValue(0);
	}

	@ParameterizedTest
	@ValueSource(ints = { 10, 10_000 })
	void changedComponentTouchesItsRecordOnly(int size) {
		fill(size);
		this.asked.clear();
		READ.set(0);
		write((tx) -> tx.set("domain.orders.o7.status", "paid"));
		assertThat(this.asked).containsExactly("Order.status", "Order", "Domain.orders 1 of " + size);
		assertThat(READ).hasValueLessThan(20);
	}

	@ParameterizedTest
	@ValueSource(ints = { 10, 10_000 })
	void addedAndRemovedEntryTouchThemselvesOnly(int size) {
		fill(size);
		this.asked.clear();
		READ.set(0);
		write((tx) -> {
			tx.set("domain.orders.new", new Order(1, "new"));
			tx.remove("domain.orders.o7");
		});
		assertThat(this.asked).containsExactlyInAnyOrder("Order.id", "Order.status", "Order",
				"Domain.orders 1 of " + size, "Domain.orders 0 of " + size);
		assertThat(READ).hasValueLessThan(20);
	}

	@ParameterizedTest
	@ValueSource(ints = { 10, 10_000 })
	void appendedElementTouchesItselfOnly(int size) {
		fill(size);
		this.asked.clear();
		write((tx) -> tx.append("domain.events", "last"));
		assertThat(this.asked).containsExactly("Domain.events 1 of " + (size + 1));
	}

	@Test
	void wholeMapThatIsNewIsCheckedEntryByEntry() {
		fill(10);
		assertThat(this.asked).contains("Domain.orders", "Domain.stock", "Domain.events")
			.filteredOn("Order"::equals)
			.hasSize(10);
	}

	@TheusState("domain")
	record Domain(Map<String, Order> orders, Map<String, Long> stock, List<String> events) {

	}

	record Order(long id, String status) {

		@Override
		public String status() {
			READ.incrementAndGet();
			return this.status;
		}

	}

	record Recorded(String type, List<String> asked) implements RecordConstraints {

		@Override
		public boolean isOnRecord() {
			return this.type.equals("Order");
		}

		@Override
		public List<Breach> check(Record instance) {
			this.asked.add(this.type);
			return List.of();
		}

		@Override
		public List<Breach> check(String component, @Nullable Object value, @Nullable Object changed) {
			String name = this.type + "." + component;
			this.asked.add((value != changed) ? name + " " + size(changed) + " of " + size(value) : name);
			return List.of();
		}

		private static int size(Object collection) {
			return (collection instanceof Map<?, ?> map) ? map.size() : ((List<?>) collection).size();
		}

	}

}
