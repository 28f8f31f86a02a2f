package io.theus.expression;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What it means that two values are equal. Numbers are equal if they are numerically,
 * lists element by element, sets and maps whatever their order; other values as their
 * type says.
 */
enum Equality {

	/** {@code is}: no further rule. */
	STRICT,

	/** {@code ==}: a text also equals an enum, identifier or time with that text form. */
	BY_TEXT,

	/** {@code ==} on signals: a boolean moreover equals the text 'True' or 'False'. */
	OF_SIGNALS;

	boolean test(@Nullable Object left, @Nullable Object right, Site site, Evaluation evaluation) {
		return test(left, right, 0, site, evaluation);
	}

	private boolean test(@Nullable Object left, @Nullable Object right, int depth, Site site, Evaluation evaluation) {
		if (left == null || right == null) {
			return left == right;
		}
		Number number = Numbers.number(left);
		Number other = Numbers.number(right);
		if (number != null && other != null) {
			return Numbers.compare(number, other) == 0;
		}
		if (left == right) {
			return true;
		}
		if (left instanceof String first && right instanceof String second) {
			evaluation.chargeText(Math.min(first.length(), second.length()), site);
			return first.equals(second);
		}
		if (left instanceof List<?> first && right instanceof List<?> second) {
			return first.size() == second.size() && elements(first, second, depth, site, evaluation);
		}
		if (left instanceof Map<?, ?> first && right instanceof Map<?, ?> second) {
			return first.size() == second.size() && entries(first, second, depth, site, evaluation);
		}
		if (left instanceof Set<?> first && right instanceof Set<?> second) {
			return first.size() == second.size() && members(first, second, depth, site, evaluation);
		}
		return left.equals(right) || mixed(left, right) || mixed(right, left);
	}

	private boolean mixed(Object value, Object other) {
		String text = Values.asText(other);
		if (text == null || this == STRICT) {
			return text != null && text.equals(Values.asText(value));
		}
		if (value instanceof Boolean truth) {
			return this == OF_SIGNALS && text.equals(truth ? "True" : "False");
		}
		return text.equals(Values.textForm(value));
	}

	private boolean elements(List<?> left, List<?> right, int depth, Site site, Evaluation evaluation) {
		Iterator<?> others = right.iterator();
		for (Object element : left) {
			if (!deeper(element, others.next(), depth, site, evaluation)) {
				return false;
			}
		}
		return true;
	}

	private boolean entries(Map<?, ?> left, Map<?, ?> right, int depth, Site site, Evaluation evaluation) {
		for (Map.Entry<?, ?> entry : left.entrySet()) {
			Object other = right.get(entry.getKey());
			if ((other == null && !right.containsKey(entry.getKey()))
					|| !deeper(entry.getValue(), other, depth, site, evaluation)) {
				return false;
			}
		}
		return true;
	}

	private boolean members(Set<?> left, Set<?> right, int depth, Site site, Evaluation evaluation) {
		for (Object element : left) {
			if (!contains(right, element, depth, site, evaluation)) {
				return false;
			}
		}
		return true;
	}

	boolean contains(Collection<?> elements, @Nullable Object wanted, Site site, Evaluation evaluation) {
		return contains(elements, wanted, 0, site, evaluation);
	}

	private boolean contains(Collection<?> elements, @Nullable Object wanted, int depth, Site site,
			Evaluation evaluation) {
		if (wanted instanceof String && elements instanceof Set<?> && Membership.quickly(elements, wanted)) {
			return true;
		}
		for (Object element : elements) {
			if (deeper(wanted, element, depth, site, evaluation)) {
				return true;
			}
		}
		return false;
	}

	private boolean deeper(@Nullable Object left, @Nullable Object right, int depth, Site site, Evaluation evaluation) {
		evaluation.charge(1, site);
		if (depth >= evaluation.limits().depth()) {
			throw site
				.failed(site.name() + " meets values that are nested too deeply, limit=" + evaluation.limits().depth());
		}
		return test(left, right, depth + 1, site, evaluation);
	}

}
