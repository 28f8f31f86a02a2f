package io.theus.internal.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML 1.2 documents.
 *
 * <p>
 * Scalars are resolved by the core schema of YAML 1.2.2 (section 10.3): {@code yes},
 * {@code on} and {@code 1_000} are text. Refused with a place: duplicate keys, keys that
 * are not scalars, merge keys ({@code <<}), tags other than the standard ones, anchors
 * that contain themselves, a second document, and whatever exceeds the
 * {@linkplain YamlLimits limits}. An empty document is a scalar without a value.
 *
 * <p>
 * All methods are safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class YamlParser {

	private static final String BYTE_ORDER_MARK = "\uFEFF";

	private static final int MOST_BYTES_PER_CHARACTER = 4;

	private YamlParser() {
	}

	/**
	 * Read a document within {@link YamlLimits#DEFAULT}.
	 * @param text the document
	 * @param resource the name of the file or other source, for messages
	 * @return the root of the document
	 * @throws InvalidYamlException if it is not acceptable YAML
	 */
	public static YamlNode parse(String text, String resource) {
		return parse(text, resource, YamlLimits.DEFAULT);
	}

	/**
	 * Read a document.
	 * @param text the document
	 * @param resource the name of the file or other source, for messages
	 * @param limits bounds on the document
	 * @return the root of the document
	 * @throws InvalidYamlException if it is not acceptable YAML
	 */
	public static YamlNode parse(String text, String resource, YamlLimits limits) {
		String content = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
		if (content.length() > limits.codePoints()
				&& content.codePointCount(0, content.length()) > limits.codePoints()) {
			throw tooLarge(resource, limits);
		}
		SourceText source = new SourceText(resource, content);
		LoadSettings settings = LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
		try {
			return new TreeBuilder(source, new Parse(settings).parseString(content).iterator(), limits).build();
		}
		catch (MarkedYamlEngineException ex) {
			throw position(source, ex).error(problem(ex), ex);
		}
		catch (ReaderException ex) {
			throw source.positionOf(content, ex.getPosition())
				.error("character U+%04X is not allowed, escape it in double quotes".formatted(ex.getCodePoint()), ex);
		}
		catch (YamlEngineException ex) {
			throw source.position(1, 1).error(String.valueOf(ex.getMessage()), ex);
		}
	}

	/**
	 * Read a document in UTF-8 within {@link YamlLimits#DEFAULT}.
	 * @param stream the document, not closed
	 * @param resource the name of the file or other source, for messages
	 * @return the root of the document
	 * @throws InvalidYamlException if it is not acceptable YAML, or not UTF-8
	 * @throws IOException if the stream cannot be read
	 */
	public static YamlNode parse(InputStream stream, String resource) throws IOException {
		return parse(stream, resource, YamlLimits.DEFAULT);
	}

	/**
	 * Read a document in UTF-8.
	 * @param stream the document, not closed
	 * @param resource the name of the file or other source, for messages
	 * @param limits bounds on the document
	 * @return the root of the document
	 * @throws InvalidYamlException if it is not acceptable YAML, or not UTF-8
	 * @throws IOException if the stream cannot be read
	 */
	public static YamlNode parse(InputStream stream, String resource, YamlLimits limits) throws IOException {
		int most = (int) Math.min(Integer.MAX_VALUE - 16L, MOST_BYTES_PER_CHARACTER * (limits.codePoints() + 1L));
		byte[] bytes = stream.readNBytes(most);
		if (stream.read() >= 0) {
			throw tooLarge(resource, limits);
		}
		try {
			return parse(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString(), resource,
					limits);
		}
		catch (CharacterCodingException ex) {
			throw new SourcePosition(resource, 1, 1, "").error("the document is not UTF-8, save it in that encoding",
					ex);
		}
	}

	private static InvalidYamlException tooLarge(String resource, YamlLimits limits) {
		return new SourcePosition(resource, 1, 1, "")
			.error("the document is too large, limit=" + limits.codePoints() + " characters");
	}

	private static SourcePosition position(SourceText source, MarkedYamlEngineException ex) {
		Mark mark = ex.getProblemMark().or(ex::getContextMark).orElse(null);
		return (mark != null) ? source.position(mark.getLine() + 1, mark.getColumn() + 1) : source.position(1, 1);
	}

	private static String problem(MarkedYamlEngineException ex) {
		String problem = String.valueOf(ex.getProblem()).strip();
		String context = (ex.getContext() != null) ? ex.getContext().strip() : "";
		return context.isEmpty() ? problem : context + ", " + problem;
	}

}
