package io.theus.expression;

import java.net.URI;
import java.time.ZoneId;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What the language knows about single values: whether they count as true, what their
 * text is, how they are shown.
 */
final class Values {

	private Values() {
	}

	// Truth as in Python: null, false, zero and whatever is empty are false.
	static boolean isTrue(@Nullable Object value) {
		if (value instanceof Boolean truth) {
			return truth;
		}
		if (value == null) {
			return false;
		}
		Number number = Numbers.number(value);
		if (number != null) {
			return !Numbers.isZero(number);
		}
		if (value instanceof String text) {
			return !text.isEmpty();
		}
		if (value instanceof Collection<?> collection) {
			return !collection.isEmpty();
		}
		return !(value instanceof Map<?, ?> map) || !map.isEmpty();
	}

	static @Nullable Object unwrapped(@Nullable Object value) {
		return (value instanceof Navigable navigable) ? navigable.value() : value;
	}

	// Returns a text or a character as text, null for anything else.
	static @Nullable String asText(@Nullable Object value) {
		if (value instanceof String text) {
			return text;
		}
		return (value instanceof Character character) ? character.toString() : null;
	}

	// Returns what a text is compared with: a text itself, or the text form of an enum,
	// an identifier or a point in time; null for anything else.
	static @Nullable String textForm(@Nullable Object value) {
		if (value instanceof Enum<?> constant) {
			return constant.name();
		}
		if (value instanceof Locale locale) {
			return locale.toLanguageTag();
		}
		if (value instanceof UUID || value instanceof TemporalAccessor || value instanceof TemporalAmount
				|| value instanceof URI || value instanceof Currency || value instanceof ZoneId) {
			return value.toString();
		}
		return asText(value);
	}

	// Renders a single value as text, as Python's str does.
	static String render(@Nullable Object value, Site site, Evaluation evaluation) {
		if (value == null || value instanceof Boolean) {
			return word(value);
		}
		Number number = Numbers.number(value);
		if (number != null) {
			return Numbers.isFinite(number)
					? Numbers.operand(number, site, evaluation.limits().digits()).toPlainString() : number.toString();
		}
		String text = textForm(value);
		if (text == null) {
			throw site.mismatch("a single value", value);
		}
		return text;
	}

	private static String word(@Nullable Object value) {
		if (value == null) {
			return "None";
		}
		return value.equals(true) ? "True" : "False";
	}

	// Returns the key of a map or list: text, or a {@link Long}.
	static Object key(@Nullable Object value, Site site) {
		Number number = Numbers.number(value);
		if (number != null && Numbers.isInteger(number)) {
			Number integer = Numbers.normalized(Numbers.integerValue(number));
			return (integer instanceof Long) ? integer : integer.toString();
		}
		String text = textForm(value);
		if (text != null) {
			return text;
		}
		throw site.mismatch("text or an integer as key", value);
	}

	// Tells what a value is in a message. Values are the application's data, so that only
	// those which tell nothing are shown.
	static String describe(@Nullable Object value) {
		if (value == null || value instanceof Boolean) {
			return word(value);
		}
		Number number = Numbers.number(value);
		if (number != null) {
			return Numbers.isInteger(number) ? "integer" : "number";
		}
		if (value instanceof List<?> list) {
			return "list of " + list.size();
		}
		if (value instanceof Collection<?> collection) {
			return "set of " + collection.size();
		}
		if (value instanceof Map<?, ?> map) {
			return "map of " + map.size();
		}
		return (value instanceof CharSequence text) ? "text of " + text.length() : value.getClass().getSimpleName();
	}

}
