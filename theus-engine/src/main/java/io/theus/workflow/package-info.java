/**
 * Workflows: what they are made of, how documents become workflows, and how one runs.
 * <p>
 * A {@link io.theus.workflow.Workflow} is an immutable tree of
 * {@link io.theus.workflow.Step}s, read from YAML by
 * {@link io.theus.workflow.WorkflowParser} or built in Java. The engine's
 * {@link io.theus.workflow.Workflows} check it against the registered processes and start
 * {@link io.theus.workflow.Run}s of it.
 * <p>
 * Invariants: a definition that was accepted names only processes, arguments, inputs and
 * steps that exist; each process step is a transaction of its own; a condition reads one
 * snapshot and changes nothing; where a run stands is a value, not the stack of a thread;
 * every loop is bounded.
 * <p>
 * The package must not know Spring, nor where documents come from.
 */
@NullMarked
package io.theus.workflow;

import org.jspecify.annotations.NullMarked;
