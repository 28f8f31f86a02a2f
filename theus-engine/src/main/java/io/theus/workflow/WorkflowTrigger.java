package io.theus.workflow;

import org.jspecify.annotations.Nullable;

/**
 * A signal that starts runs of a workflow.
 *
 * @param signal the topic
 * @param where what has to hold for the signal, {@code null} if each will do
 * @param key gives the key of the run, {@code null} for runs without one
 * @param arguments its inputs; what is missing comes from the members of the payload of
 * the same names
 * @since 0.1.0
 */
public record WorkflowTrigger(Name signal, @Nullable Condition where, @Nullable Operand key, StepArguments arguments) {

}
