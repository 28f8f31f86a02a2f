package io.theus.outbox;

import org.jspecify.annotations.Nullable;

/**
 * Says which messages are meant. What is {@code null} does not matter, except that
 * messages which are {@link MessageState#SENT} or {@link MessageState#DISCARDED} are
 * meant only where their state is named.
 *
 * @param state the state
 * @param topic the topic
 * @param key the key
 * @since 0.1.0
 */
public record MessageFilter(@Nullable MessageState state, @Nullable String topic, @Nullable String key) {

	private static final MessageFilter ALL = new MessageFilter(null, null, null);

	/**
	 * Return the filter that means every message that is held.
	 * @return the filter
	 */
	public static MessageFilter all() {
		return ALL;
	}

	/**
	 * Mean messages in one state.
	 * @param state the state
	 * @return the filter
	 */
	public static MessageFilter in(MessageState state) {
		return new MessageFilter(state, null, null);
	}

	/**
	 * Mean only messages to one topic.
	 * @param topic the topic
	 * @return the narrower filter
	 */
	public MessageFilter to(String topic) {
		return new MessageFilter(this.state, topic, this.key);
	}

	/**
	 * Mean only messages with one key.
	 * @param key the key
	 * @return the narrower filter
	 */
	public MessageFilter withKey(String key) {
		return new MessageFilter(this.state, this.topic, key);
	}

	boolean matches(Held held) {
		return (this.state == null || held.state == this.state)
				&& (this.topic == null || this.topic.equals(held.message.topic()))
				&& (this.key == null || this.key.equals(held.message.key()));
	}

	/**
	 * Describe the filter without the key.
	 */
	@Override
	public String toString() {
		return "state=" + this.state + ", topic=" + this.topic + ", byKey=" + (this.key != null);
	}

}
