package io.theus.test.spring;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

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

}
