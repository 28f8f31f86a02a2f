package io.theus.audit;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Why an engine has stopped.
 *
 * @param version the commit by which it stopped
 * @param time when
 * @param rule the rule that was violated
 * @param path where the value is that violates it
 * @param problem what is wrong, without the value
 * @param origin who has violated it: {@code process 'transfer'}
 * @param executionId the execution, {@code null} outside processes
 * @since 0.1.0
 */
public record EngineStop(long version, Instant time, String rule, String path, String problem, String origin,
		@Nullable String executionId) {

}
