package io.theus.workflow;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.internal.yaml.YamlMap;
import io.theus.internal.yaml.YamlNode;

/**
 * Finds and checks the keys of a map, of which those with a dash may also be written with
 * an underscore.
 */
final class Keys {

	private Keys() {
	}

	static void check(YamlMap map, List<String> known) {
		List<String> accepted = new ArrayList<>(known);
		for (String key : known) {
			String other = key.replace('-', '_');
			YamlMap.Entry second = map.entry(other);
			if (!other.equals(key) && second != null) {
				if (map.entry(key) != null) {
					throw second.error("duplicate key '%s', it was given before as '%s'".formatted(other, key));
				}
				accepted.add(other);
			}
		}
		map.checkKeys(accepted);
	}

	static @Nullable YamlNode find(YamlMap map, String key) {
		YamlNode value = map.find(key);
		return (value != null) ? value : map.find(key.replace('-', '_'));
	}

}
