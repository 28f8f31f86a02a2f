package io.theus.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.expression.Token.Kind;

/**
 * Cuts an expression into words.
 */
final class Lexer {

	private static final List<String> SYMBOLS = List.of("//", "==", "!=", "<=", ">=", "&&", "||", "+", "-", "*", "/",
			"%", "<", ">", "!", "?", ":", "(", ")", "[", "]", ",", ".");

	/** What people know from other languages, and what to write instead. */
	private static final Map<Character, String> HINTS = Map.of('=', "assignment is not possible, compare with '=='",
			'&', "'&' is not an operator, write 'and'", '|', "'|' is not an operator, write 'or'", '@',
			"beans cannot be reached", '#', "variables do not begin with '#', write the name alone", '{',
			"maps cannot be written, and a list stands in brackets", '}', "'}' has no meaning here", ';',
			"only one expression is possible");

	private final Source source;

	private final ExpressionLimits limits;

	private final List<Token> tokens = new ArrayList<>();

	private int index;

	Lexer(Source source, ExpressionLimits limits) {
		this.source = source;
		this.limits = limits;
		this.index = source.start();
	}

	List<Token> tokens() {
		while (this.index < this.source.end()) {
			char character = current(0);
			if (character == ' ' || character == '\t' || character == '\n' || character == '\r') {
				this.index++;
			}
			else if (isDigit(character) || (character == '.' && isDigit(current(1)))) {
				number();
			}
			else if (character == '\'' || character == '"') {
				text(character);
			}
			else if (isNameStart(codePoint())) {
				name();
			}
			else {
				symbol();
			}
		}
		add(Kind.END, this.source.end(), null);
		return this.tokens;
	}

	private void number() {
		int start = this.index;
		boolean decimal = false;
		digits();
		if (current(0) == '.' && isDigit(current(1))) {
			decimal = true;
			this.index++;
			digits();
		}
		if (current(0) == 'e' || current(0) == 'E') {
			int sign = (current(1) == '+' || current(1) == '-') ? 1 : 0;
			if (isDigit(current(1 + sign))) {
				decimal = true;
				this.index += 1 + sign;
				digits();
			}
		}
		if (this.index < this.source.end() && isNamePart(codePoint())) {
			throw this.source.invalid(this.index, "a number must be followed by an operator or a space");
		}
		add(Kind.NUMBER, start, literal(this.source.text().substring(start, this.index), decimal, start));
	}

	private Object literal(String text, boolean decimal, int start) {
		Object value = decimal ? Numbers.parseDecimal(text, this.limits.digits())
				: Numbers.parseInteger(text, this.limits.digits());
		if (value == null) {
			throw this.source.invalid(start, "the number is too long, limit=" + this.limits.digits() + " digits");
		}
		return value;
	}

	private void digits() {
		while (isDigit(current(0))) {
			this.index++;
		}
	}

	private void text(char quote) {
		int start = this.index++;
		StringBuilder text = new StringBuilder();
		while (current(0) != quote) {
			if (this.index >= this.source.end()) {
				throw this.source.invalid(start, "the text is not closed, a quote " + quote + " is missing");
			}
			text.append((current(0) == '\\') ? escaped() : current(0));
			this.index++;
		}
		this.index++;
		add(Kind.TEXT, start, text.toString());
	}

	private char escaped() {
		int start = this.index++;
		return switch (current(0)) {
			case '\\' -> '\\';
			case '\'' -> '\'';
			case '"' -> '"';
			case 'n' -> '\n';
			case 'r' -> '\r';
			case 't' -> '\t';
			case 'u' -> unicode(start);
			default -> throw this.source.invalid(start,
					"unknown escape, possible are \\\\ \\' \\\" \\n \\r \\t and \\u with four hexadecimal digits");
		};
	}

	private char unicode(int start) {
		int value = 0;
		for (int digit = 0; digit < 4; digit++) {
			this.index++;
			int found = (current(0) < 128) ? Character.digit(current(0), 16) : -1;
			if (found < 0) {
				throw this.source.invalid(start, "\\u must be followed by four hexadecimal digits");
			}
			value = value * 16 + found;
		}
		return (char) value;
	}

	private void name() {
		int start = this.index;
		while (this.index < this.source.end() && isNamePart(codePoint())) {
			this.index += Character.charCount(codePoint());
		}
		add(Kind.NAME, start, null);
	}

	private void symbol() {
		int start = this.index;
		for (String symbol : SYMBOLS) {
			if (this.source.text().startsWith(symbol, start) && start + symbol.length() <= this.source.end()) {
				this.index += symbol.length();
				add(Kind.SYMBOL, start, null);
				return;
			}
		}
		String hint = HINTS.get(current(0));
		if (hint != null) {
			throw this.source.invalid(start, hint);
		}
		throw this.source.invalid(start, "character U+%04X has no meaning here".formatted(codePoint()));
	}

	private void add(Kind kind, int start, @Nullable Object value) {
		this.tokens.add(new Token(kind, this.source.text().substring(start, this.index), start, value));
	}

	// Returns a character relative to the index, or NUL outside the expression.
	private char current(int offset) {
		int at = this.index + offset;
		return (at < this.source.end()) ? this.source.text().charAt(at) : '\0';
	}

	private int codePoint() {
		return this.source.text().codePointAt(this.index);
	}

	private static boolean isDigit(char character) {
		return character >= '0' && character <= '9';
	}

	static boolean isNameStart(int codePoint) {
		return codePoint == '_' || Character.isLetter(codePoint);
	}

	static boolean isNamePart(int codePoint) {
		return codePoint == '_' || Character.isLetterOrDigit(codePoint);
	}

}
