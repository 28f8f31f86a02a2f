package io.theus.spring.kafka;

import java.util.concurrent.CompletionException;

import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

import io.theus.outbox.RelayUnavailableException;

import static org.assertj.core.api.Assertions.assertThat;

class KafkaFailuresTests {

	@Test
	void brokerThatIsAwayIsNoFaultOfTheMessage() {
		for (Exception ex : new Exception[] { new TimeoutException("late"), new DisconnectException("gone"),
				new SaslAuthenticationException("password") }) {
			assertThat(KafkaFailures.classify(sending(ex))).isInstanceOf(RelayUnavailableException.class)
				.hasMessage("Kafka is not available: error=" + ex)
				.hasCause(ex);
		}
	}

	@Test
	void messageThatIsRefusedIsAtFaultItself() {
		for (Exception ex : new Exception[] { new RecordTooLargeException("large"),
				new TopicAuthorizationException("secrets"), new UnknownTopicOrPartitionException("where"),
				new TimeoutException("not present", new UnknownTopicOrPartitionException("where")) }) {
			assertThat(KafkaFailures.classify(sending(ex))).isSameAs(ex);
		}
	}

	private static Throwable sending(Exception cause) {
		return new CompletionException(cause);
	}

}
