package io.theus.internal.yaml;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a document, shared by all positions in it.
 */
final class SourceText {

	private final String resource;

	private final List<String> lines;

	SourceText(String resource, String text) {
		this.resource = resource;
		this.lines = split(text);
	}

	// Lines are broken where SnakeYAML counts them: at CR LF, LF and CR, nowhere else.
	private static List<String> split(String text) {
		List<String> lines = new ArrayList<>();
		int start = 0;
		for (int index = 0; index < text.length(); index++) {
			char character = text.charAt(index);
			if (character == '\n' || character == '\r') {
				lines.add(text.substring(start, index));
				if (character == '\r' && index + 1 < text.length() && text.charAt(index + 1) == '\n') {
					index++;
				}
				start = index + 1;
			}
		}
		lines.add(text.substring(start));
		return lines;
	}

	SourcePosition position(int line, int column) {
		return new SourcePosition(this.resource, line, column, line(line));
	}

	SourcePosition positionOf(String text, int codePointIndex) {
		int index = text.offsetByCodePoints(0, codePointIndex);
		List<String> before = split(text.substring(0, index));
		String last = before.get(before.size() - 1);
		return position(before.size(), last.codePointCount(0, last.length()) + 1);
	}

	/**
	 * Finds the place of a character of a scalar: exactly if the scalar's text stands in
	 * the document as it is up to there, else where the scalar begins.
	 * @param start where the scalar begins, at its quote or block indicator if it has one
	 * @param text the text of the scalar
	 * @param offset the index of the character in the text
	 * @return the place
	 */
	SourcePosition locate(SourcePosition start, String text, int offset) {
		String line = start.lineText();
		String before = text.substring(0, Math.min(offset, text.length()));
		int index = line.offsetByCodePoints(0, start.column() - 1);
		if (index < line.length()) {
			char first = line.charAt(index);
			if (first == '|' || first == '>') {
				return locateInBlock(start, text, before);
			}
			if (first == '"' || first == '\'') {
				index++;
			}
		}
		if (!line.startsWith(before, index)) {
			return start;
		}
		return position(start.line(), line.codePointCount(0, index + before.length()) + 1);
	}

	private SourcePosition locateInBlock(SourcePosition start, String text, String before) {
		int lineStart = before.lastIndexOf('\n') + 1;
		int lineEnd = text.indexOf('\n', lineStart);
		String wanted = text.substring(lineStart, (lineEnd < 0) ? text.length() : lineEnd);
		int number = start.line() + 1 + (int) before.chars().filter((character) -> character == '\n').count();
		String found = line(number);
		if (!found.endsWith(wanted)) {
			return start;
		}
		int index = found.length() - wanted.length() + before.length() - lineStart;
		return position(number, found.codePointCount(0, index) + 1);
	}

	private String line(int number) {
		return (number <= this.lines.size()) ? this.lines.get(number - 1) : "";
	}

}
