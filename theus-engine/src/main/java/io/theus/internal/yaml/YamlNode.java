package io.theus.internal.yaml;

import org.jspecify.annotations.Nullable;

/**
 * A part of a YAML document that knows where it stood. Nodes are immutable and safe for
 * use by several threads.
 *
 * <p>
 * What an alias stands for is the anchored node itself, at the anchor's place.
 *
 * @since 0.1.0
 */
public sealed interface YamlNode permits YamlMap, YamlList, YamlScalar {

	/**
	 * Return where the node begins.
	 * @return the place of its first character
	 */
	SourcePosition position();

	/**
	 * Name the node in an error message.
	 * @return for example {@code a map} or {@code text 'abc'}
	 */
	String describe();

	/**
	 * Return the node as plain Java values, for data files.
	 * @return an unmodifiable {@code Map<String, ?>} or {@code List<?>} in the order of
	 * the document, or what {@link YamlScalar#value()} returns
	 */
	@Nullable Object toPlain();

	/**
	 * Create an exception about this node.
	 * @param problem what is wrong and what to do about it, one sentence
	 * @return the exception, to be thrown by the caller
	 */
	default InvalidYamlException error(String problem) {
		return position().error(problem);
	}

	/**
	 * Return this node if it is a map.
	 * @return this node
	 * @throws InvalidYamlException if it is something else
	 */
	default YamlMap asMap() {
		throw error("expected a map, found " + describe());
	}

	/**
	 * Return this node if it is a list.
	 * @return this node
	 * @throws InvalidYamlException if it is something else
	 */
	default YamlList asList() {
		throw error("expected a list, found " + describe());
	}

	/**
	 * Return this node if it is a scalar.
	 * @return this node
	 * @throws InvalidYamlException if it is something else
	 */
	default YamlScalar asScalar() {
		throw error("expected a single value, found " + describe());
	}

}
