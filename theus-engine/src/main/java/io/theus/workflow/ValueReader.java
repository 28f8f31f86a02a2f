package io.theus.workflow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.theus.expression.Expression;
import io.theus.expression.ExpressionSyntaxException;
import io.theus.expression.Template;
import io.theus.internal.yaml.InvalidYamlException;
import io.theus.internal.yaml.SourcePosition;
import io.theus.internal.yaml.YamlList;
import io.theus.internal.yaml.YamlMap;
import io.theus.internal.yaml.YamlNode;
import io.theus.internal.yaml.YamlScalar;

/**
 * Reads values in which expressions stand.
 *
 * @param names the first names that the expressions may use
 */
record ValueReader(Set<String> names) {

	ValueReader with(String name) {
		return new ValueReader(StepRules.with(this.names, name));
	}

	Condition condition(YamlNode node) {
		YamlScalar scalar = node.asScalar();
		if (scalar.value() == null || scalar.text().isBlank()) {
			throw scalar.error("expected an expression, found nothing, quote it if it begins with '#'");
		}
		try {
			return new Condition(Expression.compile(scalar.text(), this.names), scalar);
		}
		catch (ExpressionSyntaxException ex) {
			throw invalid(scalar, ex);
		}
	}

	@Nullable Condition conditionIfPresent(@Nullable YamlNode node) {
		return (node != null) ? condition(node) : null;
	}

	Operand operand(YamlNode node) {
		if (node instanceof YamlScalar scalar && !scalar.isQuoted() && scalar.text().isEmpty()) {
			throw scalar.error("expected a value, found nothing, quote it if it begins with '#', or write null");
		}
		return Operand.compiled(value(node));
	}

	Operand operand(YamlNode node, UnaryOperator<Operand> rule) {
		Operand operand = operand(node);
		return Scalars.at(node, () -> rule.apply(operand));
	}

	StepArguments arguments(@Nullable YamlNode node) {
		if (node == null || Scalars.isNothing(node)) {
			return StepArguments.NONE;
		}
		Map<String, Operand> values = new LinkedHashMap<>();
		Map<String, SourcePosition> positions = new LinkedHashMap<>();
		for (YamlMap.Entry entry : node.asMap().entries()) {
			values.put(entry.key(), operand(entry.value()));
			positions.put(entry.key(), entry.position());
		}
		return new StepArguments(values, positions);
	}

	private @Nullable Object value(YamlNode node) {
		if (node instanceof YamlMap map) {
			Map<String, @Nullable Object> values = new LinkedHashMap<>();
			map.entries().forEach((entry) -> values.put(entry.key(), value(entry.value())));
			return Collections.unmodifiableMap(values);
		}
		if (node instanceof YamlList list) {
			List<@Nullable Object> values = new ArrayList<>(list.items().size());
			list.items().forEach((item) -> values.add(value(item)));
			return Collections.unmodifiableList(values);
		}
		YamlScalar scalar = node.asScalar();
		if (!(scalar.value() instanceof String text)) {
			return scalar.value();
		}
		try {
			return Operand.Text.of(Template.compile(text, this.names), scalar);
		}
		catch (ExpressionSyntaxException ex) {
			throw invalid(scalar, ex);
		}
	}

	private static InvalidYamlException invalid(YamlScalar scalar, ExpressionSyntaxException failure) {
		return scalar.error(failure.position(), "invalid expression: " + failure.problem());
	}

}
