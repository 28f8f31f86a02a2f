package io.theus.workflow;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.theus.annotation.Durations;
import io.theus.error.Excerpt;
import io.theus.error.Suggestions;
import io.theus.expression.Expression;
import io.theus.path.InvalidTopicException;
import io.theus.path.TopicPattern;

/**
 * What the values in steps have to be, for documents and for steps from Java. Each rule
 * returns the value or throws an {@link IllegalArgumentException} whose message is one
 * sentence; a parser adds the place.
 */
final class StepRules {

	/** A first name that exists where a signal is looked at. */
	static final String PAYLOAD = "payload";

	/** The name of an item if its author gives none. */
	static final String ITEM = "item";

	// The time of a step becomes nanoseconds in a long; this is a third of what fits
	private static final Duration LONGEST = Duration.ofDays(36_500);

	private static final Pattern ERROR = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.$-]*");

	private StepRules() {
	}

	static Duration positive(Duration duration) {
		if (duration.isZero() || duration.isNegative()) {
			throw new IllegalArgumentException("a duration must be positive, found " + duration);
		}
		return notNegative(duration);
	}

	static Duration notNegative(Duration duration) {
		if (duration.isNegative()) {
			throw new IllegalArgumentException("a duration must not be negative, found " + duration);
		}
		if (duration.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException("a duration of %d days is too long, use at most %dd"
				.formatted(duration.toDays(), LONGEST.toDays()));
		}
		return duration;
	}

	static Duration duration(String text) {
		return Durations.parse(text)
			.orElseThrow(() -> new IllegalArgumentException(
					"expected a duration, found text '%s', write for example 500ms, 10s, 2m or PT10S".formatted(text)));
	}

	static int atLeast(int least, String what, int value) {
		if (value < least) {
			throw new IllegalArgumentException(
					"%s is too small: %s=%d, use %d or more".formatted(what, what, value, least));
		}
		return value;
	}

	static String topic(String topic) {
		try {
			TopicPattern.requireTopic(topic);
			return topic;
		}
		catch (InvalidTopicException ex) {
			throw new IllegalArgumentException(ex.getMessage(), ex);
		}
	}

	static String errorName(String name) {
		if (!ERROR.matcher(name).matches()) {
			throw new IllegalArgumentException(
					"error '%s' is no name, use letters, digits, '_', '-' and '.', and begin with a letter"
						.formatted(name));
		}
		return name;
	}

	static String variable(String name) {
		if (!Expression.isName(name)) {
			throw new IllegalArgumentException(
					"'%s' cannot be the name of an item, use letters, digits and '_', and begin with a letter"
						.formatted(name));
		}
		if (StepScope.ROOTS.contains(name) || name.equals(PAYLOAD)) {
			Set<String> reserved = new TreeSet<>(StepScope.ROOTS);
			reserved.add(PAYLOAD);
			throw new IllegalArgumentException(
					"'%s' already has a meaning in expressions, reserved=%s, call the item something else"
						.formatted(name, reserved));
		}
		return name;
	}

	static Set<String> with(Set<String> names, String name) {
		Set<String> extended = new TreeSet<>(names);
		extended.add(name);
		return Set.copyOf(extended);
	}

	static <T extends Collection<?>> T notEmpty(String what, T values) {
		if (values.isEmpty()) {
			throw new IllegalArgumentException("'%s' is empty, give at least one".formatted(what));
		}
		return values;
	}

	static Operand computed(Operand operand) {
		if (operand.isConstant()) {
			throw new IllegalArgumentException("expected an expression in #{}, found %s%s".formatted(describe(operand),
					(operand.source() instanceof String text) ? ", write \"#{%s}\"".formatted(text) : ""));
		}
		return operand;
	}

	static Operand computedProcess(Operand operand) {
		if (operand.isConstant()) {
			throw new IllegalArgumentException(
					"expected an expression in #{}, found %s, use a step with 'process' but without 'flux' for it"
						.formatted(describe(operand)));
		}
		return operand;
	}

	static Operand items(Operand operand) {
		if (operand.source() instanceof String text && !operand.isConstant() && !isOneExpression(text)) {
			throw new IllegalArgumentException("expected a list or one expression in #{}, found " + describe(operand));
		}
		return (operand.source() instanceof Collection<?>) ? operand : computed(operand);
	}

	static Operand argumentMap(Operand operand) {
		boolean map = operand.source() instanceof Map<?, ?>;
		if (!map && !(operand.source() instanceof String text && !operand.isConstant() && isOneExpression(text))) {
			throw new IllegalArgumentException("expected a map or one expression in #{}, found " + describe(operand));
		}
		return operand;
	}

	private static boolean isOneExpression(String text) {
		return text.startsWith("#{") && text.endsWith("}");
	}

	static Operand time(Operand operand) {
		if (operand.isConstant()) {
			if (!(operand.source() instanceof String text)) {
				throw new IllegalArgumentException(
						"expected a duration, found %s, write for example 500ms, 10s, 2m or PT10S"
							.formatted(describe(operand)));
			}
			positive(duration(text));
		}
		return operand;
	}

	static @Nullable Object caseValue(@Nullable Object value, List<@Nullable Object> earlier) {
		if (value != null && !(value instanceof String || value instanceof Boolean || value instanceof Number)) {
			throw new IllegalArgumentException("a case is a text, a number, true, false or null, found " + value);
		}
		for (Object other : earlier) {
			if (comparable(value).equals(comparable(other))) {
				throw new IllegalArgumentException("case %s is equal to case %s before it".formatted(value, other));
			}
		}
		return value;
	}

	// Numbers are equal if they are numerically, as in expressions
	private static List<@Nullable Object> comparable(@Nullable Object value) {
		List<@Nullable Object> comparable = new ArrayList<>(1);
		comparable.add((value instanceof Long || value instanceof Integer || value instanceof BigInteger
				|| value instanceof BigDecimal) ? new BigDecimal(value.toString()).stripTrailingZeros() : value);
		return comparable;
	}

	static String oneOf(String what, String word, List<String> known) {
		if (!known.contains(word)) {
			throw new IllegalArgumentException(
					"unknown %s '%s'%s, known=%s".formatted(what, word, Suggestions.didYouMean(word, known), known));
		}
		return word;
	}

	private static String describe(Operand operand) {
		Object source = operand.source();
		if (source instanceof String text) {
			return "text " + Excerpt.quoted(text);
		}
		return (source != null) ? source.toString() : "nothing";
	}

}
