package io.theus.workflow;

import org.jspecify.annotations.Nullable;

import io.theus.internal.yaml.SourcePosition;

/**
 * Who a step is.
 *
 * @param id its identity in its workflow
 * @param address where it stands in its workflow, for example {@code steps[2].then[0]}
 * @param position where it stands in its document, {@code null} if it was built in Java
 * @since 0.1.0
 */
public record StepLabel(String id, String address, @Nullable SourcePosition position) {

}
