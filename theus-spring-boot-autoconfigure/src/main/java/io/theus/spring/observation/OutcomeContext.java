package io.theus.spring.observation;

import org.jspecify.annotations.Nullable;

/**
 * What is observed and ends in one of a few ways.
 */
interface OutcomeContext {

	@Nullable String getOutcome();

	void setOutcome(String outcome);

}
