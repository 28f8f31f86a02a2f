package io.theus.benchmarks.relay;

/**
 * The candidates that send messages.
 *
 * @since 0.1.0
 */
public enum RelayingType {

	/** The outbox of Theus, messages in memory. */
	THEUS,

	/** The template of Spring Kafka, which loses what it has not sent. */
	TEMPLATE;

	Relaying open(String broker) {
		return switch (this) {
			case THEUS -> new TheusRelaying(broker);
			case TEMPLATE -> new TemplateRelaying(broker);
		};
	}

}
