package io.theus.spring.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import io.theus.error.TheusException;

/**
 * Thrown when nothing identifies a record, so that nobody could tell whether it comes
 * again.
 *
 * @since 0.1.0
 */
public final class MissingMessageIdException extends TheusException {

	private final String topic;

	private final int partition;

	private final long offset;

	MissingMessageIdException(ConsumerRecord<?, ?> record, String problem, String action) {
		super("record of topic '%s' has no message id: partition=%d, offset=%d, %s, %s".formatted(record.topic(),
				record.partition(), record.offset(), problem, action));
		this.topic = record.topic();
		this.partition = record.partition();
		this.offset = record.offset();
	}

	/**
	 * Return the topic of the record.
	 * @return the name of the topic
	 */
	public String topic() {
		return this.topic;
	}

	/**
	 * Return the partition of the record.
	 * @return the number of the partition
	 */
	public int partition() {
		return this.partition;
	}

	/**
	 * Return where the record is in its partition.
	 * @return the offset
	 */
	public long offset() {
		return this.offset;
	}

}
