package io.theus.outbox;

/**
 * How large and how many the messages of one commit may be.
 *
 * @param maxMessageSize the number of bytes of content, key and headers of a message; the
 * default leaves room for what a relay adds below a broker's usual limit of 1 MiB
 * @param maxMessagesPerCommit the number of messages of a commit
 * @since 0.1.0
 */
public record OutboxLimits(int maxMessageSize, int maxMessagesPerCommit) {

	/**
	 * The size of a message unless something else is said, in bytes.
	 */
	public static final int DEFAULT_MAX_MESSAGE_SIZE = 1_000_000;

	/**
	 * The number of messages of a commit unless something else is said.
	 */
	public static final int DEFAULT_MAX_MESSAGES_PER_COMMIT = 1000;

	/**
	 * Check the limits.
	 * @throws IllegalArgumentException if one is less than 1
	 */
	public OutboxLimits {
		if (maxMessageSize < 1 || maxMessagesPerCommit < 1) {
			throw new IllegalArgumentException("limits of the outbox must be positive: maxMessageSize=" + maxMessageSize
					+ ", maxMessagesPerCommit=" + maxMessagesPerCommit);
		}
	}

	/**
	 * Return the limits that apply unless something else is said.
	 * @return the default limits
	 */
	public static OutboxLimits defaults() {
		return new OutboxLimits(DEFAULT_MAX_MESSAGE_SIZE, DEFAULT_MAX_MESSAGES_PER_COMMIT);
	}

	/**
	 * Check that a commit may have one more message.
	 * @param topic where the message goes
	 * @param count how many messages the commit would have with it
	 * @throws TooManyMessagesException if these are too many
	 */
	public void requireCount(String topic, int count) {
		if (count > this.maxMessagesPerCommit) {
			throw new TooManyMessagesException(topic, count, this.maxMessagesPerCommit);
		}
	}

}
