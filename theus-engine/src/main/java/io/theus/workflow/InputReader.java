package io.theus.workflow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.theus.error.Suggestions;
import io.theus.internal.yaml.YamlMap;
import io.theus.internal.yaml.YamlNode;

/**
 * Reads the inputs of a workflow: a type by name, or a map of type and default.
 */
final class InputReader {

	private static final List<String> KEYS = List.of("type", "default");

	private static final List<String> TYPES = Stream.of(InputType.values()).map(InputType::key).toList();

	private InputReader() {
	}

	static Map<String, WorkflowInput> read(@Nullable YamlNode node) {
		Map<String, WorkflowInput> inputs = new LinkedHashMap<>();
		if (node != null && !Scalars.isNothing(node)) {
			for (YamlMap.Entry entry : node.asMap().entries()) {
				inputs.put(entry.key(), input(entry));
			}
		}
		return inputs;
	}

	private static WorkflowInput input(YamlMap.Entry entry) {
		if (entry.key().isBlank()) {
			throw entry.error("an input needs a name");
		}
		if (!(entry.value() instanceof YamlMap declaration)) {
			return new WorkflowInput(entry.key(), type(entry.value()), true, null);
		}
		declaration.checkKeys(KEYS);
		YamlNode declaredType = declaration.find("type");
		InputType type = (declaredType != null) ? type(declaredType) : InputType.ANY;
		YamlNode declaredDefault = declaration.find("default");
		if (declaredDefault == null) {
			return new WorkflowInput(entry.key(), type, true, null);
		}
		return new WorkflowInput(entry.key(), type, false, defaultValue(declaredDefault, type));
	}

	private static InputType type(YamlNode node) {
		if (Scalars.isNothing(node)) {
			return InputType.ANY;
		}
		String name = Scalars.text(node, "a type");
		return InputType.named(name)
			.orElseThrow(() -> node
				.error("unknown type '%s'%s, known=%s".formatted(name, Suggestions.didYouMean(name, TYPES), TYPES)));
	}

	private static @Nullable Object defaultValue(YamlNode node, InputType type) {
		Object value = node.toPlain();
		if (value != null && !type.accepts(value)) {
			throw node.error(
					"the default does not have the type, expected=%s, found %s".formatted(type.key(), node.describe()));
		}
		if (value instanceof String text && text.contains("#{")) {
			throw node.error("a default is a constant, compute the value where the input is used");
		}
		return value;
	}

}
