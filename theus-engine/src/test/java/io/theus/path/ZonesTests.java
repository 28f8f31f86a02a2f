package io.theus.path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ZonesTests {

	private final Zones byName = new Zones(ZoneDeclarations.NONE);

	@ParameterizedTest
	@CsvSource({ "domain, DATA", "domain.orders.o1, DATA", "global.config, DATA", "local.x, DATA", "heavy, HEAVY",
			"heavy.log_x, HEAVY", "log.meta_x, LOG", "meta.const_x, META", "signal.x, SIGNAL", "sig.x, SIGNAL",
			"cmd.x, SIGNAL", "domain.heavy_map, HEAVY", "domain.sig_x, SIGNAL", "domain.cmd_x, SIGNAL",
			"domain.meta_x, META", "domain.log_x, LOG", "domain.audit_x, LOG", "domain.const_x, CONSTANT",
			"domain.internal_x, PRIVATE", "domain.a.b.const_x.y, CONSTANT", "domain.log_a.const_b, LOG",
			"domain.const_a.internal_b, CONSTANT", "domain.heavy, DATA", "domain.log, DATA", "domain.meta, DATA",
			"domain.signal, DATA", "domain.heavyweight, DATA", "domain.logistics, DATA", "domain.metal, DATA",
			"domain.constant, DATA", "domain.internal, DATA", "domain.Const_x, DATA", "domain.my_const_x, DATA",
			"domain.auditor, DATA", "domain.command, DATA", "global.const_x, CONSTANT" })
	void firstSegmentBelowTheLayerThatMatchesDecides(String path, Zone expected) {
		assertThat(this.byName.of(Path.parse(path))).isEqualTo(expected);
		assertThat(this.byName.of(PathPattern.parse(path))).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "domain.*, DATA", "**, DATA", "*.meta_x, DATA", "meta.*, META", "domain.meta_x.*, META",
			"domain.*.meta_x, META", "domain.{id}.const_x, CONSTANT", "domain.**.internal_x, PRIVATE",
			"domain.*.log_a.const_b, LOG", "domain.{sig_x}, DATA" })
	void patternLiesWhereItsLiteralSegmentsSay(String pattern, Zone expected) {
		assertThat(this.byName.of(PathPattern.parse(pattern))).isEqualTo(expected);
	}

	@Test
	void declarationBeatsNames() {
		Zones zones = new Zones((path, length) -> switch (path.prefix(length).toString()) {
			case "domain.const_x", "domain.prices.const_x" -> Zone.DATA;
			case "domain.events" -> Zone.LOG;
			default -> null;
		});
		assertThat(zones.of(Path.parse("domain.const_x.y"))).isEqualTo(Zone.DATA);
		assertThat(zones.of(Path.parse("domain.const_x.meta_y"))).as("names further below").isEqualTo(Zone.META);
		assertThat(zones.of(Path.parse("domain.prices.const_x"))).isEqualTo(Zone.DATA);
		assertThat(zones.of(Path.parse("domain.events.const_x"))).isEqualTo(Zone.LOG);
		assertThat(zones.of(Path.parse("domain.const_y"))).isEqualTo(Zone.CONSTANT);
		assertThat(zones.of(Path.parse("domain.meta_x.events"))).isEqualTo(Zone.META);
	}

	@Test
	void zonesGrantWhatTheTableSays() {
		assertThat(Zone.DATA.rights()).containsExactlyInAnyOrder(Right.READ, Right.APPEND, Right.UPDATE, Right.DELETE);
		assertThat(Zone.HEAVY.rights()).containsExactlyInAnyOrder(Right.READ, Right.UPDATE);
		assertThat(Zone.SIGNAL.rights()).containsExactlyInAnyOrder(Right.READ, Right.EMIT);
		assertThat(Zone.META.rights()).containsExactlyInAnyOrder(Right.READ, Right.UPDATE);
		assertThat(Zone.LOG.rights()).containsExactlyInAnyOrder(Right.READ, Right.APPEND);
		assertThat(Zone.CONSTANT.rights()).containsExactly(Right.READ);
		assertThat(Zone.PRIVATE.rights()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"CONSTANT | UPDATE | UPDATE at 'domain.x' is refused by zone CONSTANT: rights=[READ], a constant is set once, in the initial state",
			"LOG | DELETE | DELETE at 'domain.x' is refused by zone LOG: rights=[READ, APPEND], a log is append-only, use append",
			"SIGNAL | UPDATE | UPDATE at 'domain.x' is refused by zone SIGNAL: rights=[READ, EMIT], a signal is not stored, use emit",
			"META | DELETE | DELETE at 'domain.x' is refused by zone META: rights=[READ, UPDATE], information about the system is replaced, use set or update",
			"HEAVY | APPEND | APPEND at 'domain.x' is refused by zone HEAVY: rights=[READ, UPDATE], a heavy reference is replaced as a whole, use set",
			"PRIVATE | READ | READ at 'domain.x' is refused by zone PRIVATE: rights=[], use an administrative edit" })
	void refusalNamesRightZoneAndRemedy(Zone zone, Right right, String message) {
		ZoneViolationException refusal = new ZoneViolationException(Path.parse("domain.x"), zone, right);
		assertThat(refusal).hasMessage(message);
		assertThat(refusal.path()).hasToString("domain.x");
		assertThat(refusal.zone()).isEqualTo(zone);
		assertThat(refusal.right()).isEqualTo(right);
	}

}
