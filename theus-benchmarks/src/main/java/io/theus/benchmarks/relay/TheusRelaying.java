package io.theus.benchmarks.relay;

import java.time.Duration;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

import io.theus.engine.TheusEngine;
import io.theus.outbox.MessageFilter;
import io.theus.outbox.MessageState;
import io.theus.outbox.Outbox;

/**
 * Theus as Spring Boot configures it: each message is part of a commit of its own, in
 * memory, and relayed after it. Commits and deliveries go on at once.
 */
final class TheusRelaying implements Relaying {

	private static final Duration LONGEST = Duration.ofMinutes(2);

	private final ConfigurableApplicationContext context;

	private final TheusEngine engine;

	TheusRelaying(String broker) {
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.run("--spring.kafka.bootstrap-servers=" + broker, "--theus.observations.enabled=false");
		this.engine = this.context.getBean(TheusEngine.class);
	}

	@Override
	public void send(int first, int count, int keys) {
		for (int number = first; number < first + count; number++) {
			commit(Relaying.key(number, keys), Relaying.content(number));
		}
		Outbox outbox = this.engine.outbox();
		long left = outbox.drain(LONGEST);
		if (left > 0 || outbox.count(MessageFilter.in(MessageState.DEAD)) > 0) {
			throw new IllegalStateException("messages are left: left=%d, lastError=%s, do not count this measurement"
				.formatted(left, outbox.status().lastError()));
		}
	}

	private void commit(String key, String content) {
		this.engine.transact((transaction) -> {
			transaction.outbox().send(TOPIC, key, content);
			return true;
		});
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * An application without processes.
	 */
	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	static class Application {

	}

}
