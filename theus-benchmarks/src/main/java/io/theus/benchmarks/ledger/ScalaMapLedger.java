package io.theus.benchmarks.ledger;

import scala.concurrent.stm.InTxn;
import scala.concurrent.stm.MaybeTxn;
import scala.concurrent.stm.MaybeTxn$;
import scala.concurrent.stm.TMap;
import scala.concurrent.stm.TxnExecutor;
import scala.concurrent.stm.japi.STM;
import scala.runtime.BoxedUnit;

/**
 * ScalaSTM with one transactional map. The transaction is handed to each operation, as in
 * Scala: the views for Java look it up per operation and are slower.
 */
final class ScalaMapLedger implements Ledger {

	private static final TxnExecutor ATOMIC = TxnExecutor.defaultAtomic();

	private static final MaybeTxn NO_TRANSACTION = MaybeTxn$.MODULE$.unknown();

	private final String[] keys;

	private final TMap<String, Long> accounts = STM.<String, Long>newTMap().tmap();

	ScalaMapLedger(LedgerSize size) {
		this.keys = Keys.create(size.accounts());
		for (String key : Keys.create(size.accounts())) {
			ATOMIC.apply((transaction) -> this.accounts.put(key, 0L, transaction), NO_TRANSACTION);
		}
	}

	@Override
	public void increment(int target, int other) {
		ATOMIC.apply((transaction) -> increment(this.keys[target], this.keys[other], transaction), NO_TRANSACTION);
	}

	private BoxedUnit increment(String target, String other, InTxn transaction) {
		long balance = this.accounts.apply(target, transaction);
		if (this.accounts.apply(other, transaction) >= 0) {
			this.accounts.update(target, balance + 1, transaction);
		}
		return BoxedUnit.UNIT;
	}

	@Override
	public long sum() {
		return ATOMIC.apply(this::sum, NO_TRANSACTION);
	}

	private long sum(InTxn transaction) {
		long sum = 0;
		for (String key : this.keys) {
			sum += this.accounts.apply(key, transaction);
		}
		return sum;
	}

}
