package io.theus.workflow;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.theus.Isolation;

/**
 * What a definition says about all its runs.
 *
 * @param version what its author calls this version of the definition, {@code null} for
 * nothing
 * @param maxOps how many operations a run may take between two suspensions, {@code null}
 * for the engine's limit
 * @param timeout how long a run may take, waits included, {@code null} for no limit
 * @param isolation the isolation of steps that state none, {@code null} for that of their
 * processes
 * @param onError what runs after a failure and its compensations, {@code null} for
 * nothing
 * @param trigger what starts runs, {@code null} for nothing
 * @since 0.1.0
 */
public record WorkflowOptions(@Nullable String version, @Nullable Long maxOps, @Nullable Duration timeout,
		@Nullable Isolation isolation, @Nullable Block onError, @Nullable WorkflowTrigger trigger) {

	/**
	 * Nothing is said.
	 */
	public static final WorkflowOptions NONE = new WorkflowOptions(null, null, null, null, null, null);

}
