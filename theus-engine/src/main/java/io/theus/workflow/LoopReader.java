package io.theus.workflow;

import java.util.ArrayList;
import java.util.List;

import io.theus.internal.yaml.YamlList;
import io.theus.internal.yaml.YamlMap;
import io.theus.internal.yaml.YamlNode;

/**
 * Reads steps that hold a body, or several side by side: {@code while}, {@code for-each},
 * {@code every}, {@code run} and {@code parallel}.
 *
 * @param steps reads the steps in them
 */
record LoopReader(StepReader steps) {

	private static final List<String> WHILE_KEYS = List.of("flux", "id", "condition", "do");

	private static final List<String> FOR_EACH_KEYS = List.of("flux", "id", "in", "as", "do", "parallel");

	private static final List<String> EVERY_KEYS = List.of("flux", "id", "period", "overrun", "until", "do");

	private static final List<String> GROUP_KEYS = List.of("flux", "id", "steps");

	private static final List<String> PARALLEL_KEYS = List.of("flux", "id", "branches", "join");

	StepDraft loop(YamlMap map) {
		StepReader.check(map, WHILE_KEYS);
		return StepDrafts.loop(this.steps.values().condition(map.require("condition")),
				this.steps.steps(map.require("do")));
	}

	StepDraft forEach(YamlMap map) {
		StepReader.check(map, FOR_EACH_KEYS);
		Operand items = this.steps.values().operand(map.require("in"), StepRules::items);
		YamlNode as = map.find("as");
		String variable = (as != null) ? variable(as) : StepRules.ITEM;
		YamlNode parallel = map.find("parallel");
		return StepDrafts.forEach(items, variable, (parallel != null) ? Scalars.smallNumber(parallel, 1) : 1,
				this.steps.with(variable).steps(map.require("do")));
	}

	private static String variable(YamlNode node) {
		String name = Scalars.text(node, "the name of an item");
		return Scalars.at(node, () -> StepRules.variable(name));
	}

	StepDraft every(YamlMap map) {
		StepReader.check(map, EVERY_KEYS);
		YamlNode overrun = map.find("overrun");
		return StepDrafts.every(Scalars.duration(map.require("period")),
				(overrun != null) ? Scalars.constant(overrun, "overrun", EveryStep.Overrun.class)
						: EveryStep.Overrun.SKIP,
				this.steps.values().conditionIfPresent(map.find("until")), this.steps.steps(map.require("do")));
	}

	StepDraft group(YamlMap map) {
		StepReader.check(map, GROUP_KEYS);
		return StepDrafts.group(this.steps.steps(map.require("steps")));
	}

	StepDraft parallel(YamlMap map) {
		StepReader.check(map, PARALLEL_KEYS);
		YamlNode node = map.require("branches");
		List<YamlNode> items = node.asList().items();
		Scalars.at(node, () -> StepRules.notEmpty("branches", items));
		List<List<StepDraft>> branches = new ArrayList<>(items.size());
		items.forEach((item) -> branches.add(branch(item)));
		YamlNode join = map.find("join");
		return StepDrafts.parallel(branches,
				(join != null) ? Scalars.constant(join, "join", ParallelStep.Join.class) : ParallelStep.Join.ALL);
	}

	private List<StepDraft> branch(YamlNode node) {
		if (!(node instanceof YamlList)) {
			throw node.error("expected a list of steps, found %s, put the branch into brackets or below a '-'"
				.formatted(node.describe()));
		}
		return this.steps.steps(node);
	}

}
