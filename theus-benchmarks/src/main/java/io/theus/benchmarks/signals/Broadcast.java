package io.theus.benchmarks.signals;

/**
 * Passes messages to some receivers. One thread publishes.
 */
interface Broadcast extends AutoCloseable {

	/** How many messages are published in a row. */
	int MESSAGES = 100_000;

	/**
	 * How many messages a candidate that keeps them has room for: more than are published
	 * in a row, so that nothing need be dropped.
	 */
	int ROOM = 131_072;

	/** The topic of all messages, where messages have one. */
	String TOPIC = "sig_progress";

	/**
	 * Publish a message to all receivers.
	 * @param message the message
	 */
	void publish(Integer message);

	/**
	 * Release what is held.
	 */
	@Override
	void close();

}
