package io.theus.benchmarks.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.theus.benchmarks.ledger.Keys;

/**
 * A {@link HashMap} that is copied for each version.
 */
final class CopiedMap implements VersionedMap {

	private final List<Map<String, Long>> versions = new ArrayList<>();

	private final int kept;

	CopiedMap(Map<String, Long> content, int kept) {
		this.kept = kept;
		this.versions.add(new HashMap<>(content));
	}

	@Override
	public void commit(int... keys) {
		Map<String, Long> next = new HashMap<>(this.versions.get(this.versions.size() - 1));
		for (int index : keys) {
			next.merge(Keys.of(index), 1L, Long::sum);
		}
		this.versions.add(next);
		if (this.versions.size() > this.kept) {
			this.versions.remove(0);
		}
	}

	@Override
	public int diff(int age) {
		int later = this.versions.size() - 1 - age;
		Map<String, Long> before = this.versions.get(later - 1);
		int differences = 0;
		for (Map.Entry<String, Long> entry : this.versions.get(later).entrySet()) {
			if (!Objects.equals(entry.getValue(), before.get(entry.getKey()))) {
				differences++;
			}
		}
		return differences;
	}

	@Override
	public long fork(int age, int key) {
		Map<String, Long> copy = new HashMap<>(this.versions.get(this.versions.size() - 1 - age));
		return copy.getOrDefault(Keys.of(key), 0L);
	}

}
