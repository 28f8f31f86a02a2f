package io.theus.workflow;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.workflow.StepDraft.BlockDraft;

/**
 * Collects the branches of one {@code flux: if}.
 */
final class IfDraft {

	private final List<Condition> conditions = new ArrayList<>();

	private final List<BlockDraft> blocks = new ArrayList<>();

	IfDraft branch(Condition condition, List<StepDraft> steps) {
		int alternative = this.conditions.size() - 1;
		this.conditions.add(condition);
		this.blocks.add(new BlockDraft((alternative < 0) ? "then" : "elif[" + alternative + "].then", steps));
		return this;
	}

	StepDraft otherwise(@Nullable List<StepDraft> steps) {
		if (steps != null) {
			this.blocks.add(new BlockDraft("else", steps));
		}
		return StepDraft.of(this.blocks, this::create);
	}

	private Step create(StepLabel label, List<Block> made) {
		List<IfStep.Branch> branches = new ArrayList<>();
		for (int i = 0; i < this.conditions.size(); i++) {
			branches.add(new IfStep.Branch(this.conditions.get(i), made.get(i)));
		}
		return new IfStep(label, branches, (made.size() > branches.size()) ? made.get(branches.size()) : null);
	}

}
