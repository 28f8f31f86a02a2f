package io.theus.heavy;

import java.util.Map;

/**
 * The heavy memory of an engine at some moment.
 *
 * @param capacity how many bytes the engine may use
 * @param used how many bytes it uses: what has a name or is still mapped
 * @param segments how many segments there are in which state
 * @param allocated how many segments were created so far
 * @param freed how many of those were freed so far
 * @param reclaimed how many segments of dead owners were removed so far
 * @since 0.1.0
 */
public record HeavyStatus(long capacity, long used, Map<HeavyState, Integer> segments, long allocated, long freed,
		long reclaimed) {

	/**
	 * Create the record.
	 */
	public HeavyStatus {
		segments = Map.copyOf(segments);
	}

}
