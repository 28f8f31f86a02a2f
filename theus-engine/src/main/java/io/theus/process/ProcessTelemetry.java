package io.theus.process;

import io.theus.Isolation;
import io.theus.telemetry.Activity;

/**
 * Watches executions while they go on. A {@link ProcessListener} hears of them when they
 * are over.
 * <p>
 * Implementations are safe for use by several threads and do not throw.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ProcessTelemetry {

	/**
	 * Watches none.
	 */
	ProcessTelemetry NONE = (process, executionId, isolation) -> Activity.NONE;

	/**
	 * An execution begins, with all its attempts and the waits between them. What joins
	 * it is a part of it, and what runs in forks is not watched. Called on the thread
	 * that begins it, which for what was submitted is a thread of the engine.
	 * @param process the process
	 * @param executionId its identity
	 * @param isolation how it is isolated, never the default
	 * @return the execution, bound to each thread that works on it; its outcome is the
	 * name of a {@link ProcessOutcome}
	 */
	Activity begin(ProcessDefinition process, String executionId, Isolation isolation);

}
