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
import io.theus.internal.yaml.YamlScalar;

/**
 * A value in a step: a constant, or text, maps and lists in which expressions stand.
 * Immutable and safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class Operand {

	// A constant, a map, a list, or a Text where an expression stands
	private final @Nullable Object value;

	private Operand(@Nullable Object value) {
		this.value = value;
	}

	/**
	 * Create an operand of what was compiled already.
	 * @param compiled constants, maps and lists with a {@link Text} where an expression
	 * stands
	 * @return the operand
	 */
	static Operand compiled(@Nullable Object compiled) {
		return new Operand(compiled);
	}

	/**
	 * Create an operand from a Java value.
	 * @param value the value, in whose texts expressions may stand
	 * @param roots the first names that expressions may use
	 * @return the operand
	 * @throws io.theus.expression.ExpressionSyntaxException if an expression is invalid
	 */
	static Operand of(@Nullable Object value, Set<String> roots) {
		return new Operand(compile(value, roots));
	}

	private static @Nullable Object compile(@Nullable Object value, Set<String> roots) {
		if (value instanceof String text) {
			return Text.of(Template.compile(text, roots), null);
		}
		if (value instanceof Map<?, ?> map) {
			Map<Object, @Nullable Object> compiled = new LinkedHashMap<>();
			map.forEach((key, member) -> compiled.put(key, compile(member, roots)));
			return Collections.unmodifiableMap(compiled);
		}
		if (value instanceof List<?> list) {
			List<@Nullable Object> compiled = new ArrayList<>(list.size());
			list.forEach((element) -> compiled.add(compile(element, roots)));
			return Collections.unmodifiableList(compiled);
		}
		return value;
	}

	/**
	 * Return the value as it was written.
	 * @return a text that contains expressions is the text
	 */
	public @Nullable Object source() {
		return resolved(this.value, Text::source);
	}

	/**
	 * Return whether no expression stands in the value.
	 * @return whether it is the same for all runs
	 */
	public boolean isConstant() {
		return references().isEmpty() && !hasText(this.value);
	}

	private static boolean hasText(@Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			return map.values().stream().anyMatch(Operand::hasText);
		}
		return (value instanceof List<?> list) ? list.stream().anyMatch(Operand::hasText) : value instanceof Text;
	}

	/**
	 * Compute the value.
	 * @param scope what the expressions see
	 * @return the value, whose maps and lists are unmodifiable
	 */
	public @Nullable Object evaluate(StepScope scope) {
		// Most are one expression or a constant
		if (this.value instanceof Text text) {
			return text.evaluate(scope);
		}
		return resolved(this.value, (text) -> text.evaluate(scope));
	}

	private static @Nullable Object resolved(@Nullable Object value, Resolution resolution) {
		if (value instanceof Text text) {
			return resolution.of(text);
		}
		if (value instanceof Map<?, ?> map) {
			Map<String, @Nullable Object> resolved = new LinkedHashMap<>();
			map.forEach((key, member) -> resolved.put(String.valueOf(key), resolved(member, resolution)));
			return Collections.unmodifiableMap(resolved);
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
		resolved(this.value, (text) -> references.addAll(Reference.of(text.template.expressions(), text.scalar)));
		return references;
	}

	@Override
	public String toString() {
		return String.valueOf(source());
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

		private @Nullable Object evaluate(StepScope scope) {
			try {
				Object value = this.template.evaluate(scope);
				scope.evaluated(this.template.text(), value);
				return value;
			}
			catch (ExpressionEvaluationException ex) {
				throw scope.failed(ex,
						(this.scalar != null) ? this.scalar.error(ex.position(), ex.problem()).position() : null);
			}
		}

	}

}
