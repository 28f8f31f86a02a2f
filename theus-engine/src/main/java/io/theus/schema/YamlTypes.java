package io.theus.schema;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.theus.error.Suggestions;
import io.theus.internal.yaml.YamlScalar;
import io.theus.schema.Place.Presence;

/**
 * The names of types in YAML documents.
 */
final class YamlTypes {

	private static final Map<String, Class<?>> SCALARS = Map.ofEntries(Map.entry("any", Object.class),
			Map.entry("text", String.class), Map.entry("boolean", Boolean.class), Map.entry("integer", Long.class),
			Map.entry("decimal", BigDecimal.class), Map.entry("double", Double.class),
			Map.entry("date", LocalDate.class), Map.entry("time", LocalTime.class),
			Map.entry("datetime", LocalDateTime.class), Map.entry("instant", Instant.class),
			Map.entry("duration", Duration.class), Map.entry("uuid", UUID.class), Map.entry("uri", URI.class));

	private static final Map<String, Kind> CONTAINERS = Map.of("list", Kind.LIST, "set", Kind.SET, "map", Kind.MAP);

	private final RecordTypes records;

	YamlTypes(RecordTypes records) {
		this.records = records;
	}

	@Nullable Kind kind(String name) {
		return CONTAINERS.get(name);
	}

	StoredType container(Kind kind, @Nullable Place element) {
		Place of = (element != null) ? element : Place.element(AnyType.INSTANCE, Presence.NULLABLE, ValueRules.NONE);
		return (kind == Kind.MAP) ? new MapType(String.class, of) : new ElementsType(kind, of);
	}

	StoredType scalar(YamlScalar name) {
		Class<?> type = SCALARS.get(name.text());
		if (type != null) {
			return this.records.ofClass(type);
		}
		TreeSet<String> known = new TreeSet<>(SCALARS.keySet());
		known.addAll(CONTAINERS.keySet());
		throw name.error(
				"unknown type '" + name.text() + "'" + Suggestions.didYouMean(name.text(), known) + ", known=" + known);
	}

}
