package io.theus.audit.recipe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.error.Suggestions;
import io.theus.internal.yaml.YamlMap;
import io.theus.internal.yaml.YamlNode;
import io.theus.internal.yaml.YamlScalar;

/**
 * The keys of a map of a recipe, under their names: {@code max_threshold} is
 * {@code threshold-max}.
 */
final class RecipeKeys {

	static final String[] CHECKS = { "min", "max", "eq", "neq", "in", "not-in", "min-len", "max-len", "regex",
			"required", "type", "expression" };

	static final List<String> POLICY = List.of("level", "threshold-min", "threshold-max", "reset-on-success");

	// How Theus for Python says it
	private static final Map<String, String> SYNONYMS = Map.of("process-recipes", "processes", "max-threshold",
			"threshold-max", "min-threshold", "threshold-min", "max-retries", "threshold-max", "default-level", "level",
			"default-threshold-max", "threshold-max", "default-threshold-min", "threshold-min",
			"default-reset-on-success", "reset-on-success");

	private final YamlMap map;

	private final Map<String, YamlMap.Entry> entries = new LinkedHashMap<>();

	/**
	 * Find the keys.
	 * @param map the map
	 * @param known the names that it may have
	 */
	RecipeKeys(YamlMap map, List<String> known) {
		this.map = map;
		for (YamlMap.Entry entry : map.entries()) {
			String name = name(entry.key(), known);
			if (!known.contains(name)) {
				throw entry.error("unknown key '%s'%s, known=%s".formatted(entry.key(),
						Suggestions.didYouMean(name, known), known.stream().sorted().toList()));
			}
			YamlMap.Entry before = this.entries.put(name, entry);
			if (before != null) {
				throw entry
					.error("duplicate key '%s', it was given before as '%s'".formatted(entry.key(), before.key()));
			}
		}
	}

	private static String name(String key, List<String> known) {
		String name = key.replace('_', '-');
		String synonym = SYNONYMS.get(name);
		return (synonym != null && known.contains(synonym)) ? synonym : name;
	}

	static List<String> of(List<String> policy, String... more) {
		List<String> all = new ArrayList<>(policy);
		all.addAll(Arrays.asList(more));
		return all;
	}

	YamlMap map() {
		return this.map;
	}

	Map<String, YamlMap.Entry> entries() {
		return this.entries;
	}

	@Nullable YamlNode find(String name) {
		YamlMap.Entry entry = this.entries.get(name);
		return (entry != null && !isNothing(entry.value())) ? entry.value() : null;
	}

	private static boolean isNothing(YamlNode node) {
		return node instanceof YamlScalar scalar && scalar.value() == null;
	}

}
