package io.theus.workflow;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.internal.yaml.YamlMap;
import io.theus.internal.yaml.YamlNode;
import io.theus.internal.yaml.YamlScalar;

/**
 * Reads steps that choose: {@code if} and {@code switch}.
 *
 * @param steps reads the steps in them
 */
record ChoiceReader(StepReader steps) {

	private static final List<String> IF_KEYS = List.of("flux", "id", "condition", "then", "elif", "else");

	private static final List<String> ELIF_KEYS = List.of("condition", "then");

	private static final List<String> SWITCH_KEYS = List.of("flux", "id", "value", "cases", "default");

	StepDraft choice(YamlMap map) {
		StepReader.check(map, IF_KEYS);
		YamlNode otherwise = map.find("else");
		IfDraft draft = new IfDraft();
		// Only its else may matter
		YamlNode then = (otherwise != null) ? map.find("then") : map.require("then");
		draft.branch(this.steps.values().condition(map.require("condition")),
				(then != null) ? this.steps.steps(then) : List.of());
		YamlNode alternatives = map.find("elif");
		if (alternatives != null && !Scalars.isNothing(alternatives)) {
			for (YamlNode alternative : alternatives.asList().items()) {
				YamlMap branch = alternative.asMap();
				branch.checkKeys(ELIF_KEYS);
				draft.branch(this.steps.values().condition(branch.require("condition")),
						this.steps.steps(branch.require("then")));
			}
		}
		return draft.otherwise(this.steps.stepsIfPresent(otherwise));
	}

	StepDraft cases(YamlMap map) {
		StepReader.check(map, SWITCH_KEYS);
		SwitchDraft draft = new SwitchDraft(this.steps.values().operand(map.require("value"), StepRules::computed));
		YamlNode cases = map.require("cases");
		if (!Scalars.isNothing(cases)) {
			for (YamlMap.Entry entry : cases.asMap().entries()) {
				List<StepDraft> body = this.steps.steps(entry.value());
				Object value = caseValue(entry.name());
				Scalars.at(entry.name(), () -> draft.when(value, body));
			}
		}
		return draft.otherwise(this.steps.stepsIfPresent(map.find("default")));
	}

	// None is null in expressions and a text in YAML: its author has to decide
	private static @Nullable Object caseValue(YamlScalar name) {
		if (!name.isQuoted() && name.text().equals("None")) {
			throw name.error("'None' is a text here, write null for no value, or \"None\" for the text");
		}
		return name.value();
	}

}
