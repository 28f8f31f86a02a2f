package io.theus.transaction;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.theus.store.RecordedExecution;

import static org.assertj.core.api.Assertions.assertThat;

class ExecutionKeysTests {

	private Instant now = Instant.EPOCH;

	private final ExecutionKeys keys = new ExecutionKeys(clock());

	@Test
	void memoryIsBoundedByTheTimeThatResultsAreKept() {
		for (int i = 0; i < 10_000; i++) {
			this.now = this.now.plusSeconds(1);
			this.keys.add(List.of(execution("k-" + i, Duration.ofSeconds(100))), this.now);
			assertThat(this.keys.size()).isLessThanOrEqualTo(100);
		}
		assertThat(this.keys.find("shop.run", "k-9999")).isNotNull();
		assertThat(this.keys.find("shop.run", "k-9899")).isNull();
	}

	@Test
	void keyThatIsUsedAgainAfterItsTimeIsKeptForItsOwn() {
		this.keys.add(List.of(execution("k", Duration.ofSeconds(10))), this.now);
		this.now = this.now.plusSeconds(10);
		this.keys.add(List.of(execution("k", Duration.ofSeconds(10))), this.now);
		this.now = this.now.plusSeconds(9);
		this.keys.add(List.of(execution("other", Duration.ofSeconds(10))), this.now);
		assertThat(this.keys.find("shop.run", "k")).isNotNull();
		assertThat(this.keys.size()).isEqualTo(2);
	}

	@Test
	void keyOfAPreparedCommitIsTakenUntilItIsDropped() {
		List<RecordedExecution> executions = List.of(execution("k", Duration.ofSeconds(10)));
		this.keys.hold(executions);
		assertThat(this.keys.firstTaken(executions)).isSameAs(executions.get(0));
		assertThat(this.keys.find("shop.run", "k")).isNull();
		this.keys.release(executions);
		assertThat(this.keys.firstTaken(executions)).isNull();
	}

	@Test
	void enormousRetentionIsNoOverflow() {
		this.keys.add(List.of(execution("k", Duration.ofSeconds(Long.MAX_VALUE))), this.now);
		assertThat(this.keys.find("shop.run", "k")).isNotNull();
	}

	private static RecordedExecution execution(String key, Duration retention) {
		return new RecordedExecution("shop.run", key, "00", null, retention);
	}

	private Clock clock() {
		InstantSource source = () -> this.now;
		return source.withZone(ZoneOffset.UTC);
	}

}
