package io.theus.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.run.StepVisit.Outcome;
import io.theus.workflow.EveryStep;
import io.theus.workflow.ForEachStep;
import io.theus.workflow.ParallelStep;
import io.theus.workflow.Step;
import io.theus.workflow.WhileStep;
import io.theus.workflow.WorkflowStep;

/**
 * Where a run was, as far as its history goes back.
 */
final class RunMarks {

	/**
	 * No run.
	 */
	static final RunMarks NONE = new RunMarks(List.of(), true);

	private final boolean ended;

	private final Map<Place, Outcome> last = new HashMap<>();

	private final Map<Way, Long> counts = new HashMap<>();

	/**
	 * Read a history.
	 * @param visits what the run has visited, in order
	 * @param ended whether it has ended
	 */
	RunMarks(List<StepVisit> visits, boolean ended) {
		this.ended = ended;
		for (StepVisit visit : visits) {
			Place place = new Place(visit.step(), visit.address());
			this.last.put(place, visit.outcome());
			this.counts.merge(new Way(place, visit.outcome(), visit.block()), 1L, Long::sum);
		}
	}

	/**
	 * Count what became of a step.
	 * @param step the step
	 * @param outcome what became of it
	 * @return how often that was so
	 */
	long count(Step step, Outcome outcome) {
		return this.counts.getOrDefault(new Way(Place.of(step), outcome, null), 0L);
	}

	/**
	 * Count how often a part of a step was entered.
	 * @param step the step
	 * @param outcome why
	 * @param block the name of the part
	 * @return how often
	 */
	long count(Step step, Outcome outcome, String block) {
		return this.counts.getOrDefault(new Way(Place.of(step), outcome, block), 0L);
	}

	/**
	 * Tell how a step stands.
	 * @param step the step
	 * @return {@code done}, {@code active}, {@code waiting}, {@code failed} or
	 * {@code compensated}; {@code null} if the run was not there
	 */
	@Nullable String classOf(Step step) {
		Outcome outcome = this.last.get(Place.of(step));
		return (outcome != null) ? classOf(step, outcome) : null;
	}

	private String classOf(Step step, Outcome outcome) {
		return switch (outcome) {
			case COMPLETED, PASSED -> "done";
			case ENTERED -> (!this.ended && showsItsEnd(step)) ? "active" : "done";
			case FAILED, CAUGHT -> "failed";
			case RETRIED -> "active";
			case WAITING -> "waiting";
			case COMPENSATED -> "compensated";
		};
	}

	// Whether a run that has entered it says so when it leaves it
	private static boolean showsItsEnd(Step step) {
		return step instanceof WhileStep || step instanceof EveryStep || step instanceof ForEachStep
				|| step instanceof ParallelStep || step instanceof WorkflowStep;
	}

	/**
	 * A step.
	 *
	 * @param step its id
	 * @param address its address
	 */
	private record Place(String step, String address) {

		static Place of(Step step) {
			return new Place(step.id(), step.address());
		}

	}

	/**
	 * What happened at a step.
	 *
	 * @param place the step
	 * @param outcome what became of it
	 * @param block the part that was entered
	 */
	private record Way(Place place, Outcome outcome, @Nullable String block) {

	}

}
