package io.theus.expression;

/**
 * Bounds on an expression, so that one from an untrusted document costs little.
 *
 * @param length the most characters of the text of an expression
 * @param depth the most parentheses, brackets, calls, negations and conditionals that may
 * be nested in each other, and the most lists and maps that are compared in depth
 * @param operations the most steps of one evaluation; a step is an element that is
 * visited or produced, or 64 characters of text
 * @param textLength the most characters of a text that is produced
 * @param listSize the most elements of a list that is produced
 * @param digits the most digits of a number that takes part in arithmetic, and the most
 * zeros between its digits and its decimal point
 * @since 0.1.0
 */
public record ExpressionLimits(int length, int depth, int operations, int textLength, int listSize, int digits) {

	/**
	 * Bounds that are generous for expressions written by people: 10,000 characters,
	 * depth 50, 100,000 operations, texts of 100,000 characters, lists of 10,000
	 * elements, numbers of 1,000 digits.
	 */
	public static final ExpressionLimits DEFAULT = new ExpressionLimits(10_000, 50, 100_000, 100_000, 10_000, 1_000);

}
