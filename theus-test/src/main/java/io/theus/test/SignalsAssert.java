package io.theus.test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

import io.theus.signal.Signal;

/**
 * Assertions on signals.
 *
 * @since 0.1.0
 */
public final class SignalsAssert extends AbstractAssert<SignalsAssert, List<Signal>> {

	SignalsAssert(List<Signal> actual) {
		super(actual, SignalsAssert.class);
	}

	/**
	 * Demand exactly these signals.
	 * @param expected the payloads by topic, each topic once
	 * @return this
	 */
	public SignalsAssert containExactly(Map<String, ?> expected) {
		isNotNull();
		Map<String, @Nullable Object> found = new LinkedHashMap<>();
		this.actual.forEach((signal) -> found.put(signal.topic(), signal.payload()));
		Assertions.assertThat(this.actual).as("number of signals").hasSize(expected.size());
		Assertions.assertThat(found).as("signals").isEqualTo(expected);
		return this;
	}

	/**
	 * Demand that there are none.
	 * @return this
	 */
	public SignalsAssert areAbsent() {
		return containExactly(Map.of());
	}

}
