package io.theus.workflow;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Collects the steps within another step.
 * <p>
 * Not safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class StepsBuilder extends StepSequence<StepsBuilder> {

	private StepsBuilder(Set<String> names) {
		super(names);
	}

	static List<StepDraft> collect(Set<String> names, Consumer<StepsBuilder> body) {
		StepsBuilder builder = new StepsBuilder(names);
		body.accept(builder);
		return List.copyOf(builder.steps());
	}

	@Override
	StepsBuilder self() {
		return this;
	}

}
