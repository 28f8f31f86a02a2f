package io.theus.benchmarks.ledger;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The ledger that all threads of a measurement share, and the check of its sum.
 *
 * @since 0.1.0
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class LedgerState {

	@Param
	LedgerType ledgerType;

	@Param("10000")
	int accounts;

	@Param("1")
	int processes;

	@Param("256")
	int versions;

	@Param("1000")
	int ring;

	@Param("0")
	int lag;

	private final Queue<LedgerThread> threads = new ConcurrentLinkedQueue<>();

	private Ledger ledger;

	/**
	 * Create the ledger.
	 */
	@Setup
	public void open() {
		this.ledger = this.ledgerType
			.open(new LedgerSize(this.accounts, this.processes, this.versions, this.ring, this.lag));
	}

	/**
	 * Check that no update is lost, and release the ledger.
	 */
	@TearDown
	public void close() {
		try (Ledger closing = this.ledger) {
			long updates = this.threads.stream().mapToLong(LedgerThread::updates).sum();
			verify(closing, updates);
		}
	}

	void register(LedgerThread thread) {
		this.threads.add(thread);
	}

	Ledger ledger() {
		return this.ledger;
	}

	static void verify(Ledger ledger, long updates) {
		long sum = ledger.sum();
		if (sum != updates) {
			throw new LostUpdateException(updates, sum);
		}
	}

}
