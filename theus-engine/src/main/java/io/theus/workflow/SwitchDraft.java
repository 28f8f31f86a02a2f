package io.theus.workflow;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.workflow.StepDraft.BlockDraft;

/**
 * Collects the cases of one {@code flux: switch}.
 */
final class SwitchDraft {

	private final Operand value;

	private final List<@Nullable Object> values = new ArrayList<>();

	private final List<BlockDraft> blocks = new ArrayList<>();

	SwitchDraft(Operand value) {
		this.value = value;
	}

	SwitchDraft when(@Nullable Object constant, List<StepDraft> steps) {
		this.values.add(StepRules.caseValue(constant, this.values));
		this.blocks.add(new BlockDraft("cases" + BlockNames.segment(constant), steps));
		return this;
	}

	StepDraft otherwise(@Nullable List<StepDraft> steps) {
		List<BlockDraft> all = new ArrayList<>(this.blocks);
		if (steps != null) {
			all.add(new BlockDraft("default", steps));
		}
		return StepDraft.of(all, this::create);
	}

	private Step create(StepLabel label, List<Block> made) {
		List<SwitchStep.Case> cases = new ArrayList<>();
		for (int i = 0; i < this.values.size(); i++) {
			cases.add(new SwitchStep.Case(this.values.get(i), made.get(i)));
		}
		return new SwitchStep(label, this.value, cases, (made.size() > cases.size()) ? made.get(cases.size()) : null);
	}

}
