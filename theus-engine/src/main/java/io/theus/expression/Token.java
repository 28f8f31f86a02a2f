package io.theus.expression;

import org.jspecify.annotations.Nullable;

import io.theus.error.Excerpt;

/**
 * A word of the language.
 *
 * @param kind what it is
 * @param text its characters as written
 * @param start where it begins in the source
 * @param value the number or text of a literal
 */
record Token(Kind kind, String text, int start, @Nullable Object value) {

	int end() {
		return this.start + this.text.length();
	}

	boolean isSymbol(String symbol) {
		return this.kind == Kind.SYMBOL && this.text.equals(symbol);
	}

	boolean isWord(String word) {
		return this.kind == Kind.NAME && this.text.equals(word);
	}

	String describe() {
		return (this.kind == Kind.END) ? "the end of the expression" : Excerpt.quoted(this.text);
	}

	enum Kind {

		NUMBER, TEXT, NAME, SYMBOL, END

	}

}
