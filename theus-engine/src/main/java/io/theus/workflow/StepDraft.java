package io.theus.workflow;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.internal.yaml.SourcePosition;

/**
 * A step before it has its identity: what the parser reads and a builder collects.
 *
 * @param id the id that its author gave it, {@code null} for none
 * @param idPosition where that id stands, {@code null} if it stands nowhere
 * @param preferredId the id to have if it is free, {@code null} for the address
 * @param position where the step stands, {@code null} if it was built in Java
 * @param blocks the blocks in it
 * @param creation makes the step
 */
record StepDraft(@Nullable String id, @Nullable SourcePosition idPosition, @Nullable String preferredId,
		@Nullable SourcePosition position, List<BlockDraft> blocks, Creation creation) {

	static StepDraft process(@Nullable SourcePosition position, String process,
			@Nullable SourcePosition processPosition, StepArguments arguments) {
		String shortName = process.substring(process.lastIndexOf('.') + 1);
		return new StepDraft(null, null, shortName, position, List.of(), (label, blocks) -> new ProcessStep(label,
				new Name(process, processPosition), arguments, CallOptions.NONE));
	}

	static StepDraft loop(@Nullable SourcePosition position, Condition condition, List<StepDraft> body) {
		return new StepDraft(null, null, null, position, List.of(new BlockDraft("do", body)),
				(label, blocks) -> new WhileStep(label, condition, blocks.get(0)));
	}

	static StepDraft group(@Nullable SourcePosition position, List<StepDraft> steps) {
		return new StepDraft(null, null, null, position, List.of(new BlockDraft("steps", steps)),
				(label, blocks) -> new GroupStep(label, blocks.get(0)));
	}

	StepDraft withId(String newId, @Nullable SourcePosition newPosition) {
		return new StepDraft(newId, newPosition, this.preferredId, this.position, this.blocks, this.creation);
	}

	/**
	 * Steps that follow each other.
	 *
	 * @param name which part of the step they are
	 * @param steps the steps in order
	 */
	record BlockDraft(String name, List<StepDraft> steps) {

	}

	/**
	 * Makes a step.
	 */
	@FunctionalInterface
	interface Creation {

		/**
		 * Make the step.
		 * @param label who it is
		 * @param blocks its blocks, in the order of the drafts
		 * @return the step
		 */
		Step create(StepLabel label, List<Block> blocks);

	}

}
