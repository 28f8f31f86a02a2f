package io.theus.spring.observation;

import java.util.Map;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import org.jspecify.annotations.Nullable;

import io.theus.run.Run;
import io.theus.run.StepVisit;
import io.theus.workflow.Step;

/**
 * A visit to a step of a workflow, as it is observed. It receives the trace that its run
 * was started in, wherever and whenever that was.
 *
 * @since 0.1.0
 */
public final class StepObservationContext extends ReceiverContext<Map<String, String>> implements OutcomeContext {

	private final Run run;

	private final Step step;

	private volatile @Nullable String outcome;

	/**
	 * Create a context.
	 * @param run the run, with the trace that it was started in
	 * @param step the step
	 */
	public StepObservationContext(Run run, Step step) {
		super(Map::get, Kind.CONSUMER);
		this.run = run;
		this.step = step;
		setCarrier(run.trace());
	}

	/**
	 * Return which run visits the step.
	 * @return the run
	 */
	public Run getRun() {
		return this.run;
	}

	/**
	 * Return the step.
	 * @return the step as it is defined
	 */
	public Step getStep() {
		return this.step;
	}

	/**
	 * Return how the visit ended.
	 * @return the name of a {@link StepVisit.Outcome}, or {@code CANCELLED} if the run
	 * ended meanwhile; {@code null} while it goes on
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
