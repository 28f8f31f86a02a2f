package io.theus.engine;

import org.junit.jupiter.api.Test;

import io.theus.OtherThreads;
import io.theus.ProcessContext;
import io.theus.annotation.Process;

import static org.assertj.core.api.Assertions.assertThat;

class TheusEngineTests {

	@Test
	void eightThreadsLoseNoIncrement() {
		Counter counter = new Counter();
		TheusEngine engine = TheusEngine.builder().processes(counter).build();
		counter.state = engine.context();
		engine.transact((tx) -> {
			tx.set("domain.counter", 0L);
			return null;
		});
		OtherThreads.runAll(8, (thread) -> {
			for (int i = 0; i < 500; i++) {
				engine.execute("increment", "counter");
			}
		});
		assertThat(engine.state().get("domain.counter", Long.class)).isEqualTo(4000L);
	}

	static class Counter {

		ProcessContext state;

		@Process(updates = "domain.{name}")
		long increment(String name) {
			long next = this.state.get("domain." + name, Long.class) + 1;
			this.state.set("domain." + name, next);
			return next;
		}

	}

}
