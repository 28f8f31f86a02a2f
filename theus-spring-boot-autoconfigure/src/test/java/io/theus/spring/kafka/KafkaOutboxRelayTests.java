package io.theus.spring.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

import io.theus.outbox.MessageFormat;
import io.theus.outbox.OutboxMessage;
import io.theus.outbox.RelayUnavailableException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class KafkaOutboxRelayTests {

	private static final int PARTITIONS = 3;

	private final Producers producers = new Producers(Map.of(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1));

	private final KafkaOutboxRelay relay = new KafkaOutboxRelay(this.producers, MessageFormat.plain());

	private final ExecutorService thread = Executors.newSingleThreadExecutor();

	private long numbers;

	@AfterEach
	void close() {
		this.relay.close();
		this.thread.shutdownNow();
	}

	private OutboxMessage message(String key, String text) {
		long number = ++this.numbers;
		return OutboxMessage
			.of("m-" + number, "orders", key, text.getBytes(StandardCharsets.UTF_8), "text/plain", Map.of())
			.withCommit(number, Instant.EPOCH);
	}

	// The answers in the order of the messages, once the producer has all of them
	private List<CompletableFuture<?>> send(OutboxMessage... messages) {
		List<CompletableFuture<?>> answers = new ArrayList<>();
		for (CompletionStage<?> answer : this.relay.sendAll(List.of(messages))) {
			answers.add(answer.toCompletableFuture());
		}
		return answers;
	}

	// On a thread of its own, as producers do
	private void fail(MockProducer<byte[], byte[]> producer, RuntimeException failure) throws Exception {
		this.thread.submit(() -> producer.errorNext(failure)).get();
	}

	private static Throwable failure(CompletableFuture<?> answer) {
		assertThat(answer).isCompletedExceptionally();
		return answer.handle((result, failure) -> failure).join();
	}

	private MockProducer<byte[], byte[]> producer(int number, int records) {
		await().until(() -> this.producers.made.size() >= number
				&& this.producers.made.get(number - 1).history().size() == records);
		return this.producers.made.get(number - 1);
	}

	private static List<String> texts(MockProducer<byte[], byte[]> producer) {
		return producer.history().stream().map((record) -> new String(record.value(), StandardCharsets.UTF_8)).toList();
	}

	@Test
	void batchOfALaneGoesToOnePartitionInItsOrder() {
		assertThat(this.relay.keepsOrder()).isTrue();
		send(message("a", "a1"), message("b", "b1"), message("a", "a2"), message(null, "n1"), message("a", "a3"),
				message(null, "n2"));
		MockProducer<byte[], byte[]> producer = producer(1, 6);
		assertThat(texts(producer)).containsExactly("a1", "b1", "a2", "n1", "a3", "n2");
		assertThat(producer.history().stream().filter((record) -> record.key() == null))
			.extracting(ProducerRecord::partition)
			.doesNotContainNull()
			.hasSize(2)
			.containsOnly(producer.history().get(3).partition());
		assertThat(producer.history().get(0).partition()).isEqualTo(producer.history().get(4).partition());
	}

	@Test
	void nothingIsSentBehindAMessageThatHasFailed() throws Exception {
		List<CompletableFuture<?>> answers = send(message("a", "a1"), message("b", "b1"), message("a", "a2"));
		MockProducer<byte[], byte[]> producer = producer(1, 3);
		fail(producer, new TimeoutException("late"));
		assertThat(producer.closed()).isTrue();
		assertThat(failure(answers.get(0))).isInstanceOf(RelayUnavailableException.class)
			.hasMessageStartingWith("Kafka is not available");
		List<CompletableFuture<?>> again = send(message("a", "a1"), message("b", "b1"));
		MockProducer<byte[], byte[]> next = producer(2, 2);
		next.completeNext();
		next.completeNext();
		assertThat(again).allSatisfy((answer) -> assertThat(answer).isCompleted());
	}

	@Test
	void messageThatFailsWithNothingBehindItDisturbsNoOther() throws Exception {
		List<CompletableFuture<?>> answers = send(message("a", "a1"), message("b", "b1"));
		MockProducer<byte[], byte[]> producer = producer(1, 2);
		fail(producer, new RecordTooLargeException("large"));
		producer.completeNext();
		assertThat(producer.closed()).isFalse();
		assertThat(failure(answers.get(0))).isInstanceOf(RecordTooLargeException.class);
		assertThat(answers.get(1)).isCompleted();
	}

	@Test
	void restOfALaneIsNotSentBehindAMessageThatIsRefusedAtOnce() {
		this.producers.refused = "a1";
		List<CompletableFuture<?>> answers = send(message("a", "a1"), message("b", "b1"), message("a", "a2"));
		MockProducer<byte[], byte[]> producer = producer(1, 1);
		assertThat(texts(producer)).containsExactly("b1");
		assertThat(failure(answers.get(0))).isInstanceOf(RecordTooLargeException.class);
		assertThat(failure(answers.get(2))).isInstanceOf(RelayUnavailableException.class)
			.hasMessage("a message before it has failed");
	}

	@Test
	void producerThatCanSendNothingMoreIsReplaced() {
		this.producers.broken = true;
		List<CompletableFuture<?>> answers = send(message("a", "a1"));
		await().until(() -> answers.get(0).isDone());
		assertThat(failure(answers.get(0))).isInstanceOf(RelayUnavailableException.class)
			.hasMessage("Kafka is given up until the next attempt: error=org.apache.kafka.common.KafkaException: "
					+ "Cannot perform send because an earlier one has failed");
		this.producers.broken = false;
		send(message("a", "a1"));
		assertThat(texts(producer(2, 1))).containsExactly("a1");
		assertThat(this.producers.made.get(0).closed()).isTrue();
	}

	@Test
	void orderIsNotPromisedForAProducerThatSendsSeveralRequestsAtOnce() {
		for (Map<String, Object> settings : List.of(
				Map.<String, Object>of(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5),
				Map.<String, Object>of(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "1",
						ProducerConfig.PARTITIONER_CLASS_CONFIG, "org.example.Own"))) {
			try (KafkaOutboxRelay other = new KafkaOutboxRelay(new Producers(settings), MessageFormat.plain())) {
				assertThat(other.keepsOrder()).isFalse();
			}
		}
	}

	@Test
	void orderIsNotPromisedWhereEachThreadHasItsProducer() {
		Producers each = new Producers(Map.of(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1));
		each.setProducerPerThread(true);
		try (KafkaOutboxRelay other = new KafkaOutboxRelay(each, MessageFormat.plain())) {
			assertThat(other.keepsOrder()).isFalse();
		}
	}

	/**
	 * Makes producers that answer when they are told to.
	 */
	private static final class Producers extends DefaultKafkaProducerFactory<byte[], byte[]> {

		private final List<MockProducer<byte[], byte[]>> made = new CopyOnWriteArrayList<>();

		private volatile String refused;

		private volatile boolean broken;

		Producers(Map<String, Object> settings) {
			super(settings);
		}

		@Override
		protected Producer<byte[], byte[]> createRawProducer(Map<String, Object> rawConfigs) {
			List<PartitionInfo> partitions = new ArrayList<>();
			for (int i = 0; i < PARTITIONS; i++) {
				partitions.add(new PartitionInfo("orders", i, Node.noNode(), new Node[0], new Node[0]));
			}
			MockProducer<byte[], byte[]> producer = new MockProducer<>(
					new Cluster("test", List.of(), partitions, Set.of(), Set.of()), false, null,
					new ByteArraySerializer(), new ByteArraySerializer()) {

				@Override
				public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record,
						Callback callback) {
					if (Producers.this.broken) {
						throw new KafkaException("Cannot perform send because an earlier one has failed");
					}
					if (Producers.this.refused != null
							&& Producers.this.refused.equals(new String(record.value(), StandardCharsets.UTF_8))) {
						RecordTooLargeException large = new RecordTooLargeException("large");
						callback.onCompletion(null, large);
						return CompletableFuture.failedFuture(large);
					}
					return super.send(record, callback);
				}

			};
			this.made.add(producer);
			return producer;
		}

	}

}
