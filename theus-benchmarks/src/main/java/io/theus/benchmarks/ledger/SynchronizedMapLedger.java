package io.theus.benchmarks.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A {@link HashMap} behind one lock: no snapshot, no roll-back, no history. What a
 * transaction costs beyond this is the price of those.
 */
final class SynchronizedMapLedger implements Ledger {

	private final String[] keys;

	private final Map<String, Long> accounts = new HashMap<>();

	SynchronizedMapLedger(LedgerSize size) {
		this.keys = Keys.create(size.accounts());
		for (String key : Keys.create(size.accounts())) {
			this.accounts.put(key, 0L);
		}
	}

	@Override
	public void increment(int target, int other) {
		synchronized (this.accounts) {
			long balance = Objects.requireNonNull(this.accounts.get(this.keys[target]));
			if (Objects.requireNonNull(this.accounts.get(this.keys[other])) >= 0) {
				this.accounts.put(this.keys[target], balance + 1);
			}
		}
	}

	@Override
	public long sum() {
		synchronized (this.accounts) {
			return this.accounts.values().stream().mapToLong(Long::longValue).sum();
		}
	}

}
