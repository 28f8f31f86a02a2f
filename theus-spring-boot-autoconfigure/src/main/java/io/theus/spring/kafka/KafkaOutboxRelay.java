package io.theus.spring.kafka;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

import io.theus.outbox.MessageFormat;
import io.theus.outbox.OutboxMessage;
import io.theus.outbox.OutboxRelay;

/**
 * Delivers messages to Kafka. Text and bytes are sent as they are, everything else is
 * JSON already; the key is sent as UTF-8. Besides the headers of the message a record has
 * those of a {@link MessageFormat}, with the prefix {@code ce_} before attributes of
 * CloudEvents.
 *
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class KafkaOutboxRelay implements OutboxRelay, AutoCloseable {

	/*
	 * Blocking. A producer blocks while it does not know the partitions of a topic, for
	 * as long as 'max.block.ms' says, and the outbox hands over all messages on one
	 * thread. Therefore a topic is sent to from that thread only when sending to it has
	 * worked; else a thread of the relay's own asks for its partitions first, and what is
	 * to be sent there waits for the answer.
	 *
	 * Order. Of the messages of a lane in a batch, a beginning arrives, now or later:
	 *
	 * - All of them go to one partition: those with a key to that of the key, as the
	 * producer would choose it, but by one count of partitions; those without to one that
	 * is chosen for the batch. They go by one producer, in their order.
	 *
	 * - The producer is idempotent and has one request under way at a time per broker. So
	 * it sends a record only when it has the answer to the one before it in the
	 * partition, or has failed it. Its own retries repeat a request before later ones,
	 * and the broker ignores those that it has already.
	 *
	 * - When a record fails and others of its lane are behind it, the session ends, in
	 * the callback that says so and therefore on the thread that sends: whatever the
	 * producer has not sent by then, it never sends. A request that was on its way may
	 * arrive still, but it holds nothing behind a record that has failed. When a record
	 * is refused before it is sent at all, the rest of its lane is not sent either.
	 *
	 * What the other lanes had in that session fails along, as not available. The next
	 * batch begins another one. A producer that chooses partitions by a rule of the
	 * application, or has several requests under way, gives no such promise; then the
	 * outbox sends one message of a lane at a time.
	 */

	// Of the Kafka protocol binding of CloudEvents
	private static final String ATTRIBUTE_PREFIX = "ce_";

	private static final int PROBING_THREADS = 4;

	private final KafkaSessions sessions;

	private final MessageFormat format;

	private final boolean ordered;

	private final Map<String, CompletableFuture<KafkaSession>> probes = new ConcurrentHashMap<>();

	private final ThreadPoolExecutor probing;

	/**
	 * Create a relay.
	 * @param producers makes the producer; closed with the relay, so nobody else may use
	 * it
	 * @param format says which headers records have
	 */
	public KafkaOutboxRelay(DefaultKafkaProducerFactory<byte[], byte[]> producers, MessageFormat format) {
		this.sessions = new KafkaSessions(producers);
		this.format = format;
		this.ordered = !producers.isProducerPerThread() && isOrdered(producers.getConfigurationProperties());
		this.probing = new ThreadPoolExecutor(PROBING_THREADS, PROBING_THREADS, 10, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), (task) -> {
					Thread thread = new Thread(task, "theus-kafka");
					thread.setDaemon(true);
					return thread;
				});
		this.probing.allowCoreThreadTimeOut(true);
	}

	private static boolean isOrdered(Map<String, Object> configuration) {
		return "1".equals(String.valueOf(configuration.get(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION)))
				&& !"false".equals(String.valueOf(configuration.get(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG)))
				&& !configuration.containsKey(ProducerConfig.PARTITIONER_CLASS_CONFIG)
				&& !configuration.containsKey(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG);
	}

	@Override
	public String name() {
		return "kafka";
	}

	@Override
	public boolean keepsOrder() {
		return this.ordered;
	}

	@Override
	public CompletionStage<?> send(OutboxMessage message) {
		return sendAll(List.of(message)).get(0);
	}

	@Override
	public List<CompletionStage<?>> sendAll(List<OutboxMessage> batch) {
		List<Posting> postings = Posting.all(batch);
		Map<String, List<Posting>> byTopic = new LinkedHashMap<>();
		postings
			.forEach((posting) -> byTopic.computeIfAbsent(posting.topic(), (topic) -> new ArrayList<>()).add(posting));
		byTopic.forEach(this::postWhenReachable);
		return List.copyOf(postings.stream().map(Posting::answer).toList());
	}

	@SuppressWarnings("FutureReturnValueIgnored")
	private void postWhenReachable(String topic, List<Posting> postings) {
		KafkaSession session = this.sessions.current();
		if (session != null && session.reaches(topic)) {
			post(session, topic, postings);
			return;
		}
		probe(topic).whenComplete((reached, failure) -> {
			if (failure == null) {
				post(reached, topic, postings);
			}
			else {
				Throwable reason = KafkaFailures.classify(failure);
				postings.forEach((posting) -> posting.fail(reason));
			}
		});
	}

	// All messages to a topic wait for one probe, and fail with it
	private CompletableFuture<KafkaSession> probe(String topic) {
		CompletableFuture<KafkaSession> probe = this.probes.computeIfAbsent(topic,
				(name) -> CompletableFuture.supplyAsync(() -> reach(name), this.probing));
		return probe.whenComplete((session, failure) -> this.probes.remove(topic, probe));
	}

	private KafkaSession reach(String topic) {
		KafkaSession session = this.sessions.open();
		try {
			session.producer().partitionsFor(topic);
		}
		catch (RuntimeException ex) {
			throw new CompletionException(session.failure(ex));
		}
		session.reached(topic);
		return session;
	}

	private void post(KafkaSession session, String topic, List<Posting> postings) {
		KafkaHandover handover = new KafkaHandover(this.sessions, session);
		try {
			int partitions = session.producer().partitionsFor(topic).size();
			int any = ThreadLocalRandom.current().nextInt(partitions);
			postings.forEach((posting) -> handover.send(posting, () -> record(posting.message(), partitions, any)));
		}
		catch (RuntimeException ex) {
			postings.forEach((posting) -> handover.refused(posting, ex));
		}
	}

	private ProducerRecord<byte[], byte[]> record(OutboxMessage message, int partitions, int any) {
		byte @Nullable [] key = bytes(message.key());
		ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(message.topic(),
				this.ordered ? partition(key, partitions, any) : null, key, message.body());
		Headers headers = record.headers();
		this.format.headers(message, ATTRIBUTE_PREFIX).forEach((name, value) -> headers.add(name, bytes(value)));
		return record;
	}

	// As the producer does, see BuiltInPartitioner
	private static int partition(byte @Nullable [] key, int partitions, int any) {
		return (key != null) ? Utils.toPositive(Utils.murmur2(key)) % partitions : any;
	}

	private static byte @Nullable [] bytes(@Nullable String text) {
		return (text != null) ? text.getBytes(StandardCharsets.UTF_8) : null;
	}

	/**
	 * Close the producer.
	 */
	@Override
	public void close() {
		this.probing.shutdownNow();
		this.sessions.close();
	}

}
