package io.theus.spring.observation;

import java.util.Map;

/**
 * Gives the trace that a thread works on as text, which goes where nothing else of the
 * thread does: with runs of workflows, to other machines, into a store.
 * <p>
 * Implementations are safe for use by several threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TraceSource {

	/**
	 * There are no traces.
	 */
	TraceSource NONE = Map::of;

	/**
	 * Return what continues the trace of this thread elsewhere.
	 * @return names and values, empty if there is no trace
	 */
	Map<String, String> current();

}
