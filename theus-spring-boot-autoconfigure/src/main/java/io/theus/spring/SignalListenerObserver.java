package io.theus.spring;

import java.time.Duration;

/**
 * Hears of the calls of signal listeners: a bean of this type, for metrics for example.
 * It is called on the thread of the listener and should be quick.
 *
 * @since 0.1.0
 */
public interface SignalListenerObserver {

	/**
	 * A listener was called with a signal.
	 * @param listener the id of the listener, {@code bean.method}
	 * @param duration how long the call took
	 * @param failed whether the listener has thrown
	 */
	void called(String listener, Duration duration, boolean failed);

	/**
	 * Signals were overwritten before a listener came to them.
	 * @param listener the id of the listener, {@code bean.method}
	 * @param count how many signals, of all topics
	 */
	void missed(String listener, long count);

}
