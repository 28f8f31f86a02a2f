package io.theus.expression;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How values are compared, for rules that are not written as expressions but mean the
 * same.
 * <p>
 * All methods are safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class Relations {

	private static final Site SITE = new Site(new Source("==", 0, 2), 0, "==", List.of());

	private static final Scope NO_NAMES = (root) -> null;

	private Relations() {
	}

	/**
	 * Take a value as a number.
	 * @param value a value
	 * @return the value if it is a number of a type that the language knows, else
	 * {@code null}
	 */
	public static @Nullable Number number(@Nullable Object value) {
		return Numbers.number(value);
	}

	/**
	 * Compare two numbers exactly, whatever their types.
	 * @param number a number as {@link #number} returns it
	 * @param bound another one
	 * @return whether the first is the second or larger; false for what is not a number
	 */
	public static boolean isAtLeast(Number number, Number bound) {
		int order = Numbers.compare(number, bound);
		return order == 0 || order == 1;
	}

	/**
	 * Compare two values as the operator {@code ==} does.
	 * @param left a value
	 * @param right another one
	 * @return whether they are equal: numbers numerically, lists element by element, sets
	 * and maps whatever their order, a text also with the text form of an enum,
	 * identifier or time
	 * @throws ExpressionEvaluationException if the values are too large or nested too
	 * deeply
	 */
	public static boolean areEqual(@Nullable Object left, @Nullable Object right) {
		if (left instanceof String text && right instanceof String other) {
			return text.equals(other);
		}
		return Equality.BY_TEXT.test(left, right, SITE, new Evaluation(NO_NAMES, ExpressionLimits.DEFAULT));
	}

	/**
	 * Return what a text is compared with.
	 * @param value a value
	 * @return the text of a text, character, enum, identifier or time, {@code null} for
	 * anything else
	 */
	public static @Nullable String text(@Nullable Object value) {
		return (value instanceof String text) ? text : Values.textForm(value);
	}

}
