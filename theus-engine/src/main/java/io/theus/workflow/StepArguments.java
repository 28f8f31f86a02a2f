package io.theus.workflow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.expression.ExpressionEvaluationException;
import io.theus.expression.Template;
import io.theus.internal.yaml.SourcePosition;
import io.theus.internal.yaml.YamlScalar;

/**
 * What a step passes to its process: values by argument, in which texts may contain
 * expressions. Immutable and safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class StepArguments {

	static final StepArguments NONE = new StepArguments(Map.of(), Map.of());

	// Constants, maps, lists, and a Text where an expression stands
	private final Map<String, @Nullable Object> values;

	private final Map<String, SourcePosition> positions;

	/**
	 * Create arguments.
	 * @param values constants, maps and lists, with a {@link Text} where an expression
	 * stands
	 * @param positions where the names stand
	 */
	StepArguments(Map<String, ? extends @Nullable Object> values, Map<String, SourcePosition> positions) {
		this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
		this.positions = Map.copyOf(positions);
	}

	/**
	 * Create arguments from Java values.
	 * @param values the values by argument, copied
	 * @return the arguments
	 * @throws io.theus.expression.ExpressionSyntaxException if an expression is invalid
	 */
	static StepArguments of(Map<String, ? extends @Nullable Object> values) {
		Map<String, @Nullable Object> compiled = new LinkedHashMap<>();
		values.forEach((name, value) -> compiled.put(name, compile(value)));
		return new StepArguments(compiled, Map.of());
	}

	private static @Nullable Object compile(@Nullable Object value) {
		if (value instanceof String text) {
			return Text.of(Template.compile(text, RunScope.ROOTS), null);
		}
		if (value instanceof Map<?, ?> map) {
			Map<Object, @Nullable Object> compiled = new LinkedHashMap<>();
			map.forEach((key, member) -> compiled.put(key, compile(member)));
			return Collections.unmodifiableMap(compiled);
		}
		if (value instanceof List<?> list) {
			List<@Nullable Object> compiled = new ArrayList<>(list.size());
			list.forEach((element) -> compiled.add(compile(element)));
			return Collections.unmodifiableList(compiled);
		}
		return value;
	}

	/**
	 * Return the names of the arguments.
	 * @return unmodifiable, in the order in which they were written
	 */
	public Set<String> names() {
		return this.values.keySet();
	}

	/**
	 * Return the values as they were written.
	 * @return unmodifiable; a text that contains expressions is the text
	 */
	public Map<String, @Nullable Object> toMap() {
		return members(this.values, Text::source);
	}

	@Nullable SourcePosition position(String name) {
		return this.positions.get(name);
	}

	Map<String, @Nullable Object> evaluate(RunScope scope) {
		return members(this.values, (text) -> text.evaluate(scope));
	}

	private static Map<String, @Nullable Object> members(Map<?, ?> map, Resolution resolution) {
		Map<String, @Nullable Object> resolved = new LinkedHashMap<>();
		map.forEach((key, value) -> resolved.put(String.valueOf(key), resolved(value, resolution)));
		return Collections.unmodifiableMap(resolved);
	}

	private static @Nullable Object resolved(@Nullable Object value, Resolution resolution) {
		if (value instanceof Text text) {
			return resolution.of(text);
		}
		if (value instanceof Map<?, ?> map) {
			return members(map, resolution);
		}
		if (value instanceof List<?> list) {
			List<@Nullable Object> resolved = new ArrayList<>(list.size());
			list.forEach((element) -> resolved.add(resolved(element, resolution)));
			return Collections.unmodifiableList(resolved);
		}
		return value;
	}

	List<Reference> references() {
		List<Reference> references = new ArrayList<>();
		members(this.values, (text) -> references.addAll(Reference.of(text.template.expressions(), text.scalar)));
		return references;
	}

	/**
	 * What takes the place of a text with expressions.
	 */
	@FunctionalInterface
	private interface Resolution {

		@Nullable Object of(Text text);

	}

	/**
	 * A text that contains expressions, where it stands.
	 */
	static final class Text {

		private final Template template;

		private final @Nullable YamlScalar scalar;

		private Text(Template template, @Nullable YamlScalar scalar) {
			this.template = template;
			this.scalar = scalar;
		}

		// A text without expressions stands for itself
		static Object of(Template template, @Nullable YamlScalar scalar) {
			return template.expressions().isEmpty() ? template.text() : new Text(template, scalar);
		}

		private String source() {
			return this.template.text();
		}

		private @Nullable Object evaluate(RunScope scope) {
			try {
				Object value = this.template.evaluate(scope);
				scope.trace(this.template.text(), value);
				return value;
			}
			catch (ExpressionEvaluationException ex) {
				throw scope.failed(ex, this.scalar);
			}
		}

	}

}
