package io.theus.outbox;

import org.jspecify.annotations.Nullable;

/**
 * What has happened since the start. Guarded by the lock of the {@link Backlog}.
 */
final class Totals {

	long sent;

	long failedAttempts;

	long discarded;

	@Nullable String lastError;

}
