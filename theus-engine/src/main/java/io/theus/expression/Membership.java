package io.theus.expression;

import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The operator {@code in}: a part of a text, an element of a list or set, a key of a map,
 * the name of a component of a record.
 */
final class Membership {

	/**
	 * So many comparisons of two characters, the worst case of a search, are one
	 * operation.
	 */
	private static final long COMPARISONS_PER_OPERATION = 4096;

	private Membership() {
	}

	static boolean test(@Nullable Object wanted, @Nullable Object container, Equality equality, Site site,
			Evaluation evaluation) {
		if (container instanceof Collection<?> elements) {
			return equality.contains(elements, wanted, site, evaluation);
		}
		if (container instanceof Map<?, ?> map) {
			return hasKey(map, Values.key(wanted, site).toString());
		}
		if (container instanceof Record value) {
			return RecordComponents.of(value).containsKey(Values.key(wanted, site).toString());
		}
		String text = Values.asText(container);
		String part = Values.textForm(wanted);
		if (text != null && part != null) {
			evaluation.chargeText(text.length(), site);
			evaluation.charge((long) text.length() * part.length() / COMPARISONS_PER_OPERATION, site);
			return text.contains(part);
		}
		throw site.mismatch("a list, set or map, or a text in a text", wanted, container);
	}

	// Looks an element up without comparing all; what the set does not find may still
	// equal one.
	static boolean quickly(Collection<?> elements, Object wanted) {
		try {
			return elements.contains(wanted);
		}
		catch (ClassCastException ex) {
			return false;
		}
	}

	private static boolean hasKey(Map<?, ?> map, String key) {
		try {
			return map.containsKey(key);
		}
		catch (ClassCastException ex) {
			return false;
		}
	}

}
