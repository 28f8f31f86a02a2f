package io.theus.path;

import java.util.ArrayList;
import java.util.List;

/**
 * The one tokenizer of paths and patterns: splits text into segments and remembers for
 * each where it began and whether it was quoted.
 */
final class PathTokens {

	private final String kind;

	private final String text;

	private final List<Token> tokens = new ArrayList<>();

	private int position;

	private PathTokens(String kind, String text) {
		this.kind = kind;
		this.text = text;
	}

	static List<Token> of(String kind, String text) {
		return new PathTokens(kind, text).scan();
	}

	/**
	 * Whether a segment can be written without quotes.
	 * @param segment the segment
	 * @return whether it consists of letters, digits, {@code _} and {@code -} only
	 */
	static boolean isPlain(String segment) {
		if (segment.isEmpty()) {
			return false;
		}
		for (int i = 0; i < segment.length(); i++) {
			if (!isPlain(segment.charAt(i))) {
				return false;
			}
		}
		return true;
	}

	private static boolean isPlain(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'
				|| Character.isLetterOrDigit(c);
	}

	private List<Token> scan() {
		if (this.text.isEmpty()) {
			throw error(0, "it is empty, write for example 'domain.orders'");
		}
		scanName();
		while (this.position < this.text.length()) {
			char c = this.text.charAt(this.position);
			if (c == '.') {
				this.position++;
				scanName();
			}
			else if (c == '[') {
				scanBracket();
			}
			else {
				throw unexpected(c);
			}
		}
		return this.tokens;
	}

	private void scanName() {
		int start = this.position;
		int depth = 0;
		while (this.position < this.text.length()) {
			char c = this.text.charAt(this.position);
			if (c == '{') {
				depth++;
			}
			else if (c == '}') {
				depth--;
			}
			else if (depth <= 0 && (c == '.' || c == '[')) {
				break;
			}
			else if (depth <= 0 && !isPlain(c) && c != '*') {
				throw unexpected(c);
			}
			this.position++;
		}
		if (start == this.position) {
			throw error(start, "a segment is missing");
		}
		this.tokens.add(new Token(this.text.substring(start, this.position), false, start));
	}

	private void scanBracket() {
		int start = this.position++;
		if (this.position == this.text.length()) {
			throw error(start, "'[' is not closed");
		}
		char first = this.text.charAt(this.position);
		String segment = (first == '\'' || first == '"') ? scanQuoted(start, first) : scanIndex(start);
		if (this.position == this.text.length() || this.text.charAt(this.position) != ']') {
			throw error(start, "'[' is not closed");
		}
		if (segment.isEmpty()) {
			throw error(start, "a key cannot be empty");
		}
		this.position++;
		this.tokens.add(new Token(segment, true, start));
	}

	private String scanQuoted(int start, char quote) {
		StringBuilder segment = new StringBuilder();
		for (this.position++; this.position < this.text.length(); this.position++) {
			char c = this.text.charAt(this.position);
			if (c == quote) {
				this.position++;
				return segment.toString();
			}
			if (c == '\\' && this.position + 1 < this.text.length()) {
				c = this.text.charAt(++this.position);
			}
			segment.append(c);
		}
		throw error(start, "the quote is not closed");
	}

	private String scanIndex(int start) {
		int begin = this.position;
		while (this.position < this.text.length() && isDigit(this.text.charAt(this.position))) {
			this.position++;
		}
		if (begin == this.position) {
			throw error(start, "'[' takes a list index or a quoted key, write ['key'] or [0]");
		}
		return this.text.substring(begin, this.position);
	}

	private static boolean isDigit(char c) {
		return c >= '0' && c <= '9';
	}

	private InvalidPathException unexpected(char c) {
		return error(this.position, "unexpected '" + c + "', quote the segment as ['key']");
	}

	private InvalidPathException error(int at, String problem) {
		return new InvalidPathException(this.kind, this.text, at, problem);
	}

	record Token(String text, boolean quoted, int position) {

	}

}
