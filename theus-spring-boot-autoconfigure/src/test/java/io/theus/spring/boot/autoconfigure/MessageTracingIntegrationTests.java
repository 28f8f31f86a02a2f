package io.theus.spring.boot.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.micrometer.tracing.BaggageInScope;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

import io.theus.ProcessContext;
import io.theus.annotation.Process;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Follows a trace from the process that sends a message to the listener that receives it.
 */
@Timeout(60)
class MessageTracingIntegrationTests {

	private EmbeddedKafkaKraftBroker broker;

	private ConfigurableApplicationContext context;

	@BeforeEach
	void start() {
		this.broker = new EmbeddedKafkaKraftBroker(1, 1, "orders");
		this.broker.brokerProperty("group.initial.rebalance.delay.ms", "0");
		this.broker.brokerProperty("offsets.topic.num.partitions", "1");
		this.broker.afterPropertiesSet();
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setDefaultProperties(Map.of("spring.kafka.bootstrap-servers", this.broker.getBrokersAsString(),
				"spring.kafka.consumer.group-id", "orders", "spring.kafka.consumer.auto-offset-reset", "earliest",
				"spring.kafka.listener.observation-enabled", "true", "management.tracing.sampling.probability", "1",
				"management.tracing.baggage.remote-fields", "tenant", "theus.outbox.format", "cloudevents"));
		this.context = application.run();
	}

	@AfterEach
	void stop() {
		this.context.close();
		this.broker.destroy();
	}

	@Test
	@SuppressWarnings("try")
	void listenerContinuesTheTraceThatTheMessageWasSentIn() throws InterruptedException {
		Tracer tracer = this.context.getBean(Tracer.class);
		Span span = tracer.nextSpan().name("order").start();
		try (Tracer.SpanInScope scope = tracer.withSpan(span);
				BaggageInScope baggage = tracer.createBaggageInScope("tenant", "blue")) {
			this.context.getBean(Orders.class).place("o-1");
		}
		finally {
			span.end();
		}
		Arrival arrival = this.context.getBean(Listener.class).arrivals.poll(30, TimeUnit.SECONDS);
		assertThat(arrival.traceId).isEqualTo(span.context().traceId());
		assertThat(arrival.traceparent).startsWith("00-" + span.context().traceId() + "-")
			.contains(arrival.parentId)
			.matches(".*-0[13]");
		assertThat(arrival.event).isEqualTo(arrival.traceparent);
		assertThat(arrival.baggage).startsWith("tenant=blue");
		assertThat(arrival.tenant).isEqualTo("blue");
	}

	@Test
	void headersThatTheSenderGivesTakePrecedence() throws InterruptedException {
		this.context.getBean(Orders.class).note("o-1");
		Arrival arrival = this.context.getBean(Listener.class).arrivals.poll(30, TimeUnit.SECONDS);
		assertThat(arrival.traceparent).isEqualTo("00-given");
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ KafkaAutoConfiguration.class, ObservationAutoConfiguration.class,
			OpenTelemetrySdkAutoConfiguration.class, OpenTelemetryTracingAutoConfiguration.class,
			MicrometerTracingAutoConfiguration.class, MessageTracingAutoConfiguration.class,
			ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class, OutboxRelayAutoConfiguration.class,
			KafkaOutboxAutoConfiguration.class, OutboxAutoConfiguration.class })
	static class Application {

		@Bean
		Orders orders(ProcessContext state) {
			return new Orders(state);
		}

		@Bean
		Listener listener(Tracer tracer) {
			return new Listener(tracer);
		}

	}

	static class Orders {

		private final ProcessContext state;

		Orders(ProcessContext state) {
			this.state = state;
		}

		@Process(sends = "orders")
		void place(String id) {
			this.state.outbox().send("orders", id, "placed");
		}

		@Process(sends = "orders")
		void note(String id) {
			this.state.outbox().send("orders", id, "noted", Map.of("traceparent", "00-given"));
		}

	}

	static class Listener {

		final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

		private final Tracer tracer;

		Listener(Tracer tracer) {
			this.tracer = tracer;
		}

		@KafkaListener(topics = "orders")
		void arrive(ConsumerRecord<String, String> record) {
			Span span = this.tracer.currentSpan();
			this.arrivals.add(new Arrival(span.context().traceId(), span.context().parentId(),
					header(record, "traceparent"), header(record, "ce_traceparent"), header(record, "baggage"),
					this.tracer.getBaggage("tenant").get()));
		}

		private static String header(ConsumerRecord<?, ?> record, String name) {
			Header header = record.headers().lastHeader(name);
			return (header != null) ? new String(header.value(), StandardCharsets.UTF_8) : null;
		}

	}

	record Arrival(String traceId, String parentId, String traceparent, String event, String baggage, String tenant) {

	}

}
