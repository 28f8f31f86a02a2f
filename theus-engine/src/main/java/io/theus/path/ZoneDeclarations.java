package io.theus.path;

import org.jspecify.annotations.Nullable;

/**
 * What a schema says about zones. It beats the names of segments.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ZoneDeclarations {

	/**
	 * No schema: names decide alone.
	 */
	ZoneDeclarations NONE = (path, length) -> null;

	/**
	 * Return what is declared for a prefix of a path.
	 * @param path the path whose zone is resolved
	 * @param length how many of its segments to look at, at least 2
	 * @return the zone that is declared there or further above, {@link Zone#DATA} also
	 * for a key of a map that the schema types, whose name then says nothing, or
	 * {@code null} if the name of the segment decides
	 */
	@Nullable Zone declared(Path path, int length);

}
