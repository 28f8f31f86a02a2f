package io.theus.spring.observation;

import io.micrometer.common.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * The key value that says how something ended. What goes on has one too, since meters of
 * one name must have the same keys.
 */
final class OutcomeKey {

	private OutcomeKey() {
	}

	static KeyValue of(OutcomeContext context) {
		String outcome = context.getOutcome();
		return KeyValue.of("outcome", (outcome != null) ? outcome : KeyValue.NONE_VALUE);
	}

	static KeyValue orNone(String key, @Nullable String value) {
		return KeyValue.of(key, (value != null) ? value : KeyValue.NONE_VALUE);
	}

}
