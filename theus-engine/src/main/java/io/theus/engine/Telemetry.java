package io.theus.engine;

import io.theus.process.ProcessTelemetry;
import io.theus.run.RunTelemetry;
import io.theus.telemetry.ThreadContext;
import io.theus.transaction.CommitTelemetry;

/**
 * Who watches an engine. Forks and simulations are not watched.
 *
 * @param processes watches executions
 * @param commits watches commits
 * @param runs watches the steps of runs
 * @param context takes along what is bound to the thread of a caller where work goes on
 * on a thread of the engine
 * @since 0.1.0
 */
public record Telemetry(ProcessTelemetry processes, CommitTelemetry commits, RunTelemetry runs, ThreadContext context) {

	/**
	 * Nobody.
	 */
	public static final Telemetry NONE = new Telemetry(ProcessTelemetry.NONE, CommitTelemetry.NONE, RunTelemetry.NONE,
			ThreadContext.NONE);

}
