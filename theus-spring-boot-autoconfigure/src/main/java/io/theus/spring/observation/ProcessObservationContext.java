package io.theus.spring.observation;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

import io.theus.Isolation;
import io.theus.process.ProcessDefinition;
import io.theus.process.ProcessOutcome;

/**
 * An execution of a process, as it is observed.
 *
 * @since 0.1.0
 */
public final class ProcessObservationContext extends Observation.Context implements OutcomeContext {

	private final ProcessDefinition process;

	private final String executionId;

	private final Isolation isolation;

	private volatile @Nullable String outcome;

	/**
	 * Create a context.
	 * @param process the process
	 * @param executionId the identity of the execution
	 * @param isolation how it is isolated
	 */
	public ProcessObservationContext(ProcessDefinition process, String executionId, Isolation isolation) {
		this.process = process;
		this.executionId = executionId;
		this.isolation = isolation;
	}

	/**
	 * Return what is executed.
	 * @return the process
	 */
	public ProcessDefinition getProcess() {
		return this.process;
	}

	/**
	 * Return the identity of the execution.
	 * @return a text that no other execution has
	 */
	public String getExecutionId() {
		return this.executionId;
	}

	/**
	 * Return how the execution is isolated.
	 * @return the isolation, never the default
	 */
	public Isolation getIsolation() {
		return this.isolation;
	}

	/**
	 * Return how the execution ended.
	 * @return the name of a {@link ProcessOutcome}, {@code null} while it goes on
	 */
	@Override
	public @Nullable String getOutcome() {
		return this.outcome;
	}

	@Override
	public void setOutcome(String newOutcome) {
		this.outcome = newOutcome;
	}

}
