package io.theus.spring.kafka;

import java.util.concurrent.CompletionException;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

import io.theus.outbox.RelayUnavailableException;

/**
 * Tells what the broker has against a message from a broker that is away.
 */
final class KafkaFailures {

	private KafkaFailures() {
	}

	// A topic that does not exist is in error for Kafka only until somebody creates it,
	// but a message to it may as well be misdirected
	static Throwable classify(Throwable failure) {
		Throwable reason = reason(failure);
		boolean away = reason instanceof RetriableException || reason instanceof AuthenticationException;
		boolean unknown = reason instanceof UnknownTopicOrPartitionException
				|| reason.getCause() instanceof UnknownTopicOrPartitionException;
		return (away && !unknown) ? new RelayUnavailableException("Kafka is not available: error=" + reason, reason)
				: reason;
	}

	// Whether the producer will fail whatever it is given from now on, according to its
	// TransactionManager; in that state it throws what has no class of its own
	static boolean isFatal(Throwable failure) {
		return failure.getClass() == KafkaException.class || failure instanceof ClusterAuthorizationException
				|| failure instanceof UnsupportedVersionException || failure instanceof ProducerFencedException
				|| failure instanceof IllegalStateException;
	}

	// What Kafka says, rather than that sending failed
	private static Throwable reason(Throwable failure) {
		Throwable reason = failure;
		while (reason instanceof CompletionException && reason.getCause() != null) {
			reason = reason.getCause();
		}
		return reason;
	}

}
