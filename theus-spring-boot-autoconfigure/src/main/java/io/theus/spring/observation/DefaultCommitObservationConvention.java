package io.theus.spring.observation;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

import io.theus.store.CommitOrigin;
import io.theus.store.CommitOrigin.Kind;

/**
 * Observes commits as {@code theus.commit}, by kind, process ({@code none} for what is no
 * process), outcome and store, with the id of the execution for traces.
 *
 * @since 0.1.0
 */
public final class DefaultCommitObservationConvention implements CommitObservationConvention {

	@Override
	public String getName() {
		return "theus.commit";
	}

	@Override
	public String getContextualName(CommitObservationContext context) {
		String process = process(context.getOrigin());
		return (process != null) ? "commit " + process : "commit";
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(CommitObservationContext context) {
		CommitOrigin origin = context.getOrigin();
		// They are sorted for each observation twice, which is quick where they are
		// already
		return KeyValues.of(KeyValue.of("kind", origin.kind().name()), OutcomeKey.of(context),
				OutcomeKey.orNone("process", process(origin)), KeyValue.of("store", context.getStore()));
	}

	// Names of other origins are free text, such as the reason of an edit
	private static @Nullable String process(CommitOrigin origin) {
		return (origin.kind() == Kind.PROCESS) ? origin.name() : null;
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(CommitObservationContext context) {
		String execution = context.getOrigin().executionId();
		return (execution != null) ? KeyValues.of("theus.execution.id", execution) : KeyValues.empty();
	}

}
