package io.theus.workflow;

/**
 * Collects the steps within another step.
 * <p>
 * Not safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class StepsBuilder extends StepSequence<StepsBuilder> {

	StepsBuilder() {
	}

	@Override
	StepsBuilder self() {
		return this;
	}

}
