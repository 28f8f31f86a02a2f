package io.theus.spring.boot.starter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.util.ClassUtils;

import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.engine.TheusEngine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs an application that has the starter and nothing else.
 */
class StarterTests {

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.kafka.core.KafkaTemplate",
			"org.springframework.boot.actuate.endpoint.annotation.Endpoint",
			"io.micrometer.core.instrument.MeterRegistry", "org.springframework.security.core.Authentication",
			"jakarta.validation.Validator", "org.springframework.web.bind.annotation.RestController",
			"org.springframework.transaction.annotation.Transactional", "org.aspectj.lang.annotation.Aspect" })
	void starterDoesNotBring(String type) {
		assertThat(ClassUtils.isPresent(type, getClass().getClassLoader())).isFalse();
	}

	@Test
	void starterIsEnoughToRunProcesses() {
		try (ConfigurableApplicationContext context = SpringApplication.run(Application.class)) {
			assertThat(context.getBean(Counter.class).count()).isEqualTo(1);
			TheusEngine engine = context.getBean(TheusEngine.class);
			assertThat(engine.<Integer>execute("count")).isEqualTo(2);
			assertThat(engine.state().get("domain.count")).isEqualTo(2);
		}
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void starterAloneStartsWithoutWarnings(CapturedOutput output) {
		SpringApplication.run(Application.class).close();
		assertThat(output).contains("Spring Boot").doesNotContain("WARN", "ERROR");
	}

	@SpringBootApplication
	static class Application {

		@Bean
		Counter counter(ProcessContext state) {
			return new Counter(state);
		}

	}

	static class Counter {

		private final ProcessContext state;

		Counter(ProcessContext state) {
			this.state = state;
		}

		@Process(updates = "domain.count")
		int count() {
			int count = this.state.getOrDefault("domain.count", 0) + 1;
			this.state.set("domain.count", count);
			return count;
		}

	}

}
