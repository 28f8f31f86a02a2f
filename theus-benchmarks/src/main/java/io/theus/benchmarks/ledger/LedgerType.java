package io.theus.benchmarks.ledger;

/**
 * The ledgers that are measured.
 *
 * @since 0.1.0
 */
public enum LedgerType {

	/** One lock around a map. */
	SYNCHRONIZED_MAP,

	/** ScalaSTM's transactional map. */
	SCALA_MAP,

	/** ScalaSTM's transactional cells. */
	SCALA_REF,

	/** Clojure's transactional cells. */
	CLOJURE_REF,

	/** Narayana's transactional objects. */
	NARAYANA,

	/** Spring's transactions over Narayana's transactional objects. */
	NARAYANA_BEAN,

	/** The transactional map of H2's storage. */
	MV_STORE,

	/** Infinispan's transactional cache. */
	INFINISPAN,

	/** Spring's transactions over H2. */
	JDBC,

	/** Spring's proxy over an unguarded map. */
	PLAIN_PROXY,

	/** Theus with explicit transactions. */
	THEUS_TRANSACTION,

	/** Theus with compare-and-swap. */
	THEUS_SWAP,

	/** Theus with a process executed by name. */
	THEUS_EXECUTION,

	/** Theus with a process of a Spring bean. */
	THEUS_PROCESS,

	/** Theus with a process of a Spring bean, audited and observed. */
	THEUS_WATCHED_PROCESS;

	/**
	 * Create a ledger of this type.
	 * @param size how large it is
	 * @return the ledger, all accounts at zero
	 */
	Ledger open(LedgerSize size) {
		return switch (this) {
			case SYNCHRONIZED_MAP -> new SynchronizedMapLedger(size);
			case SCALA_MAP -> new ScalaMapLedger(size);
			case SCALA_REF -> new ScalaRefLedger(size);
			case CLOJURE_REF -> new ClojureRefLedger(size);
			case NARAYANA -> new NarayanaLedger(size);
			case NARAYANA_BEAN -> new NarayanaBeanLedger(size);
			case MV_STORE -> new MvStoreLedger(size);
			case INFINISPAN -> new InfinispanLedger(size);
			case JDBC -> new JdbcLedger(size);
			case PLAIN_PROXY -> new PlainProxyLedger(size);
			case THEUS_TRANSACTION -> new TheusTransactionLedger(size);
			case THEUS_SWAP -> new TheusSwapLedger(size);
			case THEUS_EXECUTION -> new TheusExecutionLedger(size);
			case THEUS_PROCESS -> TheusProcessLedger.plain(size);
			case THEUS_WATCHED_PROCESS -> TheusProcessLedger.watched(size);
		};
	}

}
