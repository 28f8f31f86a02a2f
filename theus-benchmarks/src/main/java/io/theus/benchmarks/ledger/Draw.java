package io.theus.benchmarks.ledger;

/**
 * Which accounts a thread draws.
 *
 * @since 0.1.0
 */
public enum Draw {

	/** Both from a share of the accounts that the thread has to itself. */
	SHARE,

	/** From the thread's share; those that are written one after the other. */
	IN_TURN,

	/** All threads write the first account and read another of their share. */
	ONE,

	/**
	 * All threads write one of the first ten accounts and read another of their share.
	 */
	TEN,

	/** All threads draw both from all accounts, a few of them most of the time. */
	ZIPFIAN

}
