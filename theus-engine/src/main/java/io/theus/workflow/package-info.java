/**
 * Workflows: what they are made of and how documents become workflows.
 * <p>
 * A {@link io.theus.workflow.Workflow} is an immutable tree of
 * {@link io.theus.workflow.Step}s, read from YAML by
 * {@link io.theus.workflow.WorkflowParser} or built in Java.
 * <p>
 * Invariants: a definition that was accepted names only inputs, results and first names
 * of expressions that exist; ids are unique; nothing in it changes.
 * <p>
 * The package must not know how workflows are run, nor Spring, nor where documents come
 * from.
 */
@NullMarked
package io.theus.workflow;

import org.jspecify.annotations.NullMarked;
