package io.theus.error;

/**
 * Shows foreign text in messages, for example a line of source text with a caret under
 * the place where it is wrong.
 *
 * <p>
 * What is shown is safe to print: long text is cut, and characters that a terminal would
 * not show as one column (controls, tabs, line breaks, writing direction marks) become
 * spaces.
 *
 * <p>
 * All methods are safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class Excerpt {

	private static final int BEFORE = 80;

	private static final int AFTER = 40;

	private static final String CUT = "...";

	private Excerpt() {
	}

	/**
	 * Render a line with a caret under one of its characters.
	 * @param line the source text
	 * @param offset the place as a 0-based index into the line; one outside the line
	 * stands for the nearest place inside or directly after it
	 * @return two lines of text without a line break at their end
	 */
	public static String at(String line, int offset) {
		int place = Math.min(Math.max(offset, 0), line.length());
		int from = (place > BEFORE) ? boundary(line, place - BEFORE) : 0;
		int to = (line.length() - place > AFTER) ? boundary(line, place + AFTER) : line.length();
		String head = ((from > 0) ? CUT : "") + printable(line.substring(from, place));
		String tail = printable(line.substring(place, to)) + ((to < line.length()) ? CUT : "");
		return head + tail + "\n" + " ".repeat(head.codePointCount(0, head.length())) + "^";
	}

	/**
	 * Render text that stands in a message, in single quotes.
	 * @param text the text, of which at most 40 characters are shown
	 * @return the text on one line
	 */
	public static String quoted(String text) {
		int to = (text.length() > AFTER) ? boundary(text, AFTER) : text.length();
		return "'" + printable(text.substring(0, to)) + ((to < text.length()) ? CUT : "") + "'";
	}

	private static int boundary(String line, int index) {
		return Character.isLowSurrogate(line.charAt(index)) ? index - 1 : index;
	}

	private static String printable(String text) {
		StringBuilder shown = new StringBuilder(text.length());
		text.codePoints().forEach((codePoint) -> shown.appendCodePoint(isShown(codePoint) ? codePoint : ' '));
		return shown.toString();
	}

	private static boolean isShown(int codePoint) {
		return switch (Character.getType(codePoint)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
					Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE ->
				false;
			default -> true;
		};
	}

}
