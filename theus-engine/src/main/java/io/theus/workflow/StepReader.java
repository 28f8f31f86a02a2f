package io.theus.workflow;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.error.Suggestions;
import io.theus.internal.yaml.InvalidYamlException;
import io.theus.internal.yaml.YamlList;
import io.theus.internal.yaml.YamlMap;
import io.theus.internal.yaml.YamlNode;

/**
 * Reads the steps of a document; a reader for each family of steps knows its keys. What
 * they dislike, they say as an error of the node.
 *
 * @param values reads the values in the steps
 */
record StepReader(ValueReader values) {

	private static final List<String> KINDS = List.of("if", "while", "run", "switch", "for-each", "parallel",
			"workflow", "call", "wait", "sleep", "every", "emit", "return", "fail");

	private static final List<String> STEP_KEYS = List.of("process", "flux");

	static StepReader inDocument() {
		return new StepReader(new ValueReader(StepScope.ROOTS));
	}

	/**
	 * Return a reader of the steps in which a further first name exists.
	 * @param name the name
	 * @return the reader
	 */
	StepReader with(String name) {
		return new StepReader(this.values.with(name));
	}

	List<StepDraft> steps(YamlNode node) {
		if (Scalars.isNothing(node)) {
			return List.of();
		}
		return node.asList().items().stream().map(this::step).toList();
	}

	@Nullable List<StepDraft> stepsIfPresent(@Nullable YamlNode node) {
		return (node != null) ? steps(node) : null;
	}

	private StepDraft step(YamlNode node) {
		if (node instanceof YamlList list) {
			return sideBySide(list).at(list.position());
		}
		if (!(node instanceof YamlMap map)) {
			Name process = Scalars.name(node, "a step: the name of a process or a map");
			return StepDrafts.process(process, StepArguments.NONE).at(node.position());
		}
		YamlNode kind = map.find("flux");
		StepDraft draft = ((kind != null) ? flux(map, kind) : process(map)).at(map.position());
		YamlNode id = map.find("id");
		return (id != null) ? draft.withId(Scalars.text(id, "the id of the step"), id.position()) : draft;
	}

	private StepDraft sideBySide(YamlList list) {
		if (list.items().isEmpty()) {
			throw list.error("a list in a list of steps means parallel steps, but it is empty, give at least one");
		}
		List<List<StepDraft>> branches = new ArrayList<>(list.items().size());
		list.items().forEach((item) -> branches.add(List.of(step(item))));
		return StepDrafts.parallel(branches, ParallelStep.Join.ALL);
	}

	private StepDraft process(YamlMap map) {
		if (map.entry("process") == null) {
			throw notAStep(map);
		}
		return new CallReader(this).process(map);
	}

	private static InvalidYamlException notAStep(YamlMap map) {
		for (YamlMap.Entry entry : map.entries()) {
			if (Suggestions.closest(entry.key(), STEP_KEYS).isPresent()) {
				return entry.error("unknown key '%s'%s, a step has either 'process' or 'flux'".formatted(entry.key(),
						Suggestions.didYouMean(entry.key(), STEP_KEYS)));
			}
		}
		return map.error("missing key 'process' or 'flux', a step has one of them");
	}

	private StepDraft flux(YamlMap map, YamlNode kindNode) {
		String kind = Scalars.text(kindNode, "a kind of step").replace('_', '-');
		YamlMap.Entry process = map.entry("process");
		if (process != null && !kind.equals("call")) {
			throw process.error("a step has either 'process' or 'flux', not both, make two steps of it");
		}
		return switch (kind) {
			case "if" -> new ChoiceReader(this).choice(map);
			case "switch" -> new ChoiceReader(this).cases(map);
			case "while" -> new LoopReader(this).loop(map);
			case "for-each" -> new LoopReader(this).forEach(map);
			case "every" -> new LoopReader(this).every(map);
			case "run" -> new LoopReader(this).group(map);
			case "parallel" -> new LoopReader(this).parallel(map);
			case "workflow" -> new CallReader(this).workflow(map);
			case "call" -> new CallReader(this).call(map);
			case "wait" -> new SignalReader(this).await(map);
			case "sleep" -> new SignalReader(this).sleep(map);
			case "emit" -> new SignalReader(this).emit(map);
			case "return" -> new EndReader(this).returning(map);
			case "fail" -> new EndReader(this).fail(map);
			default -> throw kindNode.error(
					"unknown step kind '%s'%s, known=%s".formatted(kind, Suggestions.didYouMean(kind, KINDS), KINDS));
		};
	}

	/**
	 * Refuse keys that a kind of step does not have.
	 * @param map the step
	 * @param known its keys
	 */
	static void check(YamlMap map, List<String> known) {
		for (YamlMap.Entry entry : map.entries()) {
			if (CallReader.OPTIONS.contains(entry.key()) && !known.contains(entry.key())) {
				throw entry.error("key '%s' belongs to a step that calls a process, known=%s".formatted(entry.key(),
						known.stream().sorted().toList()));
			}
		}
		map.checkKeys(known);
	}

}
