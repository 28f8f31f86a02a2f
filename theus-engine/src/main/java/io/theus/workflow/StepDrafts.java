package io.theus.workflow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.workflow.StepDraft.BlockDraft;

/**
 * Drafts of the steps that need no collecting.
 */
final class StepDrafts {

	private StepDrafts() {
	}

	static StepDraft process(Name process, StepArguments arguments) {
		return new CallDraft().process(process, arguments);
	}

	static StepDraft loop(Condition condition, List<StepDraft> body) {
		return StepDraft.withBody("do", body, (label, block) -> new WhileStep(label, condition, block));
	}

	static StepDraft group(List<StepDraft> steps) {
		return StepDraft.withBody("steps", steps, GroupStep::new);
	}

	static StepDraft forEach(Operand items, String variable, int parallel, List<StepDraft> body) {
		return StepDraft.withBody("do", body,
				(label, block) -> new ForEachStep(label, items, variable, parallel, block));
	}

	static StepDraft parallel(List<List<StepDraft>> branches, ParallelStep.Join join) {
		List<BlockDraft> blocks = new ArrayList<>(branches.size());
		for (List<StepDraft> branch : branches) {
			blocks.add(new BlockDraft("branches[" + blocks.size() + "]", branch));
		}
		return StepDraft.of(blocks, (label, made) -> new ParallelStep(label, made, join));
	}

	static StepDraft workflow(Name workflow, StepArguments arguments) {
		return StepDraft.withoutBlocks((label) -> new WorkflowStep(label, workflow, arguments));
	}

	static StepDraft sleep(Operand duration) {
		return StepDraft.withoutBlocks((label) -> new SleepStep(label, duration));
	}

	static StepDraft every(Duration period, EveryStep.Overrun overrun, @Nullable Condition until,
			List<StepDraft> body) {
		return StepDraft.withBody("do", body, (label, block) -> new EveryStep(label, period, overrun, until, block));
	}

	static StepDraft emit(String topic, Operand payload) {
		return StepDraft.withoutBlocks((label) -> new EmitStep(label, topic, payload));
	}

	static StepDraft returning(Operand value) {
		return StepDraft.withoutBlocks((label) -> new ReturnStep(label, value));
	}

	static StepDraft fail(String error, Operand message) {
		return StepDraft.withoutBlocks((label) -> new FailStep(label, error, message));
	}

}
