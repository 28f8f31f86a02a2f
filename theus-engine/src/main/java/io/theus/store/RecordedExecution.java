package io.theus.store;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * An execution under a key, kept so that a repetition returns what the first one did.
 *
 * @param process the id of the process
 * @param key what identifies the execution among those of the process
 * @param fingerprint a digest of its arguments, lower-case hexadecimal
 * @param result what it returned, an accepted value
 * @param retention how long after the commit it is kept
 * @since 0.1.0
 */
public record RecordedExecution(String process, String key, String fingerprint, @Nullable Object result,
		Duration retention) {

}
