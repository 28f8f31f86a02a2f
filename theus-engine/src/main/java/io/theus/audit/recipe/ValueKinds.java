package io.theus.audit.recipe;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names the kind of a value without showing it.
 */
final class ValueKinds {

	private ValueKinds() {
	}

	static String describe(Object value) {
		if (value instanceof CharSequence || value instanceof Character) {
			return "a text";
		}
		if (value instanceof BigDecimal || value instanceof Double || value instanceof Float) {
			return isDefined(value) ? "a decimal number" : "not a number";
		}
		if (value instanceof Long || value instanceof Integer || value instanceof BigInteger || value instanceof Short
				|| value instanceof Byte) {
			return "an integer";
		}
		if (value instanceof Boolean) {
			return "a boolean";
		}
		if (value instanceof Map<?, ?>) {
			return "a map";
		}
		if (value instanceof Collection<?>) {
			return (value instanceof Set<?>) ? "a set" : "a list";
		}
		return "of type " + value.getClass().getSimpleName();
	}

	private static boolean isDefined(Object value) {
		return !(value instanceof Number number) || !Double.isNaN(number.doubleValue());
	}

	/**
	 * Tell whether a text is too long to be shown as the limit of a check.
	 * @param operand what a check demands
	 * @return the operand as a message shows it
	 */
	static String show(Object operand) {
		if (operand instanceof List<?> list && list.size() > 10) {
			List<Object> shown = new ArrayList<>(list.subList(0, 10));
			shown.add("...");
			return shown.toString();
		}
		return operand.toString();
	}

}
