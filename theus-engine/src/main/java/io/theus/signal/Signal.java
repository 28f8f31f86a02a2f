package io.theus.signal;

import org.jspecify.annotations.Nullable;

import io.theus.path.TopicPattern;

/**
 * A message that was, or is about to be, published on a {@link SignalHub}.
 *
 * @param topic what it is about: letters, digits, {@code '.'}, {@code '_'} and
 * {@code '-'}, at most 249 characters
 * @param payload an immutable value, or {@code null}
 * @param commitVersion the version of the commit that emitted it, at least 1, or
 * {@link #NO_COMMIT}
 * @since 0.1.0
 */
public record Signal(String topic, @Nullable Object payload, long commitVersion) {

	/**
	 * The version of a signal that no commit emitted. It differs from 0, which is the
	 * version of the empty engine.
	 */
	public static final long NO_COMMIT = -1;

	/**
	 * Check the topic.
	 * @throws InvalidTopicException if the topic is not a valid name
	 */
	public Signal {
		TopicPattern.requireTopic(topic);
	}

	/**
	 * Create a signal that no commit emitted, or none has emitted yet.
	 * @param topic the topic
	 * @param payload an immutable value, or {@code null}
	 * @return the signal
	 * @throws InvalidTopicException if the topic is not a valid name
	 */
	public static Signal of(String topic, @Nullable Object payload) {
		return new Signal(topic, payload, NO_COMMIT);
	}

	/**
	 * Return this signal as one of a commit.
	 * @param version the version of the commit
	 * @return the signal that may be handed to {@link SignalHub#publishCommitted}
	 */
	public Signal withCommit(long version) {
		return new Signal(this.topic, this.payload, version);
	}

}
