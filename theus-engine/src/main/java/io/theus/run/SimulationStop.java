package io.theus.run;

import java.util.List;

/**
 * Why a simulation does not go on at a step.
 *
 * @param kind the kind of reason
 * @param step the id of the step
 * @param address where the step stands in its workflow
 * @param reason the reason as a sentence, with what to do about it
 * @param values the expressions that were evaluated for the step since it was visited
 * last, in order
 * @since 0.1.0
 */
public record SimulationStop(Kind kind, String step, String address, String reason, List<SimulatedStep.Value> values) {

	/**
	 * Create a reason.
	 * @param kind its kind
	 * @param step the step
	 * @param address where it stands
	 * @param reason the sentence
	 * @param values copied
	 */
	public SimulationStop {
		values = List.copyOf(values);
	}

	@Override
	public String toString() {
		return this.reason;
	}

	/**
	 * Kinds of reasons.
	 */
	public enum Kind {

		/**
		 * It waits for a signal that nobody sends.
		 */
		SIGNAL,

		/**
		 * It waits for a condition that nothing brings about.
		 */
		CONDITION,

		/**
		 * It calls a process with side effects for which nothing stands in.
		 */
		SIDE_EFFECT,

		/**
		 * Undoing it has failed, and an operator would have to decide.
		 */
		INCIDENT,

		/**
		 * The simulation has made as many visits as it may.
		 */
		VISITS,

		/**
		 * It rests longer than the simulation lasts.
		 */
		TIME

	}

}
