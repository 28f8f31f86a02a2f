package io.theus.workflow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.error.Suggestions;
import io.theus.expression.Expression;
import io.theus.expression.ExpressionSyntaxException;
import io.theus.expression.Template;
import io.theus.internal.yaml.InvalidYamlException;
import io.theus.internal.yaml.SourcePosition;
import io.theus.internal.yaml.YamlList;
import io.theus.internal.yaml.YamlMap;
import io.theus.internal.yaml.YamlNode;
import io.theus.internal.yaml.YamlScalar;

/**
 * Reads the steps of a document. What it dislikes, it says as an error of the node.
 */
final class StepReader {

	private static final List<String> KINDS = List.of("if", "while", "run");

	private static final Set<String> LATER_KINDS = Set.of("switch", "for-each", "parallel", "workflow", "call", "wait",
			"sleep", "every", "emit", "return", "fail");

	private static final List<String> STEP_KEYS = List.of("process", "flux");

	private static final List<String> PROCESS_KEYS = List.of("process", "id", "with");

	private static final Set<String> LATER_PROCESS_KEYS = Set.of("isolation", "timeout", "retry", "catch",
			"compensate");

	private static final List<String> IF_KEYS = List.of("flux", "id", "condition", "then", "elif", "else");

	private static final List<String> ELIF_KEYS = List.of("condition", "then");

	private static final List<String> WHILE_KEYS = List.of("flux", "id", "condition", "do");

	private static final List<String> GROUP_KEYS = List.of("flux", "id", "steps");

	private StepReader() {
	}

	static List<StepDraft> steps(YamlNode node) {
		if (WorkflowParser.isNothing(node)) {
			return List.of();
		}
		return node.asList().items().stream().map(StepReader::step).toList();
	}

	private static StepDraft step(YamlNode node) {
		if (node instanceof YamlList list) {
			throw list.error("a list in a list of steps means parallel steps, which are not supported in this version,"
					+ " put the steps one after the other");
		}
		if (!(node instanceof YamlMap map)) {
			String process = WorkflowParser.text(node, "a step: the name of a process or a map");
			return StepDraft.process(node.position(), process, node.position(), StepArguments.NONE);
		}
		YamlNode kind = map.find("flux");
		StepDraft draft = (kind != null) ? flux(map, kind) : process(map);
		YamlNode id = map.find("id");
		return (id != null) ? draft.withId(WorkflowParser.text(id, "the id of the step"), id.position()) : draft;
	}

	private static StepDraft process(YamlMap map) {
		YamlNode process = map.find("process");
		if (process == null) {
			throw notAStep(map);
		}
		WorkflowParser.checkKeys(map, PROCESS_KEYS, LATER_PROCESS_KEYS);
		String name = WorkflowParser.text(process, "the name of a process");
		return StepDraft.process(map.position(), name, process.position(), arguments(map.find("with")));
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

	private static StepDraft flux(YamlMap map, YamlNode kindNode) {
		YamlMap.Entry process = map.entry("process");
		if (process != null) {
			throw process.error("a step has either 'process' or 'flux', not both, make two steps of it");
		}
		String kind = WorkflowParser.text(kindNode, "a kind of step").replace('_', '-');
		return switch (kind) {
			case "if" -> choice(map);
			case "while" -> {
				map.checkKeys(WHILE_KEYS);
				yield StepDraft.loop(map.position(), condition(map.require("condition")), steps(map.require("do")));
			}
			case "run" -> {
				map.checkKeys(GROUP_KEYS);
				yield StepDraft.group(map.position(), steps(map.require("steps")));
			}
			default -> throw kindNode.error(LATER_KINDS.contains(kind)
					? "step kind '%s' is not supported in this version, known=%s".formatted(kind, KINDS)
					: "unknown step kind '%s'%s, known=%s".formatted(kind, Suggestions.didYouMean(kind, KINDS), KINDS));
		};
	}

	private static StepDraft choice(YamlMap map) {
		map.checkKeys(IF_KEYS);
		YamlNode otherwise = map.find("else");
		IfDraft draft = new IfDraft();
		// Only its else may matter
		YamlNode then = (otherwise != null) ? map.find("then") : map.require("then");
		draft.branch(condition(map.require("condition")), (then != null) ? steps(then) : List.of());
		YamlNode alternatives = map.find("elif");
		if (alternatives != null && !WorkflowParser.isNothing(alternatives)) {
			for (YamlNode alternative : alternatives.asList().items()) {
				YamlMap branch = alternative.asMap();
				branch.checkKeys(ELIF_KEYS);
				draft.branch(condition(branch.require("condition")), steps(branch.require("then")));
			}
		}
		return draft.otherwise(map.position(), (otherwise != null) ? steps(otherwise) : null);
	}

	private static Condition condition(YamlNode node) {
		YamlScalar scalar = node.asScalar();
		if (scalar.text().isBlank()) {
			throw scalar.error("expected an expression, found nothing, quote it if it begins with '#'");
		}
		try {
			return new Condition(Expression.compile(scalar.text(), StepScope.ROOTS), scalar);
		}
		catch (ExpressionSyntaxException ex) {
			throw invalid(scalar, ex);
		}
	}

	private static InvalidYamlException invalid(YamlScalar scalar, ExpressionSyntaxException failure) {
		return scalar.error(failure.position(), "invalid expression: " + failure.problem());
	}

	private static StepArguments arguments(@Nullable YamlNode node) {
		if (node == null || WorkflowParser.isNothing(node)) {
			return StepArguments.NONE;
		}
		Map<String, Operand> values = new LinkedHashMap<>();
		Map<String, SourcePosition> positions = new LinkedHashMap<>();
		for (YamlMap.Entry entry : node.asMap().entries()) {
			values.put(entry.key(), Operand.compiled(value(entry.value())));
			positions.put(entry.key(), entry.position());
		}
		return new StepArguments(values, positions);
	}

	private static @Nullable Object value(YamlNode node) {
		if (node instanceof YamlMap map) {
			Map<String, @Nullable Object> values = new LinkedHashMap<>();
			map.entries().forEach((entry) -> values.put(entry.key(), value(entry.value())));
			return Collections.unmodifiableMap(values);
		}
		if (node instanceof YamlList list) {
			List<@Nullable Object> values = new ArrayList<>(list.items().size());
			list.items().forEach((item) -> values.add(value(item)));
			return Collections.unmodifiableList(values);
		}
		YamlScalar scalar = node.asScalar();
		if (!(scalar.value() instanceof String text)) {
			return scalar.value();
		}
		try {
			return Operand.Text.of(Template.compile(text, StepScope.ROOTS), scalar);
		}
		catch (ExpressionSyntaxException ex) {
			throw invalid(scalar, ex);
		}
	}

}
