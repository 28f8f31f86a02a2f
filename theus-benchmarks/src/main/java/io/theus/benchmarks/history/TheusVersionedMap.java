package io.theus.benchmarks.history;

import java.util.Map;

import io.theus.MapPath;
import io.theus.benchmarks.ledger.Keys;
import io.theus.engine.TheusEngine;

/**
 * Theus with a history.
 */
final class TheusVersionedMap implements VersionedMap {

	private static final MapPath<String, Long> ACCOUNTS = MapPath.of("domain.accounts", String.class, Long.class);

	private final TheusEngine engine;

	TheusVersionedMap(Map<String, Long> content, int versions) {
		this.engine = TheusEngine.builder().historyVersions(versions).build();
		this.engine.edit("open accounts", (transaction) -> transaction.set(ACCOUNTS, content));
	}

	@Override
	public void commit(int... keys) {
		this.engine.transact((transaction) -> {
			for (int index : keys) {
				String key = Keys.of(index);
				transaction.set(ACCOUNTS, key, transaction.get(ACCOUNTS, key) + 1);
			}
			return true;
		});
	}

	@Override
	public int diff(int age) {
		long later = this.engine.state().version() - age;
		return this.engine.history().diff(later - 1, later).size();
	}

	@Override
	public long fork(int age, int key) {
		try (TheusEngine fork = this.engine.fork(this.engine.state().version() - age)) {
			return fork.state().get(ACCOUNTS.at(Keys.of(key)));
		}
	}

	@Override
	public void close() {
		this.engine.close();
	}

}
