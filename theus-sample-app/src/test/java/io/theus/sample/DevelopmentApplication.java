package io.theus.sample;

import org.springframework.boot.SpringApplication;

/**
 * Starts the sample for development: with a Kafka broker of its own.
 *
 * @since 0.1.0
 */
public final class DevelopmentApplication {

	private DevelopmentApplication() {
	}

	public static void main(String[] args) {
		SpringApplication.from(SampleApplication::main).with(DevelopmentKafka.class).run(args);
	}

}
