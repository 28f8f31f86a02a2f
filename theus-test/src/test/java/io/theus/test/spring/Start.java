package io.theus.test.spring;

import java.util.Map;

import org.springframework.stereotype.Component;

import io.theus.InitialState;

@Component
class Start implements InitialState {

	@Override
	public Map<String, ?> content() {
		return Map.of("domain.counters", Map.of("a", 10));
	}

}
