package io.theus.sample.receiver;

import org.springframework.stereotype.Component;

import io.theus.ProcessContext;
import io.theus.annotation.Process;

/**
 * Counts the messages of each order.
 *
 * @since 0.1.0
 */
@Component
public class Arrivals {

	private final ProcessContext state;

	Arrivals(ProcessContext state) {
		this.state = state;
	}

	/**
	 * Count a message.
	 * @param topic where it came from
	 * @param orderId the identity of the order
	 */
	@Process(updates = "domain.arrivals.{topic}.{orderId}")
	public void note(String topic, String orderId) {
		this.state.upsert(Receiver.path(topic, orderId), 1, (count) -> count + 1);
	}

}
