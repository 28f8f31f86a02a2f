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
 * Each thread has an equal share of the accounts to itself, of which the way to
 * {@link Draw} makes use or not. The draws of a thread are the same for every candidate.
 *
 * @since 0.1.0
 */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init")
public class LedgerThread {

	private static final int HOT = 10;

	// Drawn in advance, because a draw takes as long as a short transaction.
	private static final int ZIPFIAN_DRAWS = 1 << 16;

	@Param("SHARE")
	Draw draw;

	/** How many accounts, evenly spread, are drawn from; zero for all. */
	@Param("0")
	int used;

	private SplittableRandom random;

	private int first;

	private int count;

	private int stride;

	private int[] zipfian;

	private int turn;

	// Read by another thread only after all threads have passed JMH's barrier at the end.
	private long updates;

	/**
	 * Take this thread's share of the accounts.
	 * @param state the ledger that the threads share
	 * @param params which of the threads this is
	 */
	@Setup
	public void share(LedgerState state, ThreadParams params) {
		share(state.accounts, params.getThreadIndex(), params.getThreadCount());
		state.register(this);
	}

	void share(int accounts, int thread, int threads) {
		this.random = new SplittableRandom(thread);
		int share = accounts / threads;
		this.first = share * thread;
		this.count = (this.used > 0) ? this.used / threads : share;
		this.stride = share / this.count;
		this.zipfian = new int[(this.draw == Draw.ZIPFIAN) ? ZIPFIAN_DRAWS : 0];
		Zipfian generator = new Zipfian(accounts, this.random);
		for (int index = 0; index < this.zipfian.length; index++) {
			this.zipfian[index] = generator.next();
		}
	}

	void increment(Ledger ledger) {
		ledger.increment(target(), other());
		this.updates++;
	}

	long updates() {
		return this.updates;
	}

	private int target() {
		return switch (this.draw) {
			case SHARE -> drawFromShare();
			case IN_TURN -> this.first + (this.turn++ % this.count) * this.stride;
			case ONE -> 0;
			case TEN -> this.random.nextInt(HOT);
			case ZIPFIAN -> nextZipfian();
		};
	}

	private int other() {
		return (this.draw == Draw.ZIPFIAN) ? nextZipfian() : drawFromShare();
	}

	private int drawFromShare() {
		return this.first + this.random.nextInt(this.count) * this.stride;
	}

	private int nextZipfian() {
		return this.zipfian[this.turn++ & (ZIPFIAN_DRAWS - 1)];
	}

}
