package io.theus.workflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.theus.internal.yaml.SourcePosition;

/**
 * Gives the steps of a workflow their addresses and ids. An id that an author gave comes
 * first; then, in the order of the document, a step takes the name of its process if no
 * other step has it as its id, and its address otherwise.
 */
final class StepNumbering {

	private static final Pattern ID = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_-]*");

	private final String workflow;

	private final Map<String, StepDraft> given = new HashMap<>();

	private final Set<String> taken = new HashSet<>();

	private StepNumbering(String workflow) {
		this.workflow = workflow;
	}

	static Numbered number(String workflow, List<StepDraft> steps, @Nullable List<StepDraft> onError) {
		StepNumbering numbering = new StepNumbering(workflow);
		numbering.collect(steps);
		if (onError != null) {
			numbering.collect(onError);
		}
		numbering.taken.addAll(numbering.given.keySet());
		return new Numbered(numbering.block("steps", "steps", steps),
				(onError != null) ? numbering.block("on-error", "on-error", onError) : null);
	}

	private void collect(List<StepDraft> steps) {
		for (StepDraft step : steps) {
			if (step.id() != null) {
				claim(step.id(), step);
			}
			step.blocks().forEach((block) -> collect(block.steps()));
		}
	}

	private void claim(String id, StepDraft step) {
		if (!ID.matcher(id).matches()) {
			throw new InvalidWorkflowException(this.workflow,
					"step id '%s' is no name, use letters, digits, '_' and '-', and begin with a letter".formatted(id),
					step.idPosition(), null);
		}
		StepDraft earlier = this.given.putIfAbsent(id, step);
		if (earlier != null) {
			throw new InvalidWorkflowException(this.workflow,
					"duplicate step id '%s'%s, give one of the steps another id".formatted(id,
							line(earlier.idPosition())),
					step.idPosition(), null);
		}
	}

	private static String line(@Nullable SourcePosition position) {
		return (position != null) ? ", it was given before in line " + position.line() : "";
	}

	private Block block(String name, String address, List<StepDraft> drafts) {
		List<Step> steps = new ArrayList<>(drafts.size());
		for (StepDraft draft : drafts) {
			steps.add(step(address + "[" + steps.size() + "]", draft));
		}
		return new Block(name, address, steps);
	}

	private Step step(String address, StepDraft draft) {
		StepLabel label = new StepLabel(id(address, draft), address, draft.position());
		List<Block> blocks = new ArrayList<>(draft.blocks().size());
		draft.blocks().forEach((block) -> blocks.add(block(block.name(), address + "." + block.name(), block.steps())));
		return draft.creation().create(label, blocks);
	}

	private String id(String address, StepDraft draft) {
		if (draft.id() != null) {
			return draft.id();
		}
		String preferred = draft.preferredId();
		return (preferred != null && this.taken.add(preferred)) ? preferred : address;
	}

	/**
	 * The steps of a workflow with their addresses and ids.
	 *
	 * @param body the outermost block
	 * @param onError what runs after a failure, {@code null} for nothing
	 */
	record Numbered(Block body, @Nullable Block onError) {

	}

}
