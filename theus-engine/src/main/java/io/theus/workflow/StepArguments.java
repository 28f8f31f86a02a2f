package io.theus.workflow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.internal.yaml.SourcePosition;

/**
 * What a step passes by name. Immutable and safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class StepArguments {

	/**
	 * No arguments.
	 */
	static final StepArguments NONE = new StepArguments(Map.of(), Map.of());

	private final Map<String, Operand> values;

	private final Map<String, SourcePosition> positions;

	/**
	 * Create arguments.
	 * @param values the values by name
	 * @param positions where the names stand
	 */
	StepArguments(Map<String, Operand> values, Map<String, SourcePosition> positions) {
		this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
		this.positions = Map.copyOf(positions);
	}

	/**
	 * Create arguments from Java values.
	 * @param values the values by argument, copied
	 * @param roots the first names that expressions may use
	 * @return the arguments
	 * @throws io.theus.expression.ExpressionSyntaxException if an expression is invalid
	 */
	static StepArguments of(Map<String, ? extends @Nullable Object> values, Set<String> roots) {
		Map<String, Operand> compiled = new LinkedHashMap<>();
		values.forEach((name, value) -> compiled.put(name, Operand.of(value, roots)));
		return new StepArguments(compiled, Map.of());
	}

	/**
	 * Return the names of the arguments.
	 * @return unmodifiable, in the order in which they were written
	 */
	public Set<String> names() {
		return this.values.keySet();
	}

	/**
	 * Return an argument.
	 * @param name its name
	 * @return what gives its value, {@code null} if there is no such argument
	 */
	public @Nullable Operand get(String name) {
		return this.values.get(name);
	}

	/**
	 * Return the values as they were written.
	 * @return unmodifiable; a text that contains expressions is the text
	 */
	public Map<String, @Nullable Object> toMap() {
		Map<String, @Nullable Object> sources = new LinkedHashMap<>();
		this.values.forEach((name, value) -> sources.put(name, value.source()));
		return Collections.unmodifiableMap(sources);
	}

	/**
	 * Return where an argument stands.
	 * @param name its name
	 * @return the place, {@code null} if it was built in Java
	 */
	public @Nullable SourcePosition position(String name) {
		return this.positions.get(name);
	}

	/**
	 * Compute the values.
	 * @param scope what the expressions see
	 * @return the values by name, to be completed by the caller
	 */
	public Map<String, @Nullable Object> evaluate(StepScope scope) {
		Map<String, @Nullable Object> evaluated = new LinkedHashMap<>();
		this.values.forEach((name, value) -> evaluated.put(name, value.evaluate(scope)));
		return evaluated;
	}

	List<Reference> references() {
		List<Reference> references = new ArrayList<>();
		this.values.values().forEach((value) -> references.addAll(value.references()));
		return references;
	}

	@Override
	public String toString() {
		return toMap().toString();
	}

}
