package io.theus;

import org.jspecify.annotations.Nullable;

/**
 * What a running transaction offers: reads from its snapshot, which see its own writes,
 * and changes that take effect together at its commit.
 *
 * @since 0.1.0
 */
public interface TransactionContext extends StateReader, StateWriter {

	/**
	 * Emit a signal. It is published after the commit, once, and not at all if the
	 * transaction fails.
	 * @param topic the topic, for example {@code cmd_approve}
	 * @param payload an accepted value
	 */
	void emit(String topic, @Nullable Object payload);

	/**
	 * Return the outbox of this transaction.
	 * @return adds messages that are delivered after the commit
	 */
	OutboxWriter outbox();

	/**
	 * Return the version of the snapshot that this transaction reads.
	 * @return the commit sequence number
	 */
	long version();

}
