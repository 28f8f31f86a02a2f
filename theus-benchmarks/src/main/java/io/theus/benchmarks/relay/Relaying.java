package io.theus.benchmarks.relay;

/**
 * Sends messages to a broker. For one thread.
 */
interface Relaying extends AutoCloseable {

	/**
	 * The topic that messages are sent to.
	 */
	String TOPIC = "numbers";

	/**
	 * Send messages and wait until the broker has all of them for good.
	 * @param first the number of the first message, which is its content
	 * @param count how many messages
	 * @param keys how many keys they have, in turns
	 */
	void send(int first, int count, int keys);

	/**
	 * Release what is held.
	 */
	@Override
	void close();

	static String key(int number, int keys) {
		return Integer.toString(number % keys);
	}

	// About as long as a small event
	static String content(int number) {
		return "{\"number\":" + number
				+ ",\"customer\":\"0815\",\"state\":\"PLACED\",\"total\":\"1234.56\",\"currency\":\"EUR\"}";
	}

}
