package io.theus.spring.kafka;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import io.theus.outbox.RelayUnavailableException;

/**
 * Hands messages of a batch to a producer, on one thread. Answers come on that thread
 * while it hands over, else on that of the producer.
 */
final class KafkaHandover {

	private final KafkaSessions sessions;

	private final KafkaSession session;

	private final Thread thread = Thread.currentThread();

	/** Used by the handing thread only. */
	private final Set<Posting.Lane> broken = new HashSet<>();

	KafkaHandover(KafkaSessions sessions, KafkaSession session) {
		this.sessions = sessions;
		this.session = session;
	}

	/**
	 * Hand over a message, unless one before it in its lane was refused.
	 * @param posting the message
	 * @param record makes the record of it
	 */
	@SuppressWarnings("FutureReturnValueIgnored")
	void send(Posting posting, Supplier<ProducerRecord<byte[], byte[]>> record) {
		if (this.broken.contains(posting.lane())) {
			posting.fail(new RelayUnavailableException("a message before it has failed", null));
			return;
		}
		try {
			this.session.producer().send(record.get(), (metadata, failure) -> answered(posting, failure));
		}
		catch (RuntimeException ex) {
			refused(posting, ex);
		}
	}

	private void answered(Posting posting, @Nullable Exception failure) {
		if (failure == null) {
			posting.confirm();
		}
		else if (Thread.currentThread() == this.thread) {
			refused(posting, failure);
		}
		else {
			failed(posting, failure);
		}
	}

	/**
	 * A message is not sent at all.
	 * @param posting the message
	 * @param failure why
	 */
	void refused(Posting posting, Exception failure) {
		this.broken.add(posting.lane());
		// A producer that takes nothing any more has nothing against this message
		if (KafkaFailures.isFatal(failure)) {
			this.session.giveUp(failure);
		}
		posting.fail(reason(posting, failure));
	}

	// Ends the session before the outbox hears of it and begins to send again
	private void failed(Posting posting, Exception failure) {
		Throwable reason = reason(posting, failure);
		if (posting.isFollowed() || KafkaFailures.isFatal(failure)) {
			this.sessions.end(this.session, failure);
		}
		posting.fail(reason);
	}

	private Throwable reason(Posting posting, Exception failure) {
		this.session.lost(posting.topic());
		return KafkaFailures.classify(this.session.failure(failure));
	}

}
