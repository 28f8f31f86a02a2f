package io.theus.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.theus.process.ProcessDefinition;
import io.theus.workflow.Block;
import io.theus.workflow.CallStep;
import io.theus.workflow.ProcessStep;
import io.theus.workflow.Step;
import io.theus.workflow.WorkflowStep;

/**
 * A step that may call a process, directly in a block or somewhere in a workflow that the
 * block runs.
 *
 * @param owner the workflow of the step
 * @param step the step
 * @param process a process that it may call
 * @param inner whether the step belongs to a workflow that another step runs, with other
 * inputs and results
 */
record Site(BoundWorkflow owner, Step step, ProcessDefinition process, boolean inner) {

	/**
	 * List all calls in a block.
	 * @param owner the workflow of the block, linked
	 * @param block the block
	 * @return the calls in the order of the document, those of each workflow that is run
	 * once
	 */
	static List<Site> in(BoundWorkflow owner, Block block) {
		List<Site> sites = new ArrayList<>();
		collect(owner, block, false, new HashSet<>(), sites::add);
		return sites;
	}

	private static void collect(BoundWorkflow owner, Block block, boolean inner, Set<BoundWorkflow> seen,
			Consumer<Site> found) {
		for (Step step : block.steps()) {
			if (step instanceof ProcessStep process) {
				found.accept(new Site(owner, step, owner.call(process).process(), inner));
			}
			else if (step instanceof CallStep call) {
				owner.allowed(call).forEach((process) -> found.accept(new Site(owner, step, process, inner)));
			}
			else if (step instanceof WorkflowStep other) {
				BoundWorkflow run = owner.linked(other).workflow();
				if (seen.add(run)) {
					collect(run, run.workflow().body(), true, seen, found);
					Block onError = run.workflow().options().onError();
					if (onError != null) {
						collect(run, onError, true, seen, found);
					}
				}
			}
			step.blocks().forEach((part) -> collect(owner, part, inner, seen, found));
		}
	}

	@Override
	public String toString() {
		return "'" + this.step.id() + "'" + (this.inner ? " in '" + this.owner.workflow().name() + "'" : "");
	}

}
