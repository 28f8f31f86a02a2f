package io.theus.workflow;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.internal.yaml.SourcePosition;
import io.theus.internal.yaml.YamlMap;
import io.theus.internal.yaml.YamlNode;
import io.theus.internal.yaml.YamlScalar;

/**
 * Reads what a document says about the workflow as a whole.
 *
 * @param document the outermost map
 */
record DocumentReader(YamlMap document) {

	private static final List<String> KEYS = List.of("steps", "name", "version", "inputs", "max-ops", "timeout",
			"isolation", "on-error", "on");

	private static final Set<String> LATER_KEYS = Set.of("schedule", "migrations");

	private static final Set<String> GRAPH_KEYS = Set.of("nodes", "states");

	private static final List<String> TRIGGER_KEYS = List.of("signal", "where", "key", "with");

	void checkKeys() {
		for (YamlMap.Entry entry : this.document.entries()) {
			if (GRAPH_KEYS.contains(entry.key())) {
				throw entry.error("key '%s' belongs to the graph form of workflows, which is not supported, list the"
					.formatted(entry.key()) + " steps in their order under 'steps'");
			}
			if (LATER_KEYS.contains(entry.key())) {
				throw entry.error("key '%s' is not supported in this version, known=%s".formatted(entry.key(), KEYS));
			}
		}
		Keys.check(this.document, KEYS);
	}

	String name(String defaultName) {
		YamlNode name = this.document.find("name");
		return (name != null) ? Scalars.text(name, "the name of the workflow") : defaultName;
	}

	Workflow read(String name) {
		Map<String, WorkflowInput> inputs = InputReader.read(this.document.find("inputs"));
		StepReader reader = StepReader.inDocument();
		YamlNode steps = this.document.find("steps");
		StepNumbering.Numbered numbered = StepNumbering.number(name, (steps != null) ? reader.steps(steps) : List.of(),
				reader.stepsIfPresent(Keys.find(this.document, "on-error")));
		YamlNode named = this.document.find("name");
		SourcePosition position = (named != null) ? named.position() : this.document.position();
		return new Workflow(name, position.resource(), position, numbered.body(), inputs, options(numbered.onError()));
	}

	private WorkflowOptions options(@Nullable Block onError) {
		YamlNode maxOps = Keys.find(this.document, "max-ops");
		YamlNode timeout = this.document.find("timeout");
		YamlNode isolation = this.document.find("isolation");
		return new WorkflowOptions(version(), (maxOps != null) ? Scalars.wholeNumber(maxOps, 1) : null,
				(timeout != null) ? Scalars.duration(timeout) : null,
				(isolation != null) ? Scalars.isolation(isolation) : null, onError, trigger());
	}

	// 1.10 is a number in YAML, but not the version 1.1
	private @Nullable String version() {
		YamlNode node = this.document.find("version");
		if (node == null) {
			return null;
		}
		YamlScalar version = node.asScalar();
		if (version.value() == null || version.text().isBlank()) {
			throw version.error("expected the version of the workflow, found " + version.describe());
		}
		return version.text();
	}

	private @Nullable WorkflowTrigger trigger() {
		YamlNode node = this.document.find("on");
		if (node == null) {
			return null;
		}
		if (node instanceof YamlScalar) {
			return new WorkflowTrigger(signal(node), null, null, StepArguments.NONE);
		}
		YamlMap map = node.asMap();
		map.checkKeys(TRIGGER_KEYS);
		ValueReader values = new ValueReader(TriggerBuilder.NAMES);
		YamlNode key = map.find("key");
		return new WorkflowTrigger(signal(map.require("signal")), values.conditionIfPresent(map.find("where")),
				(key != null) ? values.operand(key, StepRules::computed) : null, values.arguments(map.find("with")));
	}

	private static Name signal(YamlNode node) {
		return new Name(Scalars.topic(node), node.position());
	}

}
