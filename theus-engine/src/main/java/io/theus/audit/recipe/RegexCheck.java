package io.theus.audit.recipe;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.theus.expression.Relations;

/**
 * A text as a whole matches a pattern. Matching a pattern with nested repetitions may
 * take time that is exponential in the length of the text; it is given up, and the rule
 * violated, after so many looks at characters that no sensible match needs them.
 */
final class RegexCheck implements Check {

	private static final int MOST_LOOKS = 1_000_000;

	private static final int LOOKS_PER_CHARACTER = 1000;

	private static final int SHORT = 256;

	private final Pattern pattern;

	private final boolean simple;

	RegexCheck(Pattern pattern) {
		this.pattern = pattern;
		this.simple = isSimple(pattern.pattern());
	}

	// Without groups, two repetitions take at most the square of a short text
	private static boolean isSimple(String regex) {
		long repetitions = regex.chars().filter((c) -> c == '*' || c == '+' || c == '{' || c == '?').count();
		return regex.indexOf('(') < 0 && repetitions <= 2;
	}

	@Override
	public String key() {
		return "regex";
	}

	@Override
	public Object operand() {
		return this.pattern.pattern();
	}

	@Override
	public boolean holds(Object value, @Nullable ValueScope scope) {
		String text = Relations.text(value);
		if (text == null) {
			return false;
		}
		if (this.simple && text.length() <= SHORT) {
			return this.pattern.matcher(text).matches();
		}
		return match(text) == Match.YES;
	}

	private Match match(String text) {
		try {
			return this.pattern.matcher(new LimitedText(text)).matches() ? Match.YES : Match.NO;
		}
		catch (TooManyLooks | StackOverflowError ex) {
			return Match.UNKNOWN;
		}
	}

	@Override
	public String problem(Object value) {
		String text = Relations.text(value);
		if (text == null) {
			return Check.mismatch(key(), "a text", value);
		}
		return (match(text) == Match.UNKNOWN) ? "takes too long to match regex=%s".formatted(this.pattern)
				: "does not match regex=%s".formatted(this.pattern);
	}

	/**
	 * What is known of a text.
	 */
	private enum Match {

		YES, NO, UNKNOWN

	}

	/**
	 * A text that can be looked at a limited number of times.
	 */
	private static final class LimitedText implements CharSequence {

		private final String text;

		private long left;

		LimitedText(String text) {
			this.text = text;
			this.left = MOST_LOOKS + (long) LOOKS_PER_CHARACTER * text.length();
		}

		@Override
		public char charAt(int index) {
			if (--this.left < 0) {
				throw new TooManyLooks();
			}
			return this.text.charAt(index);
		}

		@Override
		public int length() {
			return this.text.length();
		}

		@Override
		public CharSequence subSequence(int start, int end) {
			return this.text.subSequence(start, end);
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

	/**
	 * Ends a match that takes too long.
	 */
	@SuppressWarnings("serial")
	private static final class TooManyLooks extends RuntimeException {

		TooManyLooks() {
			super("", null, false, false);
		}

	}

}
