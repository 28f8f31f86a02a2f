package io.theus.benchmarks.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import scala.concurrent.stm.InTxn;
import scala.concurrent.stm.MaybeTxn;
import scala.concurrent.stm.MaybeTxn$;
import scala.concurrent.stm.Ref;
import scala.concurrent.stm.TxnExecutor;
import scala.concurrent.stm.japi.STM;
import scala.runtime.BoxedUnit;

/**
 * ScalaSTM with one transactional cell per account, found by its key in a map that never
 * changes. Accounts can neither be added nor removed, which is the advantage over
 * {@link ScalaMapLedger}.
 */
final class ScalaRefLedger implements Ledger {

	private static final TxnExecutor ATOMIC = TxnExecutor.defaultAtomic();

	private static final MaybeTxn NO_TRANSACTION = MaybeTxn$.MODULE$.unknown();

	private final String[] keys;

	private final Map<String, Ref<Long>> accounts = new HashMap<>();

	ScalaRefLedger(LedgerSize size) {
		this.keys = Keys.create(size.accounts());
		for (String key : Keys.create(size.accounts())) {
			this.accounts.put(key, STM.newRef(0L).ref());
		}
	}

	@Override
	public void increment(int target, int other) {
		ATOMIC.apply((transaction) -> increment(account(this.keys[target]), account(this.keys[other]), transaction),
				NO_TRANSACTION);
	}

	private static BoxedUnit increment(Ref<Long> target, Ref<Long> other, InTxn transaction) {
		long balance = target.get(transaction);
		if (other.get(transaction) >= 0) {
			target.set(balance + 1, transaction);
		}
		return BoxedUnit.UNIT;
	}

	@Override
	public long sum() {
		return ATOMIC.apply(this::sum, NO_TRANSACTION);
	}

	private long sum(InTxn transaction) {
		return this.accounts.values().stream().mapToLong((account) -> account.get(transaction)).sum();
	}

	private Ref<Long> account(String key) {
		return Objects.requireNonNull(this.accounts.get(key));
	}

}
