package io.theus.workflow;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.theus.Isolation;
import io.theus.internal.yaml.YamlNode;
import io.theus.internal.yaml.YamlScalar;

/**
 * Reads single values of a document.
 */
final class Scalars {

	private static final List<String> ISOLATIONS = List.of("safe", "raw", "hybrid");

	private Scalars() {
	}

	static boolean isNothing(@Nullable YamlNode node) {
		return node == null || (node instanceof YamlScalar scalar && scalar.value() == null);
	}

	static String text(YamlNode node, String what) {
		if (node instanceof YamlScalar scalar && scalar.value() instanceof String text && !text.isBlank()) {
			return text;
		}
		throw node.error("expected %s, found %s".formatted(what, node.describe()));
	}

	static Name name(YamlNode node, String what) {
		return new Name(text(node, what), node.position());
	}

	static String topic(YamlNode node) {
		String topic = text(node, "the topic of a signal");
		return at(node, () -> StepRules.topic(topic));
	}

	static Name error(YamlNode node) {
		Name name = name(node, "the name of an error");
		at(node, () -> StepRules.errorName(name.text()));
		return name;
	}

	static Duration duration(YamlNode node) {
		String text = node.asScalar().text();
		return at(node, () -> StepRules.positive(StepRules.duration(text)));
	}

	static long wholeNumber(YamlNode node, long least) {
		YamlScalar scalar = node.asScalar();
		if (scalar.value() instanceof Long number && number >= least) {
			return number;
		}
		throw scalar.error("expected a whole number of at least %d, found %s".formatted(least, scalar.describe()));
	}

	static int smallNumber(YamlNode node, int least) {
		long number = wholeNumber(node, least);
		if (number > Integer.MAX_VALUE) {
			throw node.error("the number is too large, limit=%d, found %d".formatted(Integer.MAX_VALUE, number));
		}
		return (int) number;
	}

	static Isolation isolation(YamlNode node) {
		return Isolation.valueOf(word(node, "isolation", ISOLATIONS).toUpperCase(Locale.ROOT));
	}

	static <E extends Enum<E>> E constant(YamlNode node, String what, Class<E> type) {
		List<String> known = Arrays.stream(type.getEnumConstants())
			.map((constant) -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
			.toList();
		String word = word(node, what, known);
		return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
	}

	private static String word(YamlNode node, String what, List<String> known) {
		String word = text(node, "one of " + known).replace('_', '-');
		return at(node, () -> StepRules.oneOf(what, word, known));
	}

	/**
	 * Applies a rule and says where it is broken.
	 * @param <T> the type of the value
	 * @param node where
	 * @param rule what may throw an {@link IllegalArgumentException}
	 * @return what the rule returns
	 */
	static <T> T at(YamlNode node, Supplier<T> rule) {
		try {
			return rule.get();
		}
		catch (IllegalArgumentException ex) {
			throw node.error(String.valueOf(ex.getMessage()));
		}
	}

}
