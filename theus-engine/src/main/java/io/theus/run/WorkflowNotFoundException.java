package io.theus.run;

import java.util.Collection;

import io.theus.error.Suggestions;
import io.theus.error.TheusException;

/**
 * No workflow has the name that was used.
 *
 * @since 0.1.0
 */
public final class WorkflowNotFoundException extends TheusException {

	private static final int SHOWN = 20;

	private final String workflow;

	WorkflowNotFoundException(String workflow, Collection<String> known) {
		super("workflow '%s' not found%s, known=%s".formatted(workflow, Suggestions.didYouMean(workflow, known),
				known.stream().sorted().limit(SHOWN).toList()));
		this.workflow = workflow;
	}

	/**
	 * Return the name that was used.
	 * @return the name
	 */
	public String workflow() {
		return this.workflow;
	}

}
