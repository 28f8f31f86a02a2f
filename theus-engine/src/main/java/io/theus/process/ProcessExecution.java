package io.theus.process;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * An execution that has ended.
 *
 * @param process the process
 * @param executionId its identity
 * @param outcome how it ended
 * @param attempts how many attempts there were
 * @param duration how long it took, waits included
 * @param failure what it failed with, {@code null} if it committed
 * @since 0.1.0
 */
public record ProcessExecution(ProcessDefinition process, String executionId, ProcessOutcome outcome, int attempts,
		Duration duration, @Nullable Throwable failure) {

}
