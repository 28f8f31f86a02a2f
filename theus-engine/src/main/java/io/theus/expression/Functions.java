package io.theus.expression;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What the functions do. They follow Python; a decimal takes the place of its
 * {@code float}.
 */
final class Functions {

	private Functions() {
	}

	static @Nullable Object call(Function function, @Nullable Object[] arguments, Site site, Evaluation evaluation) {
		Object value = arguments[0];
		return switch (function) {
			case LEN -> length(value, site, evaluation);
			case INT -> integer(value, site, evaluation.limits().digits());
			case FLOAT -> decimal(value, site, evaluation.limits().digits());
			case STR -> Values.render(value, site, evaluation);
			case BOOL -> Values.isTrue(value);
			case ABS -> absolute(value, site, evaluation);
			case MIN -> extreme(arguments, -1, site, evaluation);
			case MAX -> extreme(arguments, 1, site, evaluation);
			case SUM -> sum(value, site, evaluation);
			case CONTAINS -> throw new IllegalStateException("compiled as the operator 'in'");
			case ROUND -> round(arguments, site, evaluation.limits().digits());
			case ANY -> isAny(value, true, site, evaluation);
			case ALL -> !isAny(value, false, site, evaluation);
		};
	}

	private static long length(@Nullable Object value, Site site, Evaluation evaluation) {
		if (value instanceof Collection<?> collection) {
			return collection.size();
		}
		if (value instanceof Map<?, ?> map) {
			return map.size();
		}
		String text = Values.asText(value);
		if (text != null) {
			evaluation.chargeText(text.length(), site);
			return text.codePointCount(0, text.length());
		}
		throw site.mismatch("a text, list, set or map", value);
	}

	private static Number integer(@Nullable Object value, Site site, int digits) {
		Number number = Numbers.number(value);
		if (number != null) {
			return Numbers.isLong(number) ? (Number) number.longValue()
					: integral(Numbers.operand(number, site, digits), RoundingMode.DOWN, site, digits);
		}
		if (value instanceof Boolean truth) {
			return truth ? 1L : 0L;
		}
		String text = Values.asText(value);
		Number parsed = (text != null) ? Numbers.parseInteger(text.strip(), digits) : null;
		if (parsed == null) {
			throw site.mismatch("a number or the text of an integer", value);
		}
		return parsed;
	}

	private static Number integral(BigDecimal decimal, RoundingMode rounding, Site site, int digits) {
		return Numbers.normalized(Numbers.bounded(decimal.setScale(0, rounding).toBigInteger(), site, digits));
	}

	private static BigDecimal decimal(@Nullable Object value, Site site, int digits) {
		Number number = Numbers.number(value);
		if (number != null) {
			return Numbers.operand(number, site, digits);
		}
		if (value instanceof Boolean truth) {
			return truth ? BigDecimal.ONE : BigDecimal.ZERO;
		}
		String text = Values.asText(value);
		BigDecimal parsed = (text != null) ? Numbers.parseDecimal(text.strip(), digits) : null;
		if (parsed == null) {
			throw site.mismatch("a number or the text of a number", value);
		}
		return parsed;
	}

	private static Number number(@Nullable Object value, Site site) {
		Number number = Numbers.number(value);
		if (number == null) {
			throw site.mismatch("a number", value);
		}
		return number;
	}

	static Number signed(Arithmetic sign, @Nullable Object value, Site site, Evaluation evaluation) {
		return sign.compute(0L, number(value, site), site, evaluation.limits().digits());
	}

	private static Number absolute(@Nullable Object value, Site site, Evaluation evaluation) {
		boolean negative = Numbers.compare(number(value, site), 0L) < 0;
		return signed(negative ? Arithmetic.MINUS : Arithmetic.PLUS, value, site, evaluation);
	}

	private static Number round(@Nullable Object[] arguments, Site site, int digits) {
		Number number = number(arguments[0], site);
		BigDecimal exact = Numbers.operand(number, site, digits);
		if (arguments.length == 1) {
			return integral(exact, RoundingMode.HALF_EVEN, site, digits);
		}
		Number places = Numbers.number(arguments[1]);
		if (places == null || !Numbers.isLong(places) || places.longValue() > digits || places.longValue() < -digits) {
			throw site.failed("'round' needs an integer of at most " + digits + " as its second argument, value="
					+ Values.describe(arguments[1]));
		}
		int scale = places.intValue();
		BigDecimal rounded = exact.setScale(scale, RoundingMode.HALF_EVEN).setScale(Math.max(scale, 0));
		return Numbers.isInteger(number) ? integral(rounded, RoundingMode.UNNECESSARY, site, digits)
				: Numbers.bounded(rounded, site, digits);
	}

	private static Number sum(@Nullable Object value, Site site, Evaluation evaluation) {
		Number sum = 0L;
		for (Object element : elements(value, site)) {
			evaluation.charge(1, site);
			Number number = Numbers.number(element);
			if (number == null) {
				throw site.failed("'sum' needs a list of numbers, element=" + Values.describe(element));
			}
			sum = Arithmetic.PLUS.compute(sum, number, site, evaluation.limits().digits());
		}
		return sum;
	}

	private static boolean isAny(@Nullable Object value, boolean wanted, Site site, Evaluation evaluation) {
		for (Object element : elements(value, site)) {
			evaluation.charge(1, site);
			if (Values.isTrue(element) == wanted) {
				return true;
			}
		}
		return false;
	}

	private static @Nullable Object extreme(@Nullable Object[] arguments, int direction, Site site,
			Evaluation evaluation) {
		Collection<?> elements = (arguments.length == 1) ? elements(arguments[0], site) : Arrays.asList(arguments);
		if (elements.isEmpty()) {
			throw site.failed(site.name() + " needs at least one element, the list is empty");
		}
		Site inside = site.inside();
		Object found = null;
		boolean first = true;
		for (Object element : elements) {
			evaluation.charge(1, site);
			if (first || Comparison.order(element, found, inside, evaluation) == direction) {
				found = element;
			}
			first = false;
		}
		return found;
	}

	private static Collection<?> elements(@Nullable Object value, Site site) {
		if (value instanceof Collection<?> collection) {
			return collection;
		}
		throw site.mismatch("a list or a set", value);
	}

}
