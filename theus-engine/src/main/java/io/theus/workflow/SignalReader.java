package io.theus.workflow;

import java.util.List;

import io.theus.internal.yaml.YamlMap;
import io.theus.internal.yaml.YamlNode;

/**
 * Reads steps that wait or speak: {@code wait}, {@code sleep} and {@code emit}.
 *
 * @param steps reads the steps in them
 */
record SignalReader(StepReader steps) {

	private static final List<String> WAIT_KEYS = List.of("flux", "id", "signal", "where", "until", "timeout", "then",
			"else");

	private static final List<String> SLEEP_KEYS = List.of("flux", "id", "for");

	private static final List<String> EMIT_KEYS = List.of("flux", "id", "signal", "payload");

	StepDraft await(YamlMap map) {
		StepReader.check(map, WAIT_KEYS);
		WaitDraft draft = awaited(map);
		YamlMap.Entry where = map.entry("where");
		if (where != null) {
			Condition condition = this.steps.values().with(StepRules.PAYLOAD).condition(where.value());
			Scalars.at(where.name(), () -> draft.where(condition));
		}
		YamlNode timeout = map.find("timeout");
		if (timeout != null) {
			draft.timeout(this.steps.values().operand(timeout, StepRules::time));
		}
		YamlNode then = map.find("then");
		if (then != null) {
			draft.then(this.steps.steps(then));
		}
		YamlMap.Entry otherwise = map.entry("else");
		if (otherwise == null) {
			return draft.complete();
		}
		draft.otherwise(this.steps.steps(otherwise.value()));
		return Scalars.at(otherwise.name(), draft::complete);
	}

	private WaitDraft awaited(YamlMap map) {
		YamlNode signal = map.find("signal");
		YamlMap.Entry until = map.entry("until");
		if (signal != null && until != null) {
			throw until.error("a wait has either 'signal' or 'until', not both, make two steps of it");
		}
		if (signal != null) {
			return WaitDraft.forSignal(Scalars.topic(signal));
		}
		if (until == null) {
			throw map.error("missing key 'signal' or 'until', a wait has one of them");
		}
		return WaitDraft.until(this.steps.values().condition(until.value()));
	}

	StepDraft sleep(YamlMap map) {
		StepReader.check(map, SLEEP_KEYS);
		return StepDrafts.sleep(this.steps.values().operand(map.require("for"), StepRules::time));
	}

	StepDraft emit(YamlMap map) {
		StepReader.check(map, EMIT_KEYS);
		YamlNode payload = map.find("payload");
		return StepDrafts.emit(Scalars.topic(map.require("signal")),
				(payload != null) ? this.steps.values().operand(payload) : Operand.compiled(null));
	}

}
