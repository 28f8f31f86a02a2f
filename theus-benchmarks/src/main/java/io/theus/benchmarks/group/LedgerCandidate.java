package io.theus.benchmarks.group;

import io.theus.benchmarks.ledger.LedgerBenchmark;
import io.theus.benchmarks.ledger.LedgerType;

/**
 * The candidates that keep a ledger.
 */
enum LedgerCandidate {

	SYNCHRONIZED_MAP(LedgerType.SYNCHRONIZED_MAP, "synchronized HashMap", Candidate.Role.FLOOR),

	SCALA_MAP(LedgerType.SCALA_MAP, "ScalaSTM TMap", Candidate.Role.PEER),

	SCALA_REF(LedgerType.SCALA_REF, "ScalaSTM Ref", Candidate.Role.PEER),

	CLOJURE_REF(LedgerType.CLOJURE_REF, "Clojure ref", Candidate.Role.PEER),

	NARAYANA(LedgerType.NARAYANA, "Narayana STM", Candidate.Role.PEER),

	NARAYANA_BEAN(LedgerType.NARAYANA_BEAN, "@Transactional on Narayana STM", Candidate.Role.PEER, 3),

	MV_STORE(LedgerType.MV_STORE, "H2 MVStore", Candidate.Role.PEER),

	INFINISPAN(LedgerType.INFINISPAN, "Infinispan", Candidate.Role.PEER),

	JDBC(LedgerType.JDBC, "@Transactional on H2", Candidate.Role.PEER, 3),

	PLAIN_PROXY(LedgerType.PLAIN_PROXY, "plain proxy", Candidate.Role.FLOOR),

	THEUS_TRANSACTION(LedgerType.THEUS_TRANSACTION, "Theus transact", Candidate.Role.THEUS),

	THEUS_SWAP(LedgerType.THEUS_SWAP, "Theus compareAndSwap", Candidate.Role.THEUS),

	THEUS_EXECUTION(LedgerType.THEUS_EXECUTION, "Theus execute", Candidate.Role.THEUS),

	THEUS_PROCESS(LedgerType.THEUS_PROCESS, "Theus @Process", Candidate.Role.THEUS),

	THEUS_WATCHED_PROCESS(LedgerType.THEUS_WATCHED_PROCESS, "Theus @Process, audited and observed",
			Candidate.Role.THEUS);

	private final LedgerType type;

	private final String name;

	private final Candidate.Role role;

	private final int warmupFactor;

	LedgerCandidate(LedgerType type, String name, Candidate.Role role) {
		this(type, name, role, 1);
	}

	LedgerCandidate(LedgerType type, String name, Candidate.Role role, int warmupFactor) {
		this.type = type;
		this.name = name;
		this.role = role;
		this.warmupFactor = warmupFactor;
	}

	Candidate candidate() {
		return new Candidate(this.name, this.role);
	}

	Cell cell(String column) {
		return new Cell(candidate(), column);
	}

	Trial trial(String column) {
		return new Trial(cell(column), LedgerBenchmark.class).parameter("ledgerType", this.type)
			.warmupFactor(this.warmupFactor);
	}

}
