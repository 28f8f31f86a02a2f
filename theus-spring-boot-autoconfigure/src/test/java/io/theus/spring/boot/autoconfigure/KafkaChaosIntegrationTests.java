package io.theus.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.KafkaUtils;

import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.engine.TheusEngine;
import io.theus.outbox.OutboxStatus;
import io.theus.spring.Inbox;
import io.theus.spring.kafka.KafkaInbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Delivers many messages while the broker is killed, started again and frozen at random
 * moments. {@code -Dtheus.chaos.messages=100000} sends more of them,
 * {@code -Dtheus.chaos.seed=…} chooses the moments again.
 */
@Timeout(600)
class KafkaChaosIntegrationTests {

	private static final Logger logger = LoggerFactory.getLogger(KafkaChaosIntegrationTests.class);

	private static final String TOPIC = "orders";

	private static final String GROUP = "chaos";

	private static final int KEYS = Integer.getInteger("theus.chaos.keys", 100);

	private static final int MESSAGES = Integer.getInteger("theus.chaos.messages", 10_000) / KEYS * KEYS;

	private static final int DISTURBANCES = Integer.getInteger("theus.chaos.disturbances", 4);

	private final long seed = Long.getLong("theus.chaos.seed", System.nanoTime());

	private final SplittableRandom random = new SplittableRandom(this.seed);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@TempDir
	private Path directory;

	private ExternalBroker broker;

	private ConfigurableApplicationContext sender;

	private ConfigurableApplicationContext receiver;

	@Test
	void nothingIsLostReorderedOrProcessedTwiceWhateverHappensToTheBroker() throws Exception {
		long start = System.nanoTime();
		try (ExternalBroker started = new ExternalBroker(this.directory)) {
			this.broker = started;
			started.start();
			started.create(TOPIC);
			this.sender = start(Sender.class);
			this.receiver = start(Receiver.class, "--spring.kafka.consumer.group-id=" + GROUP);
			Future<?> commits = this.threads.submit(this::commitAll);
			disturb();
			commits.get(200, TimeUnit.SECONDS);
			await().atMost(Duration.ofSeconds(200)).untilAsserted(() -> assertThat(status().held()).isZero());
			await().atMost(Duration.ofSeconds(100))
				.untilAsserted(() -> assertThat(inbox().processed()).isEqualTo(MESSAGES));
			verify(Duration.ofNanos(System.nanoTime() - start));
		}
		catch (Throwable ex) {
			throw new AssertionError("seed=" + this.seed, ex);
		}
		finally {
			this.threads.shutdownNow();
			close(this.receiver);
			close(this.sender);
		}
	}

	private static void close(ConfigurableApplicationContext context) {
		if (context != null) {
			context.close();
		}
	}

	private ConfigurableApplicationContext start(Class<?> application, String... arguments) {
		SpringApplication spring = new SpringApplication(application);
		spring.setWebApplicationType(WebApplicationType.NONE);
		List<String> all = new ArrayList<>(List.of(
				// An argument, because embedded brokers set the property for the whole
				// JVM
				"--spring.kafka.bootstrap-servers=" + this.broker.address(),
				// So short that the client gives up while the broker is away
				"--spring.kafka.producer.properties.delivery.timeout.ms=1500",
				"--spring.kafka.producer.properties.request.timeout.ms=1000",
				"--spring.kafka.producer.properties.max.block.ms=500",
				// So small that messages of a lane fail one by one
				"--spring.kafka.producer.batch-size=300B", "--theus.outbox.retry.cap=500ms",
				"--theus.outbox.drain-timeout=1s", "--spring.kafka.consumer.auto-offset-reset=earliest"));
		all.addAll(List.of(arguments));
		return spring.run(all.toArray(String[]::new));
	}

	// In portions, so that commits go on while the broker is away, but not all at once
	private void commitAll() {
		Orders orders = this.sender.getBean(Orders.class);
		int portion = Math.max(1, MESSAGES / KEYS / 20);
		for (int number = 1; number <= MESSAGES / KEYS; number++) {
			for (int key = 0; key < KEYS; key++) {
				orders.place("o-" + key, number);
			}
			if (number % portion == 0) {
				pause(500);
			}
		}
	}

	private void disturb() {
		long[] moments = this.random.longs(DISTURBANCES, MESSAGES / 50, MESSAGES * 4L / 5).sorted().toArray();
		for (int i = 0; i < DISTURBANCES; i++) {
			long moment = moments[i];
			await().atMost(Duration.ofSeconds(100))
				.pollInterval(Duration.ofMillis(5))
				.until(() -> status().sent() >= moment);
			int length = this.random.nextInt(100, 3000);
			// The first is a kill whatever the seed
			if (i == 0 || this.random.nextInt(3) > 0) {
				this.broker.kill();
				pause(length);
				this.broker.start();
			}
			else {
				this.broker.freeze();
				pause(length);
				this.broker.thaw();
			}
		}
	}

	private static void pause(int millis) {
		await().pollDelay(Duration.ofMillis(millis)).until(() -> true);
	}

	private void verify(Duration time) {
		Arrivals arrivals = this.receiver.getBean(Arrivals.class);
		assertThat(arrivals.wrong).isEmpty();
		TheusEngine engine = this.receiver.getBean(TheusEngine.class);
		for (int key = 0; key < KEYS; key++) {
			assertThat(engine.state().get("domain.received.o-" + key)).isEqualTo(MESSAGES / KEYS);
		}
		assertThat(status().sent()).isEqualTo(MESSAGES);
		long seen = arrivals.seen.sum();
		assertThat(inbox().repeated()).isEqualTo(seen - MESSAGES);
		List<ConsumerRecord<String, String>> log = log();
		assertThat(firstsInOrder(log)).hasSize(KEYS)
			.allSatisfy((key, last) -> assertThat(last).isEqualTo(MESSAGES / KEYS));
		long before = inbox().repeated();
		log.forEach(this::receiveAgain);
		assertThat(inbox().repeated() - before).isEqualTo(log.size());
		assertThat(inbox().processed()).isEqualTo(MESSAGES);
		logger.warn(
				"delivered {} messages in {} s: seed={}, disturbances={}, failedAttempts={}, duplicatesInLog={}, "
						+ "duplicatesRecognised={}",
				MESSAGES, time.toSeconds(), this.seed, DISTURBANCES, status().failedAttempts(), log.size() - MESSAGES,
				seen - MESSAGES);
	}

	private void receiveAgain(ConsumerRecord<String, String> record) {
		KafkaUtils.setConsumerGroupId(GROUP);
		try {
			this.receiver.getBean(KafkaInbox.class).process(record, () -> {
				throw new AssertionError("not recognised: " + record);
			});
		}
		finally {
			KafkaUtils.clearConsumerGroupId();
		}
	}

	// What comes late must have come before
	private static Map<String, Integer> firstsInOrder(List<ConsumerRecord<String, String>> log) {
		Map<String, Integer> last = new HashMap<>();
		for (ConsumerRecord<String, String> record : log) {
			int latest = last.getOrDefault(record.key(), 0);
			int number = Integer.parseInt(record.value());
			assertThat(number).as("number of %s", record.key()).isLessThanOrEqualTo(latest + 1);
			last.put(record.key(), Math.max(number, latest));
		}
		return last;
	}

	private List<ConsumerRecord<String, String>> log() {
		List<ConsumerRecord<String, String>> records = new ArrayList<>();
		try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
				Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, this.broker.address()), new StringDeserializer(),
				new StringDeserializer())) {
			List<TopicPartition> partitions = consumer.partitionsFor(TOPIC)
				.stream()
				.map((info) -> new TopicPartition(TOPIC, info.partition()))
				.toList();
			consumer.assign(partitions);
			consumer.seekToBeginning(partitions);
			long end = consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
			await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(1)).until(() -> {
				consumer.poll(Duration.ofMillis(200)).forEach(records::add);
				return partitions.stream().mapToLong(consumer::position).sum() >= end;
			});
		}
		return records;
	}

	private OutboxStatus status() {
		return this.sender.getBean(TheusEngine.class).outbox().status();
	}

	private Inbox inbox() {
		return this.receiver.getBean(Inbox.class);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ KafkaAutoConfiguration.class, ProcessBeansAutoConfiguration.class,
			TheusAutoConfiguration.class, OutboxRelayAutoConfiguration.class, KafkaOutboxAutoConfiguration.class,
			OutboxAutoConfiguration.class })
	static class Sender {

		@Bean
		Orders orders(ProcessContext state) {
			return new Orders(state);
		}

	}

	static class Orders {

		private final ProcessContext state;

		Orders(ProcessContext state) {
			this.state = state;
		}

		@Process(outputs = "domain.orders.{id}", sends = TOPIC)
		void place(String id, int number) {
			this.state.set("domain.orders." + id, number);
			this.state.outbox().send(TOPIC, id, number);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ KafkaAutoConfiguration.class, ProcessBeansAutoConfiguration.class,
			TheusAutoConfiguration.class, InboxAutoConfiguration.class })
	static class Receiver {

		@Bean
		Received received(ProcessContext state) {
			return new Received(state);
		}

		@Bean
		Arrivals arrivals(KafkaInbox inbox, Received received) {
			return new Arrivals(inbox, received);
		}

	}

	static class Received {

		private final ProcessContext state;

		Received(ProcessContext state) {
			this.state = state;
		}

		// Returns what came before
		@Process(updates = "domain.received.{id}")
		int receive(String id, int number) {
			int before = this.state.getOrDefault("domain.received." + id, 0);
			this.state.set("domain.received." + id, number);
			return before;
		}

	}

	static class Arrivals {

		final LongAdder seen = new LongAdder();

		final Queue<String> wrong = new ConcurrentLinkedQueue<>();

		private final KafkaInbox inbox;

		private final Received received;

		Arrivals(KafkaInbox inbox, Received received) {
			this.inbox = inbox;
			this.received = received;
		}

		@KafkaListener(topics = TOPIC)
		void arrive(ConsumerRecord<String, String> record) {
			this.seen.increment();
			this.inbox.process(record, () -> {
				int number = Integer.parseInt(record.value());
				int before = this.received.receive(record.key(), number);
				if (before != number - 1) {
					this.wrong.add(record.key() + ": " + number + " after " + before);
				}
			});
		}

	}

}
