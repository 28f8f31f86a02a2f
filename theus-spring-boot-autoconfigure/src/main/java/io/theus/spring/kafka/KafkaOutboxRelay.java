package io.theus.spring.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;

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
// A producer blocks while it does not know the partitions of a topic, for as long as
// 'max.block.ms' says, and the outbox hands over all messages on one thread. Therefore a
// topic is sent to from that thread only when sending to it has worked; else a thread of
// the relay's own asks for its partitions first, and what is to be sent there waits for
// the answer. Order does not suffer: the outbox has one message of a topic and key under
// way at a time.
public final class KafkaOutboxRelay implements OutboxRelay, AutoCloseable {

	// Of the Kafka protocol binding of CloudEvents
	private static final String ATTRIBUTE_PREFIX = "ce_";

	private static final int PROBING_THREADS = 4;

	private final DefaultKafkaProducerFactory<byte[], byte[]> producers;

	private final MessageFormat format;

	private final KafkaTemplate<byte[], byte[]> template;

	private final Set<String> reachable = ConcurrentHashMap.newKeySet();

	private final Map<String, CompletableFuture<?>> probes = new ConcurrentHashMap<>();

	private final ThreadPoolExecutor probing;

	/**
	 * Create a relay.
	 * @param producers makes the producer; closed with the relay, so nobody else may use
	 * it
	 * @param format says which headers records have
	 */
	public KafkaOutboxRelay(DefaultKafkaProducerFactory<byte[], byte[]> producers, MessageFormat format) {
		this.producers = producers;
		this.format = format;
		this.template = new KafkaTemplate<>(producers);
		// Logs every failure; the outbox logs when trouble begins and ends
		this.template.setProducerListener(null);
		this.probing = new ThreadPoolExecutor(PROBING_THREADS, PROBING_THREADS, 10, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), (task) -> {
					Thread thread = new Thread(task, "theus-kafka");
					thread.setDaemon(true);
					return thread;
				});
		this.probing.allowCoreThreadTimeOut(true);
	}

	@Override
	public String name() {
		return "kafka";
	}

	@Override
	public CompletionStage<?> send(OutboxMessage message) {
		ProducerRecord<byte[], byte[]> record = record(message);
		String topic = message.topic();
		CompletableFuture<?> sent = this.reachable.contains(topic) ? sendNow(record)
				: probe(topic).thenCompose((partitions) -> sendNow(record));
		return sent.exceptionallyCompose((failure) -> {
			this.reachable.remove(topic);
			return CompletableFuture.failedFuture(KafkaFailures.classify(failure));
		});
	}

	// All messages to a topic wait for one probe, and fail with it
	private CompletableFuture<?> probe(String topic) {
		CompletableFuture<?> probe = this.probes.computeIfAbsent(topic,
				(name) -> CompletableFuture.supplyAsync(() -> this.template.partitionsFor(name), this.probing));
		return probe.whenComplete((partitions, failure) -> {
			if (failure == null) {
				this.reachable.add(topic);
			}
			this.probes.remove(topic, probe);
		});
	}

	private CompletableFuture<SendResult<byte[], byte[]>> sendNow(ProducerRecord<byte[], byte[]> record) {
		try {
			return this.template.send(record);
		}
		catch (KafkaException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private ProducerRecord<byte[], byte[]> record(OutboxMessage message) {
		ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(message.topic(), null, bytes(message.key()),
				message.body());
		Headers headers = record.headers();
		this.format.headers(message, ATTRIBUTE_PREFIX).forEach((name, value) -> headers.add(name, bytes(value)));
		return record;
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
		this.producers.destroy();
	}

}
