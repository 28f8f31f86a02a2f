package io.theus.run;

import org.jspecify.annotations.Nullable;

/**
 * Commits a signal that a workflow emits.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SignalEmitter {

	/**
	 * Commit a signal, which is published after that.
	 * @param origin who emits it
	 * @param topic the topic
	 * @param payload the payload
	 */
	void emit(String origin, String topic, @Nullable Object payload);

}
