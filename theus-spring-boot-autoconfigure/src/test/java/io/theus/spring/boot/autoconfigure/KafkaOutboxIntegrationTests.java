package io.theus.spring.boot.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import kafka.server.BrokerServer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.engine.TheusEngine;
import io.theus.outbox.MessageFormat;
import io.theus.outbox.OutboxStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Delivers to a real broker, which is stopped and started again.
 */
@Timeout(120)
class KafkaOutboxIntegrationTests {

	private static final int KEYS = 10;

	private EmbeddedKafkaKraftBroker broker;

	private ConfigurableApplicationContext context;

	@BeforeEach
	void start() {
		startBroker();
		this.context = startApplication();
	}

	private void startBroker() {
		this.broker = new EmbeddedKafkaKraftBroker(1, 3, "orders");
		this.broker.brokerProperty("group.initial.rebalance.delay.ms", "0");
		this.broker.brokerProperty("auto.create.topics.enable", "false");
		this.broker.brokerProperty("message.max.bytes", "10000");
		this.broker.brokerProperty("offsets.topic.num.partitions", "1");
		this.broker.afterPropertiesSet();
	}

	private ConfigurableApplicationContext startApplication(String... arguments) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		List<String> all = new ArrayList<>(
				List.of("--spring.kafka.bootstrap-servers=" + this.broker.getBrokersAsString(),
						"--spring.kafka.producer.properties.delivery.timeout.ms=4000",
						"--spring.kafka.producer.properties.request.timeout.ms=2000",
						"--spring.kafka.producer.properties.max.block.ms=500", "--theus.outbox.retry.cap=500ms",
						"--theus.outbox.drain-timeout=3s"));
		all.addAll(List.of(arguments));
		return application.run(all.toArray(String[]::new));
	}

	@AfterEach
	void stop() {
		this.context.close();
		this.broker.destroy();
	}

	@Test
	void messagesArriveOnceInOrderWithTheirHeaders() {
		orders().place("o-1", 1);
		orders().place("o-1", 2);
		orders().note("o-1", "grün");
		awaitDelivery();
		List<ConsumerRecord<String, String>> records = consume(3);
		assertThat(records).extracting(ConsumerRecord::value)
			.containsExactly("{\"id\":\"o-1\",\"number\":1}", "{\"id\":\"o-1\",\"number\":2}", "grün");
		assertThat(records).extracting(ConsumerRecord::key).containsOnly("o-1");
		assertThat(records).extracting((record) -> header(record, MessageFormat.COMMIT)).containsExactly("1", "2", "3");
		assertThat(records).extracting((record) -> header(record, MessageFormat.CONTENT_TYPE))
			.containsExactly("application/json", "application/json", "text/plain;charset=utf-8");
		assertThat(records).extracting((record) -> header(record, MessageFormat.MESSAGE_ID)).doesNotHaveDuplicates();
		assertThat(header(records.get(2), "language")).isEqualTo("de");
	}

	@Test
	void stoppedBrokerSlowsNoCommitAndEverythingArrivesInOrderWhenItReturns() {
		BrokerServer server = this.broker.getCluster().brokers().values().iterator().next();
		place(0, 20);
		awaitDelivery();
		place(20, 30);
		server.shutdown();
		long start = System.nanoTime();
		place(30, 60);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
		await().atMost(Duration.ofSeconds(30)).until(() -> status().failedAttempts() > 0);
		assertThat(status().lastError()).contains("TimeoutException");
		server.startup();
		place(60, 70);
		awaitDelivery();
		Map<String, Set<Integer>> arrived = new LinkedHashMap<>();
		consume(70 * KEYS).forEach((record) -> arrived.computeIfAbsent(record.key(), (key) -> new LinkedHashSet<>())
			.add(Integer.valueOf(record.value().replaceAll(".*:(\\d+)}", "$1"))));
		assertThat(arrived).hasSize(KEYS)
			.allSatisfy((key, numbers) -> assertThat(List.copyOf(numbers)).isSorted().hasSize(70));
	}

	@Test
	void topicThatDoesNotExistHoldsUpNoOtherTopic() {
		orders().misdirect("elsewhere");
		place(0, 5);
		await().atMost(Duration.ofSeconds(20)).until(() -> status().held() <= 1);
		assertThat(consume(5 * KEYS)).hasSize(5 * KEYS);
	}

	@Test
	void messageThatTheBrokerRefusesDiesAndHoldsUpNobody() {
		this.context.close();
		this.context = startApplication("--theus.outbox.max-attempts=2");
		orders().note("o-0", "x".repeat(20_000));
		place(0, 5);
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(status()).returns(1L, OutboxStatus::dead).returns(1L, OutboxStatus::held));
		assertThat(status().lastError()).contains("RecordTooLargeException");
		assertThat(consume(5 * KEYS)).hasSize(5 * KEYS);
	}

	@Test
	void eventsHaveTheHeadersOfTheProtocolBinding() {
		this.context.close();
		this.context = startApplication("--theus.outbox.format=cloudevents", "--spring.application.name=shop");
		orders().place("o-1", 1);
		awaitDelivery();
		ConsumerRecord<String, String> record = consume(1).get(0);
		assertThat(header(record, "ce_specversion")).isEqualTo("1.0");
		assertThat(header(record, "ce_id")).isEqualTo(header(record, MessageFormat.MESSAGE_ID));
		assertThat(header(record, "ce_source")).isEqualTo("/shop");
		assertThat(header(record, "ce_type")).isEqualTo("orders");
		assertThat(header(record, "ce_subject")).isEqualTo("o-1");
		assertThat(Instant.parse(header(record, "ce_time"))).isBetween(Instant.now().minusSeconds(60), Instant.now());
		assertThat(header(record, "content-type")).isEqualTo("application/json");
		assertThat(record.value()).isEqualTo("{\"id\":\"o-1\",\"number\":1}");
	}

	@Test
	void shutdownDrains() {
		place(0, 50);
		this.context.close();
		assertThat(consume(50 * KEYS)).hasSize(50 * KEYS);
	}

	private void place(int from, int to) {
		for (int number = from; number < to; number++) {
			for (int key = 0; key < KEYS; key++) {
				orders().place("o-" + key, number);
			}
		}
	}

	private Orders orders() {
		return this.context.getBean(Orders.class);
	}

	private OutboxStatus status() {
		return this.context.getBean(TheusEngine.class).outbox().status();
	}

	private void awaitDelivery() {
		await().atMost(Duration.ofSeconds(60)).until(() -> status().held() == 0);
	}

	private List<ConsumerRecord<String, String>> consume(int count) {
		List<ConsumerRecord<String, String>> records = new ArrayList<>();
		try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
				Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, this.broker.getBrokersAsString(),
						ConsumerConfig.GROUP_ID_CONFIG, UUID.randomUUID().toString(),
						ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
				new StringDeserializer(), new StringDeserializer())) {
			consumer.subscribe(List.of("orders"));
			await().atMost(Duration.ofSeconds(30)).until(() -> {
				consumer.poll(Duration.ofMillis(200)).forEach(records::add);
				return records.size() >= count;
			});
		}
		return records;
	}

	private static String header(ConsumerRecord<?, ?> record, String name) {
		return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ KafkaAutoConfiguration.class, ProcessBeansAutoConfiguration.class,
			TheusAutoConfiguration.class, OutboxRelayAutoConfiguration.class, KafkaOutboxAutoConfiguration.class,
			OutboxAutoConfiguration.class })
	static class Application {

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

		@Process(outputs = "domain.orders.{id}", sends = "orders")
		void place(String id, int number) {
			this.state.set("domain.orders." + id, number);
			this.state.outbox().send("orders", id, new Order(id, number));
		}

		@Process(sends = "orders")
		void note(String id, String text) {
			this.state.outbox().send("orders", id, text, Map.of("language", "de"));
		}

		@Process(sends = "*")
		void misdirect(String topic) {
			this.state.outbox().send(topic, "key", "lost");
		}

	}

	record Order(String id, int number) {

	}

}
