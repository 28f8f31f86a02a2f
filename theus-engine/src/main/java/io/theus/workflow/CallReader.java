package io.theus.workflow;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.theus.internal.yaml.YamlMap;
import io.theus.internal.yaml.YamlNode;

/**
 * Reads steps that call something: a process, one that an expression names, a workflow.
 *
 * @param steps reads the steps that handle errors
 */
record CallReader(StepReader steps) {

	/** How a process is called. */
	static final List<String> OPTIONS = List.of("isolation", "timeout", "retry", "catch", "compensate");

	private static final List<String> PROCESS_KEYS = withOptions("process", "id", "with");

	private static final List<String> CALL_KEYS = withOptions("flux", "id", "process", "allow", "with");

	private static final List<String> WORKFLOW_KEYS = List.of("flux", "id", "name", "with");

	private static final List<String> RETRY_KEYS = List.of("attempts", "backoff", "errors");

	private static List<String> withOptions(String... keys) {
		return Stream.concat(Stream.of(keys), OPTIONS.stream()).toList();
	}

	StepDraft process(YamlMap map) {
		map.checkKeys(PROCESS_KEYS);
		Name name = Scalars.name(map.require("process"), "the name of a process");
		StepArguments arguments = this.steps.values().arguments(map.find("with"));
		return options(map).process(name, arguments);
	}

	StepDraft call(YamlMap map) {
		map.checkKeys(CALL_KEYS);
		Operand process = this.steps.values().operand(map.require("process"), StepRules::computedProcess);
		List<Name> allowed = names(map.require("allow"));
		Scalars.at(map.require("allow"), () -> StepRules.notEmpty("allow", allowed));
		YamlNode with = map.find("with");
		Operand arguments = (with != null && !Scalars.isNothing(with))
				? this.steps.values().operand(with, StepRules::argumentMap) : Operand.compiled(Map.of());
		return options(map).call(process, allowed, arguments);
	}

	private static List<Name> names(YamlNode node) {
		return node.asList().items().stream().map((item) -> Scalars.name(item, "the name of a process")).toList();
	}

	StepDraft workflow(YamlMap map) {
		StepReader.check(map, WORKFLOW_KEYS);
		return StepDrafts.workflow(Scalars.name(map.require("name"), "the name of a workflow"),
				this.steps.values().arguments(map.find("with")));
	}

	private CallDraft options(YamlMap map) {
		CallDraft draft = new CallDraft();
		YamlNode isolation = map.find("isolation");
		if (isolation != null) {
			draft.isolation(Scalars.isolation(isolation));
		}
		YamlNode timeout = map.find("timeout");
		if (timeout != null) {
			draft.timeout(Scalars.duration(timeout));
		}
		YamlNode retry = map.find("retry");
		if (retry != null) {
			draft.retry(retry(retry.asMap()));
		}
		handlers(map.find("catch"), draft);
		YamlNode compensation = map.find("compensate");
		if (compensation != null) {
			draft.compensation(Scalars.name(compensation, "the name of a process"));
		}
		return draft;
	}

	private static RetryRule retry(YamlMap map) {
		map.checkKeys(RETRY_KEYS);
		YamlNode errors = map.find("errors");
		return new RetryRule(Scalars.smallNumber(map.require("attempts"), 2), backoff(map.find("backoff")),
				(errors != null) ? errors.asList().items().stream().map(Scalars::error).toList() : List.of());
	}

	private static Duration backoff(@Nullable YamlNode node) {
		if (node == null) {
			return CallDraft.BACKOFF;
		}
		String text = node.asScalar().text();
		return Scalars.at(node, () -> StepRules.notNegative(StepRules.duration(text)));
	}

	private void handlers(@Nullable YamlNode node, CallDraft draft) {
		if (node == null || Scalars.isNothing(node)) {
			return;
		}
		for (YamlMap.Entry entry : node.asMap().entries()) {
			draft.handler(Scalars.error(entry.name()), this.steps.steps(entry.value()));
		}
	}

}
