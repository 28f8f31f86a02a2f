package io.theus.conflict;

import java.time.Duration;

import io.theus.path.Path;
import io.theus.store.CommitOrigin;

/**
 * An attempt that was refused because of a conflict.
 *
 * @param origin whose attempt it was
 * @param path the path that stood against it
 * @param conflicts how many attempts of the execution were refused so far, this one
 * included
 * @param maxAttempts how many attempts the execution may have
 * @param waited how long the execution has waited so far
 * @param ticket whether the execution holds a ticket
 * @since 0.1.0
 */
public record FailedAttempt(CommitOrigin origin, Path path, int conflicts, int maxAttempts, Duration waited,
		boolean ticket) {

}
