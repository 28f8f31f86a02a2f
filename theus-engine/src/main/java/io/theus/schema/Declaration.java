package io.theus.schema;

import java.util.Set;

import io.theus.path.PathPattern;

/**
 * One declaration: a set of places and what is stored there.
 *
 * @param pattern the places, with {@code *} for any key
 * @param place what is stored at each of them
 * @param origin where it is declared, for messages
 */
record Declaration(PathPattern pattern, Place place, String origin) {

	private static final Set<String> NOT_STORED = Set.of("local", "signal", "sig", "cmd");

	/**
	 * Check the pattern.
	 * @throws InvalidSchemaException if it does not name places that are stored
	 */
	Declaration {
		String root = pattern.literal(0);
		if (pattern.isDeep() || !pattern.placeholders().isEmpty() || root == null) {
			throw InvalidSchemaException.of(origin,
					"the path must begin with a layer and have no '**' and no placeholders, use '*' for any key");
		}
		if (NOT_STORED.contains(root)) {
			throw InvalidSchemaException.of(origin, "nothing below '%s' is ever committed".formatted(root));
		}
	}

}
