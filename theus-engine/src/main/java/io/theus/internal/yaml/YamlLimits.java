package io.theus.internal.yaml;

/**
 * Bounds on a YAML document, so that one from an untrusted source costs little.
 *
 * @param codePoints the most characters (Unicode code points) a document may have
 * @param depth the most maps and lists that may be nested in each other, aliases expanded
 * @param aliases the most aliases ({@code *name}) a document may use
 * @param nodes the most maps, lists and scalars the document may have with all its
 * aliases expanded
 * @since 0.1.0
 */
public record YamlLimits(int codePoints, int depth, int aliases, int nodes) {

	/**
	 * Bounds that are generous for documents written by people: 3,000,000 characters,
	 * depth 64, 100 aliases, 1,000,000 nodes.
	 */
	public static final YamlLimits DEFAULT = new YamlLimits(3_000_000, 64, 100, 1_000_000);

}
