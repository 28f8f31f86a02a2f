package io.theus.transaction;

import io.theus.store.CommitOrigin;
import io.theus.telemetry.Activity;

/**
 * Watches commits while they go on. A {@link CommitListener} hears of them afterwards,
 * and only of those that were made.
 * <p>
 * Implementations are safe for use by several threads and do not throw.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CommitTelemetry {

	/**
	 * Watches none.
	 */
	CommitTelemetry NONE = (origin) -> Activity.NONE;

	/**
	 * A transaction that has something to commit begins to do so. Called on its thread.
	 * Within a surrounding transaction this lasts until that one has ended.
	 * @param origin who commits
	 * @return the commit; its outcome is the name of a {@link CommitOutcome}
	 */
	Activity begin(CommitOrigin origin);

}
