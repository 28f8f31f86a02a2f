package io.theus.benchmarks.read;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.theus.benchmarks.ledger.Keys;

/**
 * A {@link HashMap} within two others, without any guard.
 */
final class NestedMapReading implements Reading {

	private final String[] keys;

	private final Draws draws;

	private final Map<String, Map<String, Map<String, Long>>> root = new HashMap<>();

	NestedMapReading(int keys, Draws draws) {
		this.keys = Keys.create(keys);
		this.draws = draws;
		this.root.put("domain", new HashMap<>(Map.of("accounts", content(keys))));
	}

	/**
	 * Create what is read.
	 * @param keys how many keys
	 * @return the index of each key
	 */
	static Map<String, Long> content(int keys) {
		String[] names = Keys.create(keys);
		Map<String, Long> content = new HashMap<>();
		for (int index = 0; index < keys; index++) {
			content.put(names[index], (long) index);
		}
		return content;
	}

	@Override
	public long read(int from) {
		long sum = 0;
		for (int draw = from; draw < from + Draws.READS; draw++) {
			sum += read(this.keys[this.draws.index(draw)]);
		}
		return sum;
	}

	private long read(String key) {
		Map<String, Map<String, Long>> domain = Objects.requireNonNull(this.root.get("domain"));
		Map<String, Long> accounts = Objects.requireNonNull(domain.get("accounts"));
		return Objects.requireNonNull(accounts.get(key));
	}

}
