package io.theus.transaction;

import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * What is different in a fork.
 *
 * @param owner the fork that is found where the engine that was forked is asked for
 * @param results what stands in for processes, above all those with side effects: by id
 * of the process, gives the result for the arguments by name
 * @since 0.1.0
 */
public record ForkSettings(Object owner,
		Map<String, Function<Map<String, @Nullable Object>, @Nullable Object>> results) {

	/**
	 * Copy the results.
	 */
	public ForkSettings {
		results = Map.copyOf(results);
	}

}
