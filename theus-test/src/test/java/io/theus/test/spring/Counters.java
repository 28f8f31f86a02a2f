package io.theus.test.spring;

import org.springframework.stereotype.Component;

import io.theus.ProcessContext;
import io.theus.annotation.Process;

@Component
class Counters {

	private final ProcessContext state;

	Counters(ProcessContext state) {
		this.state = state;
	}

	@Process(updates = "domain.counters.{name}", sends = "counts")
	long increment(String name) {
		this.state.update("domain.counters." + name, Long.class, (count) -> count + 1);
		this.state.outbox().send("counts", name, "one more");
		return this.state.get("domain.counters." + name, Long.class);
	}

}
