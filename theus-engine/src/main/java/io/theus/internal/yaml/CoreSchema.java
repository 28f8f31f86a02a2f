package io.theus.internal.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Turns scalars into values by the core schema of YAML 1.2.2, section 10.3.2. Decimals
 * are exact, {@link BigDecimal}, because what is written in a document is decimal.
 */
final class CoreSchema {

	private static final String STANDARD_TAGS = "tag:yaml.org,2002:";

	private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

	private static final Set<String> TRUES = Set.of("true", "True", "TRUE");

	private static final Set<String> FALSES = Set.of("false", "False", "FALSE");

	private static final Set<String> INFINITIES = Set.of(".inf", ".Inf", ".INF");

	private static final Set<String> NOT_NUMBERS = Set.of(".nan", ".NaN", ".NAN");

	private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]++|0o([0-7]++)|0x([0-9a-fA-F]++)");

	private static final Pattern DECIMAL = Pattern
		.compile("[-+]?(?:\\.[0-9]++|[0-9]++(?:\\.[0-9]*+)?)(?:[eE]([-+]?[0-9]++))?");

	private static final int MOST_DIGITS = 1000;

	private static final int MOST_EXPONENT_CHARACTERS = 5;

	private CoreSchema() {
	}

	static @Nullable Object resolve(String text, boolean plain, @Nullable String tag, SourcePosition position) {
		if (tag == null) {
			return plain ? resolve(text, position) : text;
		}
		return switch (tag) {
			case "!", STANDARD_TAGS + "str" -> text;
			case STANDARD_TAGS + "null", STANDARD_TAGS + "bool", STANDARD_TAGS + "int", STANDARD_TAGS + "float" ->
				checked(resolve(text, position), tag.substring(STANDARD_TAGS.length()), position);
			default -> throw unsupported(tag, position);
		};
	}

	static InvalidYamlException unsupported(String tag, SourcePosition position) {
		return position.error("tag '" + tag.replace(STANDARD_TAGS, "!!")
				+ "' is not supported here, only the standard tags of maps, lists and scalars are");
	}

	private static @Nullable Object checked(@Nullable Object value, String tag, SourcePosition position) {
		boolean matches = switch (tag) {
			case "null" -> value == null;
			case "bool" -> value instanceof Boolean;
			case "int" -> value instanceof Long || value instanceof BigInteger;
			default -> value instanceof Number;
		};
		if (!matches) {
			throw position.error("the value does not have the form that its tag '!!" + tag + "' asks for");
		}
		return value;
	}

	private static @Nullable Object resolve(String text, SourcePosition position) {
		if (NULLS.contains(text)) {
			return null;
		}
		return switch (text.charAt(0)) {
			case 't', 'T', 'f', 'F' -> bool(text);
			case '-', '+', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(text, position);
			default -> text;
		};
	}

	private static Object bool(String text) {
		if (TRUES.contains(text)) {
			return true;
		}
		return FALSES.contains(text) ? false : text;
	}

	private static Object number(String text, SourcePosition position) {
		Matcher integer = INTEGER.matcher(text);
		if (integer.matches()) {
			checkLength(text, null, position);
			return integer(text, integer);
		}
		Matcher decimal = DECIMAL.matcher(text);
		if (decimal.matches()) {
			checkLength(text, decimal.group(1), position);
			return new BigDecimal(text);
		}
		String unsigned = (text.startsWith("-") || text.startsWith("+")) ? text.substring(1) : text;
		if (INFINITIES.contains(unsigned)) {
			return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
		}
		return NOT_NUMBERS.contains(text) ? (Object) Double.NaN : text;
	}

	private static Object integer(String text, Matcher matcher) {
		BigInteger value;
		if (matcher.group(1) != null) {
			value = new BigInteger(matcher.group(1), 8);
		}
		else if (matcher.group(2) != null) {
			value = new BigInteger(matcher.group(2), 16);
		}
		else {
			value = new BigInteger(text);
		}
		return (value.bitLength() < Long.SIZE) ? (Object) value.longValue() : value;
	}

	private static void checkLength(String text, @Nullable String exponent, SourcePosition position) {
		if (text.length() > MOST_DIGITS || (exponent != null && exponent.length() > MOST_EXPONENT_CHARACTERS)) {
			throw position.error("the number is too long, quote it if it is text");
		}
	}

}
