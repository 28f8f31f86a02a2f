package io.theus.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.theus.Merging;
import io.theus.error.Suggestions;
import io.theus.internal.yaml.YamlMap;
import io.theus.internal.yaml.YamlNode;
import io.theus.internal.yaml.YamlScalar;
import io.theus.path.InvalidPathException;
import io.theus.path.PathPattern;
import io.theus.path.Zone;
import io.theus.path.Zones;
import io.theus.schema.Place.Presence;

/**
 * Reads declarations from a YAML document: a list {@code state} of places, each with a
 * {@code path} and what is stored there.
 */
final class YamlDeclarations {

	private static final Set<String> SHAPE_KEYS = Set.of("type", "of", "fields", "open", "zone", "merge", "volatile",
			"min", "max", "min-size", "max-size", "pattern", "values");

	private static final Set<String> STATE_KEYS = with("path");

	private static final Set<String> FIELD_KEYS = with("name", "required");

	private final YamlTypes types;

	YamlDeclarations(RecordTypes records) {
		this.types = new YamlTypes(records);
	}

	private static Set<String> with(String... keys) {
		Set<String> all = new HashSet<>(SHAPE_KEYS);
		all.addAll(List.of(keys));
		return Set.copyOf(all);
	}

	/**
	 * Read a document.
	 * @param document its root
	 * @return the declarations in order
	 * @throws io.theus.internal.yaml.InvalidYamlException with the place of what is wrong
	 * @throws InvalidSchemaException if a path is not one of stored places
	 */
	List<Declaration> read(YamlNode document) {
		YamlMap root = document.asMap();
		root.checkKeys(Set.of("state"));
		List<Declaration> declarations = new ArrayList<>();
		for (YamlNode item : root.require("state").asList().items()) {
			YamlMap place = item.asMap();
			place.checkKeys(STATE_KEYS);
			YamlScalar path = place.require("path").asScalar();
			PathPattern pattern = pattern(path);
			String origin = "'%s' at '%s'".formatted(path.position(), pattern);
			declarations.add(new Declaration(pattern, place(place, Presence.OPTIONAL), origin));
		}
		return declarations;
	}

	private static PathPattern pattern(YamlScalar path) {
		try {
			return PathPattern.parse(path.text());
		}
		catch (InvalidPathException ex) {
			throw path.error(ex.position(), String.valueOf(ex.getMessage()));
		}
	}

	private Place place(YamlMap shape, Presence presence) {
		YamlNode fields = shape.find("fields");
		StoredType type = (fields != null) ? section(shape, fields) : simple(shape);
		Traits traits = Traits.of(zone(shape), merging(shape, type), flag(shape, "volatile"));
		return new Place(type, presence, traits, false, YamlRules.of(shape, type));
	}

	private StoredType simple(YamlMap shape) {
		if (shape.find("open") != null) {
			throw shape.require("open").error("'open' is about undeclared keys, declare 'fields' as well");
		}
		YamlScalar type = shape.require("type").asScalar();
		YamlNode element = shape.find("of");
		Kind kind = this.types.kind(type.text());
		if (kind == null && element != null) {
			throw element.error("only list, set and map have elements, found type '" + type.text() + "'");
		}
		return (kind != null) ? this.types.container(kind, (element != null) ? element(element) : null)
				: this.types.scalar(type);
	}

	// Just a type, or a map with the keys of a place
	private Place element(YamlNode node) {
		if (node instanceof YamlScalar type) {
			Kind kind = this.types.kind(type.text());
			return Place.of((kind != null) ? this.types.container(kind, null) : this.types.scalar(type));
		}
		YamlMap shape = node.asMap();
		shape.checkKeys(SHAPE_KEYS);
		return place(shape, Presence.OPTIONAL);
	}

	private SectionType section(YamlMap shape, YamlNode fields) {
		for (String key : List.of("type", "of")) {
			if (shape.find(key) != null) {
				throw shape.require(key)
					.error("a place with 'fields' is a map with these keys, leave '" + key + "' out");
			}
		}
		Map<String, Place> places = new LinkedHashMap<>();
		for (YamlNode item : fields.asList().items()) {
			YamlMap field = item.asMap();
			field.checkKeys(FIELD_KEYS);
			YamlScalar name = field.require("name").asScalar();
			if (name.text().isEmpty()) {
				throw name.error("a key must not be empty");
			}
			Presence presence = flag(field, "required") ? Presence.REQUIRED : Presence.NULLABLE;
			Place place = place(field, presence);
			if (place.zone() == Zone.SIGNAL || (place.zone() == null && Zones.ofName(name.text()) == Zone.SIGNAL)) {
				throw name.error("what lies in zone SIGNAL is never stored, leave it out");
			}
			if (places.put(name.text(), place) != null) {
				throw name.error("field '" + name.text() + "' is declared twice");
			}
		}
		return new SectionType(places, null, flag(shape, "open"), ComponentConstraints.NONE);
	}

	private static boolean flag(YamlMap map, String key) {
		YamlNode node = map.find(key);
		if (node == null) {
			return false;
		}
		if (node.asScalar().value() instanceof Boolean flag) {
			return flag;
		}
		throw node.error("expected true or false, found " + node.describe());
	}

	private static @Nullable Merging merging(YamlMap shape, StoredType type) {
		Merging merging = constant(shape, "merge", Merging.values());
		if (merging != null && !MergedTypes.suits(merging, type)) {
			throw shape.require("merge").error(MergedTypes.advice(merging));
		}
		return merging;
	}

	private static @Nullable Zone zone(YamlMap shape) {
		return constant(shape, "zone", Zone.values());
	}

	private static <E extends Enum<E>> @Nullable E constant(YamlMap shape, String key, E[] constants) {
		YamlNode node = shape.find(key);
		if (node == null) {
			return null;
		}
		String name = node.asScalar().text().toUpperCase(Locale.ROOT);
		for (E constant : constants) {
			if (constant.name().equals(name)) {
				return constant;
			}
		}
		List<String> known = Stream.of(constants).map(Enum::name).toList();
		throw node.error("unknown " + key + " '" + node.asScalar().text() + "'" + Suggestions.didYouMean(name, known)
				+ ", known=" + known);
	}

}
