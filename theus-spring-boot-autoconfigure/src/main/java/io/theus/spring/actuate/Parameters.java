package io.theus.spring.actuate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.theus.error.Suggestions;

/**
 * Reads what an operator asks with. Parameters arrive as texts, so that one that cannot
 * be read is refused by its name.
 */
final class Parameters {

	private static final int SHOWN = 100;

	private Parameters() {
	}

	/**
	 * Read a whole number.
	 * @param parameter the name of the parameter
	 * @param text what was given, {@code null} if nothing
	 * @param minimum the smallest number that is accepted
	 * @param maximum the greatest number that is accepted
	 * @return the number, {@code null} if nothing was given
	 * @throws RefusedActionException if it is no number or out of bounds
	 */
	static @Nullable Long number(String parameter, @Nullable String text, long minimum, long maximum) {
		if (text == null || text.isBlank()) {
			return null;
		}
		String remedy = (maximum == Long.MAX_VALUE) ? "use %d or more".formatted(minimum)
				: "use %d to %d".formatted(minimum, maximum);
		long number;
		try {
			number = Long.parseLong(text.trim());
		}
		catch (NumberFormatException ex) {
			throw RefusedActionException
				.badRequest("'%s' is not a whole number: actual=%s, %s".formatted(parameter, shown(text), remedy), ex);
		}
		if (number < minimum || number > maximum) {
			throw RefusedActionException
				.badRequest("'%s' is out of bounds: actual=%d, %s".formatted(parameter, number, remedy));
		}
		return number;
	}

	/**
	 * Read what one of a few names means.
	 * @param <E> the type
	 * @param parameter the name of the parameter
	 * @param text the name, in upper or lower case, with hyphens or underscores
	 * @param type the type
	 * @return what it means
	 * @throws RefusedActionException if nothing is called so
	 */
	static <E extends Enum<E>> E constant(String parameter, String text, Class<E> type) {
		String name = text.trim().replace('_', '-').toLowerCase(Locale.ROOT);
		return Arrays.stream(type.getEnumConstants())
			.filter((constant) -> name(constant).equals(name))
			.findFirst()
			.orElseThrow(() -> RefusedActionException.badRequest("%s '%s' is unknown%s, known=%s".formatted(parameter,
					shown(text), Suggestions.didYouMean(name, names(type)), names(type))));
	}

	static List<String> names(Class<? extends Enum<?>> type) {
		return Arrays.stream(type.getEnumConstants()).map(Parameters::name).toList();
	}

	private static String name(Enum<?> constant) {
		return constant.name().replace('_', '-').toLowerCase(Locale.ROOT);
	}

	private static String shown(String text) {
		return (text.length() > SHOWN) ? text.substring(0, SHOWN) + "..." : text;
	}

}
