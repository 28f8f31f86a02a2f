package io.theus.spring.boot.autoconfigure;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.EventListener;

import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.engine.TheusEngine;
import io.theus.outbox.MessageFormat;
import io.theus.outbox.OutboxMessage;
import io.theus.outbox.OutboxRelay;
import io.theus.outbox.OutboxStatus;
import io.theus.spring.kafka.KafkaOutboxRelay;
import io.theus.spring.outbox.HttpOutboxRelay;
import io.theus.spring.outbox.LoggingOutboxRelay;
import io.theus.spring.outbox.OutboxMessageEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class RelayChoiceTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger(LoggingOutboxRelay.class);

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	@BeforeEach
	void listen() {
		this.lines.start();
		this.logger.setLevel(Level.INFO);
		this.logger.addAppender(this.lines);
	}

	@AfterEach
	void stopListening() {
		this.logger.detachAppender(this.lines);
		this.logger.setLevel(null);
	}

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class,
				OutboxRelayAutoConfiguration.class, KafkaOutboxAutoConfiguration.class, OutboxAutoConfiguration.class))
		.withBean(Mailer.class);

	private final ApplicationContextRunner withKafka = this.runner
		.withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class));

	@Test
	void kafkaDeliversWhereNobodySays() {
		this.withKafka.run((context) -> assertThat(status(context).relay()).isEqualTo("kafka"));
	}

	@Test
	void kafkaIsAskedFor() {
		this.withKafka.withPropertyValues("theus.outbox.relay=Kafka")
			.run((context) -> assertThat(status(context).relay()).isEqualTo("kafka"));
	}

	@Test
	void otherRelayTakesThePlaceOfKafka() {
		this.withKafka.withPropertyValues("theus.outbox.relay=logging").run((context) -> {
			assertThat(context).doesNotHaveBean(KafkaOutboxRelay.class);
			assertThat(status(context).relay()).isEqualTo("logging");
		});
	}

	@Test
	void relayOfTheApplicationWinsOverOneThatComesAlong() {
		this.withKafka.withPropertyValues("theus.outbox.relay=logging")
			.withBean("own", Named.class, () -> new Named("own"))
			.run((context) -> assertThat(status(context).relay()).isEqualTo("own"));
	}

	@Test
	void kafkaThatIsAskedForButNotThereIsAStartUpFailure() {
		this.runner.withPropertyValues("theus.outbox.relay=kafka")
			.run((context) -> assertThat(analysis(context).getDescription())
				.isEqualTo("Property 'theus.outbox.relay' is invalid: relay 'kafka' cannot be had: "
						+ "Kafka is not there, add spring-boot-starter-kafka."));
	}

	@Test
	void misspeltRelayIsAStartUpFailure() {
		this.withKafka.withPropertyValues("theus.outbox.relay=kafak")
			.run((context) -> assertThat(analysis(context).getDescription())
				.isEqualTo("Property 'theus.outbox.relay' is invalid: there is no relay 'kafak', did you mean 'kafka': "
						+ "beans=[], use kafka, logging, events, http or the name of a bean."));
	}

	@Test
	void severalRelaysWithoutAChoiceAreAStartUpFailure() {
		two().run((context) -> assertThat(analysis(context).getDescription())
			.isEqualTo("Property 'theus.outbox.relay' is invalid: several beans could deliver the outbox: "
					+ "beans=[first, second], name one of them or mark it with @Primary."));
	}

	@Test
	void nameOfABeanChooses() {
		two().withPropertyValues("theus.outbox.relay=second")
			.run((context) -> assertThat(status(context).relay()).isEqualTo("second"));
	}

	@Test
	void primaryBeanIsAChoice() {
		this.runner.withUserConfiguration(PrimaryRelay.class)
			.run((context) -> assertThat(status(context).relay()).isEqualTo("second"));
	}

	private ApplicationContextRunner two() {
		return this.runner.withBean("first", Named.class, () -> new Named("first"))
			.withBean("second", Named.class, () -> new Named("second"));
	}

	@Test
	void httpWithoutAUrlIsAStartUpFailure() {
		this.runner.withPropertyValues("theus.outbox.relay=http")
			.run((context) -> assertThat(analysis(context).getDescription())
				.isEqualTo("Property 'theus.outbox.http' is invalid: no URL says where messages go: "
						+ "url=null, urls={}, set one of them."));
	}

	@Test
	void urlThatIsNoneIsAStartUpFailure() {
		this.runner.withPropertyValues("theus.outbox.relay=http", "theus.outbox.http.urls[orders]=orders.example.org")
			.run((context) -> assertThat(analysis(context).getDescription())
				.isEqualTo("Property 'theus.outbox.http' is invalid: 'orders.example.org' is not a URL of HTTP: "
						+ "use for example 'https://example.org/messages/{topic}'."));
	}

	@Test
	void urlsComeFromProperties() {
		this.runner
			.withPropertyValues("theus.outbox.relay=http", "theus.outbox.http.url=http://localhost:1/{topic}",
					"theus.outbox.http.urls[a.b]=http://localhost:1/c")
			.run((context) -> assertThat(context).hasSingleBean(HttpOutboxRelay.class));
	}

	@Test
	void unknownFormatIsAStartUpFailure() {
		this.runner.withPropertyValues("theus.outbox.format=xml")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("No enum constant")
				.hasMessageContaining("xml"));
	}

	@Test
	void sourceThatIsNoUriIsAStartUpFailure() {
		this.runner.withPropertyValues("theus.outbox.source=our shop")
			.run((context) -> assertThat(analysis(context).getDescription())
				.isEqualTo("Property 'theus.outbox.source' is invalid: source of CloudEvents 'our shop' is not a URI "
						+ "reference: use for example '/orders' or 'https://example.org/orders'."));
	}

	@Test
	void sourceOfEventsIsTheApplication() {
		OutboxMessage message = OutboxMessage.of("m", "mails", null, null, "a/b", Map.of())
			.withCommit(1, Instant.EPOCH);
		this.runner.withPropertyValues("theus.outbox.format=cloudevents", "spring.application.name=Our Shop")
			.run((context) -> assertThat(context.getBean(MessageFormat.class).headers(message, "ce_"))
				.containsEntry("ce_source", "/Our+Shop"));
		this.runner.withPropertyValues("theus.outbox.format=cloudevents", "theus.node-id=n-1")
			.run((context) -> assertThat(context.getBean(MessageFormat.class).headers(message, "ce_"))
				.containsEntry("ce_source", "/n-1"));
		this.runner.withPropertyValues("theus.outbox.format=cloudevents", "theus.outbox.source=https://example.org")
			.run((context) -> assertThat(context.getBean(MessageFormat.class).headers(message, "ce_"))
				.containsEntry("ce_source", "https://example.org"));
	}

	@Test
	void eventsReachListeners() {
		this.runner.withPropertyValues("theus.outbox.relay=events").withBean(Listener.class).run((context) -> {
			context.getBean(Mailer.class).send("a", "4711");
			Listener listener = context.getBean(Listener.class);
			await().until(() -> listener.heard.contains("mails a"));
			await().until(() -> status(context).sent() == 1);
		});
	}

	@Test
	void logShowsNothingOfAMessageUnlessAskedTo() {
		this.runner.withPropertyValues("theus.outbox.relay=logging").run((context) -> {
			context.getBean(Mailer.class).send("secret-key", "4711");
			await().until(() -> status(context).sent() == 1);
			assertThat(logged()).contains("to 'mails' [commitVersion=1, contentType=application/json, bodyLength=")
				.doesNotContain("secret-key")
				.doesNotContain("4711");
		});
	}

	@Test
	void logMasksWhatItShows() {
		this.runner.withPropertyValues("theus.outbox.relay=logging", "theus.outbox.logging.show-content=true")
			.withBean(SanitizingFunction.class,
					() -> (data) -> data.getKey().equals("mails.card.number") ? data.withSanitizedValue() : data)
			.run((context) -> {
				context.getBean(Mailer.class).send("a", "4711");
				await().until(() -> status(context).sent() == 1);
				assertThat(logged()).contains("key=a").contains("\"number\":\"******\"").doesNotContain("4711");
			});
	}

	private String logged() {
		return this.lines.list.stream().map(ILoggingEvent::getFormattedMessage).collect(Collectors.joining("\n"));
	}

	private static FailureAnalysis analysis(AssertableApplicationContext context) {
		assertThat(context).hasFailed();
		return new TheusFailureAnalyzer().analyze(context.getStartupFailure());
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
		void send(String key, String number) {
			this.state.outbox().send("mails", key, new Mail(new Card(number)));
		}

	}

	record Mail(Card card) {

	}

	record Card(String number) {

	}

	static class Listener {

		final List<String> heard = new CopyOnWriteArrayList<>();

		@EventListener(condition = "#event.topic == 'mails'")
		void hear(OutboxMessageEvent event) {
			assertThat(event.getText()).isEqualTo("{\"card\":{\"number\":\"4711\"}}");
			this.heard.add(event.getTopic() + " " + event.message().key());
		}

	}

	record Named(String name) implements OutboxRelay {

		@Override
		public CompletionStage<?> send(OutboxMessage message) {
			return CompletableFuture.completedFuture(message);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PrimaryRelay {

		@Bean
		Named first() {
			return new Named("first");
		}

		@Bean
		@Primary
		Named second() {
			return new Named("second");
		}

	}

}
