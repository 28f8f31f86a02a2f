package io.theus.path;

import org.jspecify.annotations.Nullable;

/**
 * A topic name in which {@code '*'} stands for any run of characters, also an empty one.
 * <p>
 * Immutable and safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class TopicPattern {

	private static final int MAX_LENGTH = 249;

	private static final int KNOWN = 64;

	private static final boolean[] PLAIN = plain();

	// Some topics that were found to be valid. Races only lose one of them, because text
	// does not change.
	private static final @Nullable String[] known = new String[KNOWN];

	private final String text;

	// What a topic begins with, if the only star is the last character
	private final @Nullable String prefix;

	private TopicPattern(String text) {
		this.text = text;
		int star = text.indexOf('*');
		this.prefix = (star == text.length() - 1) ? text.substring(0, star) : null;
	}

	/**
	 * Compile a pattern.
	 * @param text the pattern
	 * @return the compiled pattern
	 * @throws InvalidTopicException if it is malformed
	 */
	public static TopicPattern compile(String text) {
		require("topic pattern", text, true);
		return new TopicPattern(text);
	}

	/**
	 * Check a topic.
	 * @param topic the name of the topic
	 * @throws InvalidTopicException if it is malformed
	 */
	@SuppressWarnings("ReferenceEquality")
	public static void requireTopic(String topic) {
		int place = topic.hashCode() & (KNOWN - 1);
		if (known[place] != topic) {
			require("topic", topic, false);
			known[place] = topic;
		}
	}

	private static void require(String kind, String text, boolean starAllowed) {
		if (text.isEmpty()) {
			throw new InvalidTopicException(kind + " '' is empty: length=0, give it a name", text, 0);
		}
		if (text.length() > MAX_LENGTH) {
			throw new InvalidTopicException(kind + " '" + text + "' is too long: length=" + text.length() + ", limit="
					+ MAX_LENGTH + ", shorten it", text, MAX_LENGTH);
		}
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (!isNameCharacter(c) && !(starAllowed && c == '*')) {
				throw new InvalidTopicException("invalid " + kind + " '" + text + "': position=" + i
						+ ", use letters, digits, '.', '_'" + (starAllowed ? ", '-' and '*'" : " and '-'"), text, i);
			}
		}
	}

	// Most topics are of plain characters, and every signal has its topic checked
	private static boolean isNameCharacter(char c) {
		return (c < PLAIN.length) ? PLAIN[c] : Character.isLetterOrDigit(c);
	}

	private static boolean[] plain() {
		boolean[] plain = new boolean[128];
		for (char c = 0; c < plain.length; c++) {
			plain[c] = Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-';
		}
		return plain;
	}

	/**
	 * Match a topic. Takes time in proportion to the product of the lengths at worst, and
	 * to the length of the topic where the pattern has at most one star.
	 * @param topic the name of the topic
	 * @return whether the whole name matches
	 */
	public boolean matches(String topic) {
		return (this.prefix != null) ? topic.startsWith(this.prefix) : matchesParts(topic);
	}

	private boolean matchesParts(String topic) {
		int p = 0;
		int t = 0;
		int star = -1;
		int resume = 0;
		while (t < topic.length()) {
			if (p < this.text.length() && this.text.charAt(p) == '*') {
				star = p++;
				resume = t;
			}
			else if (p < this.text.length() && this.text.charAt(p) == topic.charAt(t)) {
				p++;
				t++;
			}
			else if (star >= 0) {
				p = star + 1;
				t = ++resume;
			}
			else {
				return false;
			}
		}
		while (p < this.text.length() && this.text.charAt(p) == '*') {
			p++;
		}
		return p == this.text.length();
	}

	@Override
	public String toString() {
		return this.text;
	}

}
