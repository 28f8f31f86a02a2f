package io.theus.workflow;

import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Names blocks after what their author wrote, so that no two blocks of a step have the
 * same name.
 */
final class BlockNames {

	private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_-]*");

	private static final Set<String> OTHER_VALUES = Set.of("true", "false", "null");

	private BlockNames() {
	}

	/**
	 * Render a value as the tail of a name.
	 * @param value a text, number, boolean or {@code null}
	 * @return {@code .NEW}, {@code .true}, {@code [1.5]} or {@code ['not a word']}
	 */
	static String segment(@Nullable Object value) {
		if (value instanceof Number) {
			return "[" + value + "]";
		}
		if (!(value instanceof String text)) {
			return "." + value;
		}
		return (WORD.matcher(text).matches() && !OTHER_VALUES.contains(text)) ? "." + text
				: "['" + text.replace("\\", "\\\\").replace("'", "\\'") + "']";
	}

}
