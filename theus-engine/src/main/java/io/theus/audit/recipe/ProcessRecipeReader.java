package io.theus.audit.recipe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;

import io.theus.internal.yaml.YamlList;
import io.theus.internal.yaml.YamlMap;
import io.theus.internal.yaml.YamlNode;
import io.theus.internal.yaml.YamlScalar;
import io.theus.store.Verdict;

/**
 * Reads what a recipe says about a process or a template.
 */
final class ProcessRecipeReader {

	// The last two are declared by the processes themselves; Theus for Python has them
	// here
	private static final List<String> KEYS = RecipeKeys.of(RecipeKeys.POLICY, "inherits", "inputs", "outputs",
			"description", "side-effects", "errors");

	private static final List<String> RULE_KEYS = ruleKeys();

	// The contexts of Theus for Python are layers
	private static final Map<String, String> LAYERS = Map.of("domain_ctx", "domain", "global_ctx", "global",
			"system_ctx", "global");

	private ProcessRecipeReader() {
	}

	private static List<String> ruleKeys() {
		List<String> keys = RecipeKeys.of(RecipeKeys.POLICY, RecipeKeys.CHECKS);
		Collections.addAll(keys, "field", "condition", "value", "message", "description");
		return keys;
	}

	static ProcessRecipe read(YamlMap.Entry entry) {
		RecipeText name = new RecipeText(entry.key(), entry.name());
		ProcessRecipeBuilder builder = new ProcessRecipeBuilder(name);
		if (entry.value() instanceof YamlScalar scalar && scalar.value() == null) {
			return builder.build();
		}
		RecipeKeys keys = new RecipeKeys(entry.value().asMap(), KEYS);
		builder.policy(RecipeScalars.policy(keys));
		YamlNode inherits = keys.find("inherits");
		if (inherits != null) {
			List<YamlNode> names = (inherits instanceof YamlList list) ? list.items() : List.of(inherits);
			names.forEach((node) -> builder.inherits(RecipeScalars.text(node, "the name of a template")));
		}
		rules(keys, "inputs").forEach((rule) -> builder.rule(rule(Verdict.Kind.INPUT, rule)));
		rules(keys, "outputs").forEach((rule) -> builder.rule(rule(Verdict.Kind.OUTPUT, rule)));
		return builder.build();
	}

	private static List<YamlNode> rules(RecipeKeys keys, String name) {
		YamlNode node = keys.find(name);
		return (node != null) ? node.asList().items() : List.of();
	}

	private static RuleSpec rule(Verdict.Kind kind, YamlNode node) {
		RecipeKeys keys = new RecipeKeys(node.asMap(), RULE_KEYS);
		YamlNode named = keys.find("field");
		if (named == null) {
			throw node.error("missing key 'field'");
		}
		AuditRuleBuilder builder = new AuditRuleBuilder(kind, field(named));
		builder.policy(RecipeScalars.policy(keys));
		YamlNode message = keys.find("message");
		if (message != null) {
			builder.message(RecipeScalars.text(message, "a message").text());
		}
		readCondition(keys, builder);
		for (Map.Entry<String, YamlMap.Entry> entry : checks(keys).entrySet()) {
			check(builder, entry.getKey(), entry.getValue().value());
		}
		try {
			return builder.build();
		}
		catch (InvalidAuditRecipeException ex) {
			throw node.error(ex.problem());
		}
	}

	private static RecipeText field(YamlNode node) {
		RecipeText field = RecipeScalars.text(node, "the name of a field");
		int end = field.text().indexOf('.');
		String layer = (end > 0) ? LAYERS.get(field.text().substring(0, end)) : null;
		return (layer != null) ? new RecipeText(layer + field.text().substring(end), field.scalar()) : field;
	}

	// The condition of Theus for Python is the name of a check, whose operand is 'value'
	private static void readCondition(RecipeKeys keys, AuditRuleBuilder builder) {
		YamlNode condition = keys.find("condition");
		YamlMap.Entry value = keys.entries().get("value");
		if (value != null && condition == null) {
			throw value.error("key 'value' belongs to a 'condition' that names a check, write the check as a key");
		}
		if (condition == null) {
			return;
		}
		RecipeText text = RecipeScalars.text(condition, "an expression");
		if (value == null && !isPresence(text)) {
			builder.condition(text);
			return;
		}
		String check = isPresence(text) ? "required" : text.text().replace('_', '-');
		if (!List.of(RecipeKeys.CHECKS).contains(check)) {
			throw condition
				.error("with 'value' a condition names a check, known=%s".formatted(List.of(RecipeKeys.CHECKS)));
		}
		if (value == null) {
			builder.required();
		}
		else {
			check(builder, check, value.value());
		}
	}

	private static boolean isPresence(RecipeText condition) {
		return condition.text().equals("exists");
	}

	private static Map<String, YamlMap.Entry> checks(RecipeKeys keys) {
		Map<String, YamlMap.Entry> checks = new LinkedHashMap<>(keys.entries());
		checks.keySet().retainAll(List.of(RecipeKeys.CHECKS));
		return checks;
	}

	private static void check(AuditRuleBuilder builder, String key, YamlNode operand) {
		RecipeScalars.at(operand, () -> switch (key) {
			case "min" -> builder.min(RecipeScalars.number(operand));
			case "max" -> builder.max(RecipeScalars.number(operand));
			case "eq" -> builder.eq(RecipeScalars.value(operand));
			case "neq" -> builder.neq(RecipeScalars.value(operand));
			case "in" -> builder.in(values(operand));
			case "not-in" -> builder.notIn(values(operand));
			case "min-len" -> builder.minLen(RecipeScalars.wholeNumber(operand, 0, Long.MAX_VALUE));
			case "max-len" -> builder.maxLen(RecipeScalars.wholeNumber(operand, 0, Long.MAX_VALUE));
			case "regex" -> regex(builder, operand);
			case "type" -> builder.type(RecipeScalars.text(operand, "the name of a type").text());
			case "expression" -> builder.expression(RecipeScalars.text(operand, "an expression"));
			default -> RecipeScalars.bool(operand) ? builder.required() : builder;
		});
	}

	private static List<Object> values(YamlNode operand) {
		List<Object> values = new ArrayList<>();
		operand.asList().items().forEach((item) -> values.add(RecipeScalars.value(item)));
		return values;
	}

	private static AuditRuleBuilder regex(AuditRuleBuilder builder, YamlNode operand) {
		RecipeText regex = RecipeScalars.text(operand, "a regular expression");
		try {
			return builder.regex(regex.text());
		}
		catch (PatternSyntaxException ex) {
			throw operand.asScalar()
				.error(Math.max(0, ex.getIndex()), "invalid regular expression: " + ex.getDescription());
		}
	}

}
