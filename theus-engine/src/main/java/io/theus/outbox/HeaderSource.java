package io.theus.outbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.error.LoggedFailure;

/**
 * Gives headers that every message carries besides those of its sender, for example the
 * trace that it is part of. A message continues what it was sent in, not what delivers it
 * later.
 *
 * <p>
 * Implementations must be safe for use by several threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface HeaderSource {

	/**
	 * Gives none.
	 */
	HeaderSource NONE = Map::of;

	/**
	 * Return the headers of a message that is being sent. Called on the thread that sends
	 * it, within its transaction, so it must not wait for anything.
	 * @return names and values, empty for none
	 */
	Map<String, String> headers();

	/**
	 * Ask several sources. One that fails is left out, with a line in the log: what it
	 * knows is not worth a transaction.
	 * @param sources the sources; of two headers with one name the later one counts
	 * @return all of them as one
	 */
	static HeaderSource all(List<HeaderSource> sources) {
		if (sources.isEmpty()) {
			return NONE;
		}
		Logger logger = LoggerFactory.getLogger(HeaderSource.class);
		List<HeaderSource> all = List.copyOf(sources);
		return () -> {
			Map<String, String> headers = new LinkedHashMap<>();
			for (HeaderSource source : all) {
				try {
					headers.putAll(source.headers());
				}
				catch (RuntimeException ex) {
					logger.warn("a message goes without headers of '{}', which failed: error={}",
							source.getClass().getName(), LoggedFailure.describe(ex, logger));
				}
			}
			return headers;
		};
	}

}
