package io.theus.outbox;

import java.util.Map;

/**
 * Checks the names that a message carries.
 */
final class MessageNames {

	private static final int MAX_TOPIC_LENGTH = 249;

	private MessageNames() {
	}

	/**
	 * Check the name of a topic by the rule of Kafka
	 * ({@code org.apache.kafka.common.internals.Topic}).
	 * @param topic the name
	 * @throws InvalidMessageException if it is malformed
	 */
	static void requireTopic(String topic) {
		if (topic.isEmpty() || topic.equals(".") || topic.equals("..")) {
			throw new InvalidMessageException(
					"outbox topic '" + topic + "' is not a name: length=" + topic.length() + ", choose another one",
					topic);
		}
		if (topic.length() > MAX_TOPIC_LENGTH) {
			throw new InvalidMessageException("outbox topic '" + topic + "' is too long: length=" + topic.length()
					+ ", limit=" + MAX_TOPIC_LENGTH + ", shorten it", topic);
		}
		for (int i = 0; i < topic.length(); i++) {
			if (!isTopicCharacter(topic.charAt(i))) {
				throw new InvalidMessageException("invalid outbox topic '" + topic + "': position=" + i
						+ ", use letters (a-z, A-Z), digits, '.', '_' and '-'", topic);
			}
		}
	}

	private static boolean isTopicCharacter(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_'
				|| c == '-';
	}

	/**
	 * Check that headers have names and values.
	 * @param topic where the message goes
	 * @param headers the headers
	 * @throws InvalidMessageException if one is malformed
	 */
	static void requireHeaders(String topic, Map<String, String> headers) {
		headers.forEach((name, value) -> {
			if (name == null || name.isBlank()) {
				throw new InvalidMessageException(
						"header of message to '" + topic + "' has no name: name=" + name + ", name it", topic);
			}
			if (value == null) {
				throw new InvalidMessageException("header '" + name + "' of message to '" + topic
						+ "' has no value: value=null, leave it out or use an empty text", topic);
			}
		});
	}

}
