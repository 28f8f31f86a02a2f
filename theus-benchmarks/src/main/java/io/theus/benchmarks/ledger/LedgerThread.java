package io.theus.benchmarks.ledger;

import java.util.SplittableRandom;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Draws the accounts that one thread uses, and counts its transactions.
 * <p>
 * Each thread has an equal share of the accounts to itself. With {@code sameTarget}, all
 * threads write the first account and read another of their share. The draws of a thread
 * are the same for every candidate.
 *
 * @since 0.1.0
 */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init")
public class LedgerThread {

	@Param("false")
	boolean sameTarget;

	/** How many accounts, evenly spread, are drawn from; zero for all. */
	@Param("0")
	int used;

	private SplittableRandom random;

	private int first;

	private int count;

	private int stride;

	// Read by another thread only after all threads have passed JMH's barrier at the end.
	private long updates;

	/**
	 * Take this thread's share of the accounts.
	 * @param state the ledger that the threads share
	 * @param params which of the threads this is
	 */
	@Setup
	public void share(LedgerState state, ThreadParams params) {
		this.random = new SplittableRandom(params.getThreadIndex());
		int share = state.accounts / params.getThreadCount();
		this.first = share * params.getThreadIndex();
		this.count = (this.used > 0) ? this.used / params.getThreadCount() : share;
		this.stride = share / this.count;
		state.register(this);
	}

	void increment(Ledger ledger) {
		ledger.increment(target(), draw());
		this.updates++;
	}

	long updates() {
		return this.updates;
	}

	private int target() {
		if (this.sameTarget) {
			return 0;
		}
		return draw();
	}

	private int draw() {
		return this.first + this.random.nextInt(this.count) * this.stride;
	}

}
