package io.theus.workflow;

import java.util.List;

import io.theus.internal.yaml.YamlMap;
import io.theus.internal.yaml.YamlNode;

/**
 * Reads steps that end the workflow: {@code return} and {@code fail}.
 *
 * @param steps reads the values in them
 */
record EndReader(StepReader steps) {

	private static final List<String> RETURN_KEYS = List.of("flux", "id", "value");

	private static final List<String> FAIL_KEYS = List.of("flux", "id", "error", "message");

	StepDraft returning(YamlMap map) {
		StepReader.check(map, RETURN_KEYS);
		YamlNode value = map.find("value");
		return StepDrafts.returning((value != null) ? this.steps.values().operand(value) : Operand.compiled(null));
	}

	StepDraft fail(YamlMap map) {
		StepReader.check(map, FAIL_KEYS);
		YamlNode message = map.find("message");
		return StepDrafts.fail(Scalars.error(map.require("error")).text(),
				(message != null) ? this.steps.values().operand(message) : Operand.compiled(""));
	}

}
