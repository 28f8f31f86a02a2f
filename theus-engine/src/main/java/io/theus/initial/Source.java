package io.theus.initial;

import org.jspecify.annotations.Nullable;

import io.theus.InitialState;
import io.theus.internal.yaml.SourcePosition;

/**
 * Where a part of the initial content comes from.
 *
 * @param description names it in a message
 * @param position its place in a document, {@code null} for an initial state
 */
record Source(String description, @Nullable SourcePosition position) {

	private static final String LAMBDA = "$$Lambda";

	static Source of(InitialState state, int number) {
		String name = state.getClass().getName();
		int lambda = name.indexOf(LAMBDA);
		return new Source(
				"initial state %d '%s'".formatted(number, (lambda < 0) ? name : name.substring(0, lambda) + LAMBDA),
				null);
	}

	static Source of(SourcePosition position) {
		return new Source("'" + position + "'", position);
	}

}
