/**
 * Transactions: snapshots are read, writes are buffered, and one commit point validates
 * and publishes.
 * <p>
 * Invariants: {@link io.theus.transaction.CommitPoint} is the only place that replaces
 * the head; a transaction that does not commit leaves the same snapshot object, no signal
 * and no message; what happens after a commit happens in commit order.
 * <p>
 * The package knows contracts as guards only and nothing of processes. One class of it
 * imports Spring Retry.
 */
@NullMarked
package io.theus.transaction;

import org.jspecify.annotations.NullMarked;
