package io.theus.schema;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.theus.annotation.TheusState;
import io.theus.engine.TheusEngine;
import io.theus.internal.yaml.YamlParser;
import io.theus.path.Path;
import io.theus.path.Zone;
import io.theus.path.ZoneViolationException;
import io.theus.path.Zones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SchemaZoneTests {

	private static final String YAML = """
			state:
			  - path: global
			    open: true
			    fields:
			      - { name: rate, type: decimal, zone: constant }
			      - { name: const_of_old, type: text, zone: DATA }
			      - { name: names, type: map, of: { type: text } }
			  - { path: domain.ledger, type: list, of: text, zone: LOG }
			""";

	private final Schema schema = Schema.of(List.of(Shop.class), List.of(YamlParser.parse(YAML, "schema.yml")), null);

	@ParameterizedTest
	@CsvSource({ "domain.name, DATA", "domain.audit, LOG", "domain.audit.first, LOG", "domain.log_names, DATA",
			"domain.log_names.x, DATA", "domain.log_names.internal_x, DATA", "domain.log_lines, LOG",
			"domain.prices.log_apple, DATA", "domain.prices.const_pear, DATA", "domain.prices, DATA",
			"domain.orders.cmd_1, DATA", "domain.orders.cmd_1.history, LOG", "domain.orders.cmd_1.log_notes, LOG",
			"domain.orders.cmd_1.secret, PRIVATE", "domain.orders.cmd_1.total, DATA",
			"domain.orders.cmd_1.attributes.log_x, DATA", "domain.orders.cmd_1.attributes.log_x.log_y, LOG",
			"domain.ledger, LOG", "domain.undeclared.log_x, LOG", "domain.const_x, CONSTANT", "global.rate, CONSTANT",
			"global.const_of_old, DATA", "global.const_new, CONSTANT", "global.names.internal_a, DATA",
			"meta.anything, META", "log.orders, LOG" })
	void declaredZoneBeatsTheNameAndKeysOfTypedMapsAreData(String path, Zone zone) {
		assertThat(new Zones(this.schema).of(Path.parse(path))).isEqualTo(zone);
	}

	@Test
	void declaredZoneBindsTransactions() {
		TheusEngine engine = TheusEngine.builder().schema(Shop.class).build();
		engine.transact((tx) -> {
			tx.append("domain.audit", "opened");
			tx.set("domain.prices.log_apple", 1L);
			return null;
		});
		assertThatExceptionOfType(ZoneViolationException.class).isThrownBy(() -> engine.transact((tx) -> {
			tx.set("domain.audit", List.of());
			return null;
		})).withMessageContaining("refused by zone LOG");
	}

	@TheusState(value = "domain", open = true)
	record Shop(@io.theus.annotation.Zone(Zone.LOG) List<String> audit,
			@io.theus.annotation.Zone(Zone.DATA) Map<String, Object> log_names, List<String> log_lines,
			Map<String, Long> prices, Map<String, Order> orders) {

	}

	record Order(long total, @io.theus.annotation.Zone(Zone.LOG) List<String> history, List<String> log_notes,
			@io.theus.annotation.Zone(Zone.PRIVATE) String secret, Map<String, Object> attributes) {

	}

}
