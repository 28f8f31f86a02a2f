package io.theus;

import java.util.Map;

/**
 * Content of the state before the first process runs. All initial states together are
 * applied as the first commit when the store is empty.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface InitialState {

	/**
	 * Return the content by path: a map or record for a layer, any accepted value for a
	 * path below it.
	 * @return the values by path, for example {@code Map.of("domain", new Shop(...))}
	 */
	Map<String, ?> content();

}
