package io.theus.telemetry;

/**
 * Takes along what is bound to a thread by others, such as a trace or the context of a
 * log, where work goes on on a thread of the engine.
 * <p>
 * Implementations are safe for use by several threads and do not throw.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ThreadContext {

	/**
	 * Takes nothing along.
	 */
	ThreadContext NONE = () -> ThreadBound.NOTHING;

	/**
	 * Take what is bound to this thread now.
	 * @return binds it to other threads
	 */
	ThreadBound capture();

}
