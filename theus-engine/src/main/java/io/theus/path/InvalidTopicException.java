package io.theus.path;

import io.theus.error.TheusException;

/**
 * A topic of a signal or message, or a pattern over topics, is malformed.
 *
 * @since 0.1.0
 */
public final class InvalidTopicException extends TheusException {

	private final String topic;

	private final int position;

	InvalidTopicException(String message, String topic, int position) {
		super(message);
		this.topic = topic;
		this.position = position;
	}

	/**
	 * Return what was given as a topic or pattern.
	 * @return the text
	 */
	public String topic() {
		return this.topic;
	}

	/**
	 * Return where it goes wrong.
	 * @return the index of the first character that is not allowed, from 0
	 */
	public int position() {
		return this.position;
	}

}
