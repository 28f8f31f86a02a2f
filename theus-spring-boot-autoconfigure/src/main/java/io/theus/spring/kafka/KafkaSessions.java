package io.theus.spring.kafka;

import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/**
 * The session in use, which is given up when nothing more may or can be sent by its
 * producer; the next message begins another one.
 */
// Written under its monitor: nobody begins a session while another one ends, and one that
// has ended does not end the next. Read without it, because closing may take its time.
final class KafkaSessions {

	private final DefaultKafkaProducerFactory<byte[], byte[]> producers;

	private volatile @Nullable KafkaSession current;

	KafkaSessions(DefaultKafkaProducerFactory<byte[], byte[]> producers) {
		this.producers = producers;
	}

	/**
	 * Return the session in use.
	 * @return the session, {@code null} if none was begun
	 */
	@Nullable KafkaSession current() {
		return this.current;
	}

	/**
	 * Return the session in use, or begin one, which may take its time.
	 * @return the session
	 */
	synchronized KafkaSession open() {
		KafkaSession session = this.current;
		if (session != null && session.isGivenUp()) {
			close(session);
			session = null;
		}
		if (session == null) {
			session = new KafkaSession(this.producers.createProducer());
			this.current = session;
		}
		return session;
	}

	/**
	 * End a session at once: what its producer has not sent yet it never sends. Must be
	 * called from a callback of the producer, where closing does not wait.
	 * @param session the session
	 * @param why what has failed
	 */
	synchronized void end(KafkaSession session, Throwable why) {
		session.giveUp(why);
		close(session);
	}

	private void close(KafkaSession session) {
		if (this.current == session) {
			this.current = null;
			this.producers.reset();
		}
	}

	synchronized void close() {
		this.current = null;
		this.producers.destroy();
	}

}
