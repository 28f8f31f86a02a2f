package io.theus.internal.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;

import org.jspecify.annotations.Nullable;

import io.theus.error.Excerpt;

/**
 * A single value.
 *
 * @since 0.1.0
 */
public final class YamlScalar implements YamlNode {

	private final SourceText source;

	private final SourcePosition position;

	private final String text;

	private final boolean quoted;

	private final @Nullable Object value;

	YamlScalar(SourceText source, SourcePosition position, String text, boolean quoted, @Nullable Object value) {
		this.source = source;
		this.position = position;
		this.text = text;
		this.quoted = quoted;
		this.value = value;
	}

	@Override
	public SourcePosition position() {
		return this.position;
	}

	/**
	 * Return the value that the YAML 1.2 core schema gives to this scalar.
	 * @return {@code null}, {@link Boolean}, {@link Long}, {@link BigInteger} if a long
	 * is too small, {@link BigDecimal} for a decimal, {@link Double} only for infinity
	 * and "not a number", else {@link String}; a quoted or block scalar is always text
	 */
	public @Nullable Object value() {
		return this.value;
	}

	/**
	 * Return the characters of this scalar whatever it resolves to.
	 * @return for example {@code 1.10}; empty for a key without a value
	 */
	public String text() {
		return this.text;
	}

	/**
	 * Tell whether this scalar was written in quotes or as a block.
	 * @return whether its author insisted on text
	 */
	public boolean isQuoted() {
		return this.quoted;
	}

	/**
	 * Create an exception about a character of {@link #text()}, for languages inside
	 * YAML.
	 * @param offset the 0-based index of the character in the text
	 * @param problem what is wrong and what to do about it, one sentence
	 * @return the exception; its place is exact unless the scalar is folded or escaped
	 * before the character, then it is where the scalar begins
	 */
	public InvalidYamlException error(int offset, String problem) {
		return this.source.locate(this.position, this.text, offset).error(problem);
	}

	@Override
	public YamlScalar asScalar() {
		return this;
	}

	@Override
	public String describe() {
		if (this.value instanceof String content) {
			return "text " + Excerpt.quoted(content);
		}
		return (this.value != null) ? this.value.toString() : "nothing";
	}

	@Override
	public @Nullable Object toPlain() {
		return this.value;
	}

}
