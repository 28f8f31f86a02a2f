package io.theus.transaction;

import java.time.Instant;

import io.theus.store.CommitOrigin;

/**
 * A commit in a line.
 *
 * @param time when it happened
 * @param version its sequence number
 * @param origin who committed
 * @since 0.1.0
 */
public record CommitSummary(Instant time, long version, CommitOrigin origin) {

}
