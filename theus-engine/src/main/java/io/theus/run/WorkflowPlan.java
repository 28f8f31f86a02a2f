package io.theus.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The steps that runs of a workflow can take, in the order of the document, those of
 * further workflows included. Nothing was run to find them. {@link #toString()} is a text
 * for people.
 *
 * @param workflow the name of the workflow
 * @param steps the steps
 * @since 0.1.0
 */
public record WorkflowPlan(String workflow, List<PlannedStep> steps) {

	/**
	 * Create a plan.
	 * @param workflow the name of the workflow
	 * @param steps copied
	 */
	public WorkflowPlan {
		steps = List.copyOf(steps);
	}

	/**
	 * Render the plan for people.
	 * @return one line for each step, block and process, indented, with a line break at
	 * the end of each
	 */
	@Override
	public String toString() {
		StringBuilder text = new StringBuilder("workflow ").append(this.workflow).append('\n');
		for (PlannedStep step : this.steps) {
			String indent = "  ".repeat(2 * step.depth());
			boolean outermost = step.depth() == 0 && step.block().equals("steps");
			if (!outermost && step.address().endsWith("[0]")) {
				text.append(indent).append(step.block()).append(":\n");
			}
			text.append(indent).append("  ").append(step).append('\n');
			step.processes().forEach((process) -> text.append(indent).append("      ").append(process).append('\n'));
		}
		return text.toString();
	}

	/**
	 * A step of a plan.
	 *
	 * @param workflow the name of the workflow that it belongs to
	 * @param id its id there
	 * @param address where it stands there, for example {@code steps[2].then[0]}
	 * @param kind what kind of step it is, as documents name it: {@code process},
	 * {@code if}, {@code for-each} ...
	 * @param depth in how many other steps it stands, 0 for the outermost
	 * @param block which part of the step around it it belongs to: {@code then},
	 * {@code do} ...; {@code steps} for the outermost
	 * @param facts what is said about it, by key, as it was written: conditions,
	 * arguments, time limits, retries, compensations
	 * @param processes what it may call
	 * @param note why the steps of the workflow that it runs do not follow, {@code null}
	 * if they do or it runs none
	 */
	public record PlannedStep(String workflow, String id, String address, String kind, int depth, String block,
			Map<String, String> facts, List<PlannedProcess> processes, @Nullable String note) {

		/**
		 * Create a step.
		 * @param workflow the name of its workflow
		 * @param id its id
		 * @param address where it stands
		 * @param kind what kind of step it is
		 * @param depth in how many other steps it stands
		 * @param block which part of the step around it it belongs to
		 * @param facts copied, order kept
		 * @param processes copied
		 * @param note what else there is to say
		 */
		public PlannedStep {
			facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
			processes = List.copyOf(processes);
		}

		@Override
		public String toString() {
			StringBuilder text = new StringBuilder("- ").append(this.kind);
			if (!this.id.equals(this.address)) {
				text.append(' ').append(this.id);
			}
			text.append("  (").append(this.address).append(')');
			this.facts.forEach((key, value) -> text.append(' ').append(key).append('=').append(value));
			return (this.note != null) ? text.append("  (").append(this.note).append(')').toString() : text.toString();
		}

	}

	/**
	 * A process that a step may call.
	 *
	 * @param id the id of the process
	 * @param reads patterns of what it declares to read
	 * @param writes patterns of what it declares to write
	 * @param emits topics of the signals that it declares
	 * @param sends topics of the messages that it declares
	 * @param sideEffects what it touches outside
	 */
	public record PlannedProcess(String id, List<String> reads, List<String> writes, List<String> emits,
			List<String> sends, List<String> sideEffects) {

		@Override
		public String toString() {
			StringBuilder text = new StringBuilder(this.id);
			append(text, "reads", this.reads);
			append(text, "writes", this.writes);
			append(text, "emits", this.emits);
			append(text, "sends", this.sends);
			append(text, "sideEffects", this.sideEffects);
			return text.toString();
		}

		private static void append(StringBuilder text, String key, List<String> values) {
			if (!values.isEmpty()) {
				text.append(' ').append(key).append('=').append(values);
			}
		}

	}

}
