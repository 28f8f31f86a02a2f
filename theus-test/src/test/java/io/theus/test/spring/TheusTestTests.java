package io.theus.test.spring;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

import io.theus.InitialState;
import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.engine.TheusEngine;
import io.theus.outbox.OutboxMessage;
import io.theus.state.State;
import io.theus.test.RecordedCommits;
import io.theus.test.TheusAssertions;

import static org.assertj.core.api.Assertions.assertThat;

@TheusTest
class TheusTestTests {

	@Autowired
	private Counters counters;

	@Autowired
	private TheusEngine engine;

	@Autowired
	private RecordedCommits commits;

	@Autowired
	private ApplicationContext context;

	@Test
	void processBeansAreGuardedAndTheirCommitsRecorded() {
		this.commits.clear();
		State before = this.engine.state();
		assertThat(this.counters.increment("a")).isEqualTo(11);
		TheusAssertions.assertThat(before).hasDelta(this.engine.state(), Map.of("domain.counters.a", 11));
		assertThat(this.commits.records()).singleElement()
			.satisfies((commit) -> assertThat(commit.messages()).extracting(OutboxMessage::topic)
				.containsExactly("counts"));
	}

	@Test
	void otherComponentsAreNotThere() {
		assertThat(this.context.getBeansOfType(Elsewhere.class)).isEmpty();
	}

	@SpringBootApplication
	static class Application {

	}

	@Component
	static class Start implements InitialState {

		@Override
		public Map<String, ?> content() {
			return Map.of("domain.counters", Map.of("a", 10));
		}

	}

	@Component
	static class Elsewhere {

	}

	@Component
	static class Counters {

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

}
