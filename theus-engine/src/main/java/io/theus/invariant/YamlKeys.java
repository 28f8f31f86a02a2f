package io.theus.invariant;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.theus.annotation.Durations;
import io.theus.error.Suggestions;
import io.theus.internal.yaml.YamlMap;
import io.theus.internal.yaml.YamlNode;

/**
 * The keys of a map, in either way of writing.
 */
final class YamlKeys {

	private final YamlNode node;

	private final Map<String, YamlMap.Entry> entries = new LinkedHashMap<>();

	private final Map<String, YamlNode> values = new LinkedHashMap<>();

	YamlKeys(YamlMap map) {
		this.node = map;
		for (YamlMap.Entry entry : map.entries()) {
			if (this.entries.put(kebab(entry.key()), entry) != null) {
				throw entry.error("'%s' is there twice".formatted(kebab(entry.key())));
			}
			this.values.put(kebab(entry.key()), entry.value());
		}
	}

	YamlKeys(YamlNode only, String key) {
		this.node = only;
		this.values.put(key, only);
	}

	void check(String... known) {
		this.entries.forEach((key, entry) -> {
			if (!List.of(known).contains(key)) {
				throw entry.error("unknown key '" + entry.key() + "'" + Suggestions.didYouMean(key, List.of(known))
						+ ", known=" + List.of(known).stream().sorted().toList());
			}
		});
	}

	@Nullable YamlNode find(String key) {
		return this.values.get(key);
	}

	<T> @Nullable T find(String key, Function<YamlNode, T> reader) {
		YamlNode value = find(key);
		return (value != null) ? reader.apply(value) : null;
	}

	<T> @Nullable T findEither(String key, String other, Function<YamlNode, T> reader) {
		YamlMap.Entry twice = (find(key) != null) ? this.entries.get(other) : null;
		if (twice != null) {
			throw twice.error("'%s' and '%s' are the same, leave one out".formatted(key, other));
		}
		return find((find(key) != null) ? key : other, reader);
	}

	YamlNode require(String key) {
		YamlNode value = find(key);
		if (value == null) {
			throw this.node.error("missing key '" + key + "'");
		}
		return value;
	}

	String text(String key) {
		return require(key).asScalar().text();
	}

	List<String> texts(String key, boolean needed) {
		YamlNode value = needed ? require(key) : find(key);
		List<String> texts = new ArrayList<>();
		if (value != null) {
			value.asList().items().forEach((item) -> texts.add(item.asScalar().text()));
		}
		return texts;
	}

	BigDecimal number(YamlNode value) {
		BigDecimal number = Amounts.of(value.asScalar().value());
		if (number == null) {
			throw value.error("expected a number, found " + value.describe());
		}
		return number;
	}

	Duration duration(YamlNode value) {
		return Durations.parse(value.asScalar().text())
			.orElseThrow(() -> value.error("expected a duration such as 500ms, 10s or 5m, found " + value.describe()));
	}

	static String kebab(String key) {
		return key.replace('_', '-');
	}

}
