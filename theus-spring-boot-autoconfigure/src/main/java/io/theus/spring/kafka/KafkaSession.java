package io.theus.spring.kafka;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

import io.theus.outbox.RelayUnavailableException;

/**
 * A producer, from its first message to the last that is sent by it.
 * <p>
 * Safe for use by several threads.
 */
final class KafkaSession {

	private final Producer<byte[], byte[]> producer;

	private final Set<String> reachable = ConcurrentHashMap.newKeySet();

	/** What ended it. */
	private volatile @Nullable Throwable end;

	KafkaSession(Producer<byte[], byte[]> producer) {
		this.producer = producer;
	}

	Producer<byte[], byte[]> producer() {
		return this.producer;
	}

	/**
	 * Tell whether sending to a topic is not expected to block.
	 * @param topic the topic
	 * @return whether the producer knows its partitions and nothing has gone wrong since
	 */
	boolean reaches(String topic) {
		return !isGivenUp() && this.reachable.contains(topic);
	}

	void reached(String topic) {
		this.reachable.add(topic);
	}

	void lost(String topic) {
		this.reachable.remove(topic);
	}

	/**
	 * Hand nothing more to the producer. It is closed by whoever begins the next session.
	 * @param why what has failed
	 */
	void giveUp(Throwable why) {
		if (this.end == null) {
			this.end = why;
		}
	}

	boolean isGivenUp() {
		return this.end != null;
	}

	/**
	 * Tell what a failure means: what fails in a session that was given up may have
	 * failed because of that.
	 * @param failure the failure
	 * @return the same, or that the broker is not available
	 */
	Throwable failure(Throwable failure) {
		Throwable why = this.end;
		return (why != null)
				? new RelayUnavailableException("Kafka is given up until the next attempt: error=" + why, failure)
				: failure;
	}

}
