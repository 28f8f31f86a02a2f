package io.theus.workflow;

import java.util.List;
import java.util.function.Function;

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

	static StepDraft of(List<BlockDraft> blocks, Creation creation) {
		return new StepDraft(null, null, null, null, blocks, creation);
	}

	static StepDraft withoutBlocks(Function<StepLabel, Step> creation) {
		return of(List.of(), (label, blocks) -> creation.apply(label));
	}

	static StepDraft withBody(String name, List<StepDraft> body, BodyCreation creation) {
		return of(List.of(new BlockDraft(name, body)), (label, blocks) -> creation.create(label, blocks.get(0)));
	}

	StepDraft withId(String newId, @Nullable SourcePosition newPosition) {
		return new StepDraft(newId, newPosition, this.preferredId, this.position, this.blocks, this.creation);
	}

	StepDraft preferring(String newId) {
		return new StepDraft(this.id, this.idPosition, newId, this.position, this.blocks, this.creation);
	}

	StepDraft at(SourcePosition newPosition) {
		return new StepDraft(this.id, this.idPosition, this.preferredId, newPosition, this.blocks, this.creation);
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

	/**
	 * Makes a step that has one block.
	 */
	@FunctionalInterface
	interface BodyCreation {

		/**
		 * Make the step.
		 * @param label who it is
		 * @param body its block
		 * @return the step
		 */
		Step create(StepLabel label, Block body);

	}

}
