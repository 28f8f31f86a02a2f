package io.theus.spring.boot.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaProducerFactoryCustomizer;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.kafka.core.KafkaTemplate;

import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.engine.TheusEngine;
import io.theus.outbox.DefaultOutbox;
import io.theus.outbox.Outbox;
import io.theus.outbox.OutboxMessage;
import io.theus.outbox.OutboxRelay;
import io.theus.outbox.OutboxStatus;
import io.theus.spring.OutboxRelayLifecycle;
import io.theus.spring.TheusEngineCustomizer;
import io.theus.spring.kafka.KafkaOutboxRelay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class OutboxAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class,
				OutboxRelayAutoConfiguration.class, KafkaOutboxAutoConfiguration.class, OutboxAutoConfiguration.class));

	private final ApplicationContextRunner withKafka = this.runner
		.withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class));

	@Test
	void withoutRelayMessagesStayPending() {
		this.runner.withBean(Mailer.class).run((context) -> {
			context.getBean(Mailer.class).send("a");
			assertThat(status(context).phase()).isEqualTo(OutboxStatus.Phase.NO_RELAY);
			assertThat(status(context).pending()).isEqualTo(1);
		});
	}

	@Test
	void relayOfTheApplicationDelivers() {
		this.withKafka.withBean(Recorder.class).withBean(Mailer.class).run((context) -> {
			assertThat(context).doesNotHaveBean(KafkaOutboxRelay.class);
			context.getBean(Mailer.class).send("a");
			await().until(() -> context.getBean(Recorder.class).delivered.contains("a"));
			assertThat(status(context).relay()).isEqualTo("recorder");
		});
	}

	@Test
	void relayIsClosedAfterTheOutboxHasDrained() {
		List<String> events = new ArrayList<>();
		this.runner.withBean(Recorder.class, () -> new Recorder(events)).withBean(Mailer.class).run((context) -> {
			Recorder recorder = context.getBean(Recorder.class);
			recorder.held = new CompletableFuture<>();
			context.getBean(Mailer.class).send("a");
			await().until(() -> !recorder.delivered.isEmpty());
			CompletableFuture<Void> closing = CompletableFuture.runAsync(context::close);
			await().during(Duration.ofMillis(200)).until(() -> events.isEmpty() && !closing.isDone());
			recorder.held.complete(null);
			closing.join();
			assertThat(events).containsExactly("closed");
		});
	}

	@Test
	void stoppedContextMayBeStartedAgain() {
		this.runner.withBean(Recorder.class).withBean(Mailer.class).run((context) -> {
			context.getSourceApplicationContext().stop();
			context.getBean(Mailer.class).send("a");
			context.getSourceApplicationContext().start();
			await().until(() -> context.getBean(Recorder.class).delivered.contains("a"));
		});
	}

	@Test
	void relayOfAnEngineOfTheApplicationStays() {
		Recorder own = new Recorder();
		DefaultOutbox outbox = Outbox.builder().build();
		outbox.start(own);
		this.runner.withBean(Recorder.class)
			.withBean(TheusEngine.class, () -> TheusEngine.builder().outbox(outbox).build())
			.withBean(Mailer.class)
			.run((context) -> {
				context.getBean(Mailer.class).send("a");
				await().until(() -> own.delivered.contains("a"));
				assertThat(context.getBean(Recorder.class).delivered).isEmpty();
			});
	}

	@Test
	void deliveryIsSwitchedOff() {
		this.withKafka.withPropertyValues("theus.outbox.enabled=false").run((context) -> {
			assertThat(context).doesNotHaveBean(OutboxRelay.class).doesNotHaveBean(OutboxRelayLifecycle.class);
			assertThat(status(context).phase()).isEqualTo(OutboxStatus.Phase.NO_RELAY);
		});
	}

	@Test
	void nothingIsDeliveredWhereTheusIsSwitchedOff() {
		this.withKafka.withPropertyValues("theus.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(OutboxRelay.class));
	}

	@Test
	void kafkaMayBeMissing() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.kafka", "org.apache.kafka"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(OutboxRelay.class));
	}

	@Test
	void applicationKeepsItsOwnTemplateOfKafka() {
		this.withKafka.run((context) -> assertThat(context).hasSingleBean(KafkaOutboxRelay.class)
			.hasSingleBean(KafkaTemplate.class));
	}

	@Test
	void limitsComeFromProperties() {
		this.runner
			.withPropertyValues("theus.outbox.max-pending=2", "theus.outbox.max-messages-per-commit=1",
					"theus.outbox.max-message-size=64B")
			.withBean(Mailer.class)
			.run((context) -> {
				Mailer mailer = context.getBean(Mailer.class);
				assertThat(failureOf(() -> mailer.send("a".repeat(65)))).hasMessageContaining("too large");
				assertThat(failureOf(() -> mailer.sendAll(List.of("a", "b")))).hasMessageContaining("limit=1");
				mailer.send("a");
				mailer.send("b");
				assertThat(failureOf(() -> mailer.send("c"))).hasMessageContaining("outbox is full");
			});
	}

	@Test
	void customizersHaveTheLastWord() {
		this.runner.withPropertyValues("theus.outbox.max-pending=2")
			.withBean(TheusEngineCustomizer.class,
					() -> (builder) -> builder.outbox(Outbox.builder().maxPending(7).build()))
			.run((context) -> assertThat(status(context).maxPending()).isEqualTo(7));
	}

	@Test
	void producerIsDerivedFromBootsProperties() {
		this.withKafka
			.withPropertyValues("spring.kafka.client-id=shop", "spring.kafka.producer.acks=1",
					"spring.kafka.producer.value-serializer=org.apache.kafka.common.serialization.StringSerializer",
					"spring.kafka.producer.compression-type=lz4", "spring.kafka.producer.properties.max.block.ms=77")
			.withBean(KafkaConnectionDetails.class, () -> () -> List.of("elsewhere:1234"))
			.run((context) -> {
				Map<String, Object> settings = OutboxProducers
					.create(context.getBean(KafkaProperties.class),
							context.getBean(KafkaConnectionDetails.class).getProducer(),
							context.getBeanProvider(DefaultKafkaProducerFactoryCustomizer.class))
					.getConfigurationProperties();
				assertThat(settings).containsEntry(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, List.of("elsewhere:1234"))
					.containsEntry(ProducerConfig.CLIENT_ID_CONFIG, "shop-theus-outbox")
					.containsEntry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4")
					.containsEntry(ProducerConfig.MAX_BLOCK_MS_CONFIG, "77")
					.containsEntry(ProducerConfig.ACKS_CONFIG, "all")
					.containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true)
					.containsEntry(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class)
					.containsEntry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
			});
	}

	private static Throwable failureOf(Runnable call) {
		try {
			call.run();
		}
		catch (RuntimeException ex) {
			return ex;
		}
		throw new AssertionError("nothing was thrown");
	}

	private static OutboxStatus status(AssertableApplicationContext context) {
		return context.getBean(TheusEngine.class).outbox().status();
	}

	static class Mailer {

		private final ProcessContext state;

		Mailer(ProcessContext state) {
			this.state = state;
		}

		@Process(sends = "mails")
		void send(String text) {
			this.state.outbox().send("mails", null, text);
		}

		@Process(sends = "mails")
		void sendAll(List<String> texts) {
			texts.forEach((text) -> this.state.outbox().send("mails", null, text));
		}

	}

	static class Recorder implements OutboxRelay, AutoCloseable {

		final List<String> delivered = new CopyOnWriteArrayList<>();

		private final List<String> events;

		private volatile CompletableFuture<Void> held = CompletableFuture.completedFuture(null);

		Recorder() {
			this(new ArrayList<>());
		}

		Recorder(List<String> events) {
			this.events = events;
		}

		@Override
		public String name() {
			return "recorder";
		}

		@Override
		public CompletionStage<?> send(OutboxMessage message) {
			this.delivered.add(new String(message.body(), StandardCharsets.UTF_8));
			return this.held;
		}

		@Override
		public void close() {
			this.events.add("closed");
		}

	}

}
