package io.theus.spring.boot.autoconfigure;

import java.time.Duration;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.theus.engine.TheusEngine;
import io.theus.spring.Inbox;
import io.theus.spring.kafka.KafkaInbox;
import io.theus.spring.observation.InboxMetrics;
import io.theus.transaction.TransactionOptions;

import static org.assertj.core.api.Assertions.assertThat;

class InboxAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class, InboxAutoConfiguration.class));

	@Test
	void repetitionsAreCounted() {
		this.runner.run((context) -> {
			SimpleMeterRegistry registry = new SimpleMeterRegistry();
			context.getBean(InboxMetrics.class).bindTo(registry);
			for (int i = 0; i < 3; i++) {
				context.getBean(Inbox.class).process("m-1", () -> {
				});
			}
			assertThat(registry.get("theus.inbox.processed").functionCounter().count()).isEqualTo(1);
			assertThat(registry.get("theus.inbox.repeated").functionCounter().count()).isEqualTo(2);
		});
	}

	@Test
	void idsAreForgottenAfterTheTimeThatIsConfigured() {
		this.runner.withPropertyValues("theus.inbox.retain=1ns").run((context) -> {
			Inbox inbox = context.getBean(Inbox.class);
			inbox.process("m-1", () -> {
			});
			inbox.process("m-1", () -> {
			});
			assertThat(inbox.processed()).isEqualTo(2);
		});
	}

	@Test
	void timeThatIsNotPositiveIsAStartUpFailure() {
		this.runner.withPropertyValues("theus.inbox.retain=0s")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("must be a positive duration"));
	}

	@Test
	void inboxOfTheApplicationIsUsed() {
		this.runner
			.withBean("own", Inbox.class,
					() -> new Inbox(TheusEngine.builder().build(), TransactionOptions.DEFAULT, Duration.ofDays(1)))
			.run((context) -> assertThat(context).hasSingleBean(Inbox.class).hasBean("own"));
	}

	@Test
	void kafkaMayBeMissing() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.kafka", "org.apache.kafka"))
			.run((context) -> assertThat(context).hasSingleBean(Inbox.class).doesNotHaveBean(KafkaInbox.class));
	}

}
