/**
 * Runs of workflows: checked against the registered processes, started, watched, ended.
 * <p>
 * The engine's {@link io.theus.run.Workflows} bind definitions to processes and start
 * {@link io.theus.run.Run}s of them.
 * <p>
 * Invariants: each process step is a transaction of its own; a condition reads one
 * snapshot and changes nothing; where a run stands is a value, not the stack of a thread;
 * every loop is bounded.
 * <p>
 * A run does not know whether it is real: what is outside of it is a
 * {@code RunEnvironment}, either the threads, the clock and the processes of an engine or
 * those of a {@link io.theus.run.Simulation}.
 * <p>
 * The package must not know Spring, nor where documents come from.
 */
@NullMarked
package io.theus.run;

import org.jspecify.annotations.NullMarked;
