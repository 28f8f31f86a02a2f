package io.theus.audit.recipe;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.theus.AuditLevel;
import io.theus.error.Suggestions;
import io.theus.internal.yaml.YamlNode;
import io.theus.internal.yaml.YamlScalar;

/**
 * Reads single values of a recipe.
 */
final class RecipeScalars {

	private static final Map<String, AuditLevel> LEVELS = levels();

	private static final List<String> WORDS = List.of("stop", "abort", "block", "count", "ignore");

	private RecipeScalars() {
	}

	// The other words are those of Theus for Python
	private static Map<String, AuditLevel> levels() {
		Map<String, AuditLevel> levels = new HashMap<>(
				Map.of("safety", AuditLevel.STOP, "shutdown", AuditLevel.STOP, "alert", AuditLevel.ABORT, "campaign",
						AuditLevel.COUNT, "caution", AuditLevel.COUNT, "info", AuditLevel.IGNORE));
		for (AuditLevel level : AuditLevel.values()) {
			levels.put(level.name().toLowerCase(Locale.ROOT), level);
			levels.put(String.valueOf(level.letter()).toLowerCase(Locale.ROOT), level);
		}
		return Map.copyOf(levels);
	}

	static PolicyValues policy(RecipeKeys keys) {
		YamlNode level = keys.find("level");
		YamlNode min = keys.find("threshold-min");
		YamlNode max = keys.find("threshold-max");
		YamlNode reset = keys.find("reset-on-success");
		return new PolicyValues((level != null) ? level(level) : null,
				(min != null) ? wholeNumber(min, 0, Long.MAX_VALUE) : null,
				(max != null) ? wholeNumber(max, 0, Long.MAX_VALUE) : null, (reset != null) ? bool(reset) : null);
	}

	private static AuditLevel level(YamlNode node) {
		YamlScalar scalar = node.asScalar();
		AuditLevel level = LEVELS.get(scalar.text().toLowerCase(Locale.ROOT));
		if (level == null) {
			throw scalar.error("unknown level '%s'%s, known=[S, A, B, C, I] and %s".formatted(scalar.text(),
					Suggestions.didYouMean(scalar.text(), WORDS), WORDS));
		}
		return level;
	}

	static long wholeNumber(YamlNode node, long least, long most) {
		YamlScalar scalar = node.asScalar();
		if (scalar.value() instanceof Long number && number >= least && number <= most) {
			return number;
		}
		throw scalar.error("expected a whole number of at least %d, found %s".formatted(least, scalar.describe()));
	}

	static boolean bool(YamlNode node) {
		if (node.asScalar().value() instanceof Boolean truth) {
			return truth;
		}
		throw node.error("expected true or false, found " + node.describe());
	}

	static Number number(YamlNode node) {
		if (node.asScalar().value() instanceof Number number) {
			return number;
		}
		throw node.error("expected a number, found " + node.describe());
	}

	static Object value(YamlNode node) {
		Object value = node.toPlain();
		if (value == null) {
			throw node.error("expected a value, found nothing, null is checked by 'required' only");
		}
		return value;
	}

	static RecipeText text(YamlNode node, String what) {
		if (node instanceof YamlScalar scalar && scalar.value() instanceof String text && !text.isBlank()) {
			return new RecipeText(text, scalar);
		}
		throw node.error("expected %s, found %s".formatted(what, node.describe()));
	}

	/**
	 * Applies a rule and says where it is broken.
	 * @param <T> the type of the value
	 * @param node where
	 * @param rule what may throw an {@link IllegalArgumentException}
	 * @return what the rule returns
	 */
	static <T extends @Nullable Object> T at(YamlNode node, Supplier<T> rule) {
		try {
			return rule.get();
		}
		catch (IllegalArgumentException ex) {
			throw node.error(String.valueOf(ex.getMessage()));
		}
	}

}
