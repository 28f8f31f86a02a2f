package io.theus.schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.jspecify.annotations.Nullable;

import io.theus.internal.yaml.YamlMap;
import io.theus.internal.yaml.YamlNode;
import io.theus.internal.yaml.YamlScalar;

/**
 * Reads the rules about values from a YAML document.
 */
final class YamlRules {

	private static final Set<String> NUMBER = Set.of("min", "max");

	private static final Set<String> TEXT = Set.of("pattern", "values", "min-size", "max-size");

	private static final Set<String> CONTAINER = Set.of("min-size", "max-size");

	private static final Set<String> ALL = Set.of("min", "max", "pattern", "values", "min-size", "max-size");

	private YamlRules() {
	}

	static ValueRules of(YamlMap shape, StoredType type) {
		Set<String> applicable = applicable(type);
		boolean none = true;
		for (YamlMap.Entry entry : shape.entries()) {
			boolean rule = ALL.contains(entry.key());
			if (rule && !applicable.contains(entry.key())) {
				throw entry.error("'" + entry.key() + "' does not apply to " + type.describe());
			}
			none &= !rule;
		}
		if (none) {
			return ValueRules.NONE;
		}
		return new ValueRules(decimal(shape, "min"), decimal(shape, "max"), size(shape, "min-size"),
				size(shape, "max-size"), pattern(shape), values(shape));
	}

	private static Set<String> applicable(StoredType type) {
		if (type instanceof InstanceType instance) {
			return instance.isNumber() ? NUMBER : (instance.isText() ? TEXT : Set.of());
		}
		return (type instanceof AnyType) ? Set.of() : CONTAINER;
	}

	private static @Nullable BigDecimal decimal(YamlMap shape, String key) {
		YamlNode node = shape.find(key);
		if (node == null) {
			return null;
		}
		Object value = node.asScalar().value();
		if (value instanceof Number number && !(value instanceof Double)) {
			return new BigDecimal(number.toString());
		}
		throw node.error("expected a number, found " + node.describe());
	}

	private static @Nullable Integer size(YamlMap shape, String key) {
		YamlNode node = shape.find(key);
		if (node == null) {
			return null;
		}
		if (node.asScalar().value() instanceof Long size && size >= 0 && size <= Integer.MAX_VALUE) {
			return size.intValue();
		}
		throw node.error("expected a size, 0 or more, found " + node.describe());
	}

	private static @Nullable Pattern pattern(YamlMap shape) {
		YamlNode node = shape.find("pattern");
		if (node == null) {
			return null;
		}
		YamlScalar scalar = node.asScalar();
		try {
			return Pattern.compile(scalar.text());
		}
		catch (PatternSyntaxException ex) {
			throw scalar.error(Math.max(0, ex.getIndex()), "not a regular expression, " + ex.getDescription());
		}
	}

	private static List<String> values(YamlMap shape) {
		YamlNode node = shape.find("values");
		List<String> values = new ArrayList<>();
		if (node != null) {
			for (YamlNode item : node.asList().items()) {
				values.add(item.asScalar().text());
			}
		}
		return List.copyOf(values);
	}

}
