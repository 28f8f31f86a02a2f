package io.theus.process;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.state.Snapshot;

/**
 * What a call of a process has come to.
 *
 * @param value what the process returned
 * @param commits the versions that the call made, in order, usually one or none
 * @since 0.1.0
 */
public record CallOutcome(@Nullable Object value, List<Snapshot> commits) {

}
