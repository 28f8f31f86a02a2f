package io.theus.transaction;

import io.theus.error.TheusException;
import io.theus.store.CommitOrigin;

/**
 * Work of the engine was dropped because the transaction that surrounded it was rolled
 * back.
 *
 * @since 0.1.0
 */
public final class RolledBackException extends TheusException {

	RolledBackException(CommitOrigin origin) {
		super("%s was dropped: the surrounding transaction was rolled back".formatted(origin));
	}

}
