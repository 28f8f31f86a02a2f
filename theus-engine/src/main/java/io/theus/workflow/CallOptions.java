package io.theus.workflow;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.Isolation;

/**
 * How a step calls its process, and what follows.
 *
 * @param isolation the isolation of this call, {@code null} for that of the workflow or
 * the process
 * @param timeout the limit of this call with all its attempts, {@code null} for that of
 * the process
 * @param retry when to try again, {@code null} for never
 * @param handlers what runs instead if the process fails as declared, the first that fits
 * @param compensation the process that undoes this one if the run fails later,
 * {@code null} for none
 * @since 0.1.0
 */
public record CallOptions(@Nullable Isolation isolation, @Nullable Duration timeout, @Nullable RetryRule retry,
		List<ErrorHandler> handlers, @Nullable Name compensation) {

	/**
	 * A plain call.
	 */
	public static final CallOptions NONE = new CallOptions(null, null, null, List.of(), null);

	/**
	 * Create options.
	 * @param isolation the isolation of this call
	 * @param timeout positive
	 * @param retry when to try again
	 * @param handlers copied
	 * @param compensation the process that undoes this one
	 */
	public CallOptions {
		handlers = List.copyOf(handlers);
	}

}
