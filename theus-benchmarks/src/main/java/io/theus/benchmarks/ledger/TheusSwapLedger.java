package io.theus.benchmarks.ledger;

import java.util.Map;

import io.theus.engine.TheusEngine;
import io.theus.state.State;

/**
 * Theus with compare-and-swap, based on a version after which others have committed. What
 * they wrote is elsewhere as long as no account is drawn again before the version that
 * has its last change is what a swap is based on. For one thread.
 */
final class TheusSwapLedger implements Ledger {

	private final String[] paths;

	private final int lag;

	private final TheusEngine engine;

	TheusSwapLedger(LedgerSize size) {
		this.paths = Keys.create(size.accounts());
		for (int index = 0; index < this.paths.length; index++) {
			this.paths[index] = "domain.accounts." + this.paths[index];
		}
		this.lag = size.lag();
		this.engine = TheusTransactionLedger.engine(size);
	}

	@Override
	public void increment(int target, int other) {
		State state = this.engine.state();
		long balance = state.get(this.paths[target], Long.class);
		if (state.get(this.paths[other], Long.class) >= 0) {
			long base = Math.max(1, state.version() - this.lag);
			this.engine.compareAndSwap(base, Map.of(this.paths[target], balance + 1));
		}
	}

	@Override
	public long sum() {
		return TheusTransactionLedger.sum(this.engine);
	}

	@Override
	public void close() {
		this.engine.close();
	}

}
