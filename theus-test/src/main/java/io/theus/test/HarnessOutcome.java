package io.theus.test;

import java.util.List;
import java.util.Map;

import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

import io.theus.outbox.OutboxMessage;
import io.theus.signal.Signal;
import io.theus.state.State;
import io.theus.store.CommitRecord;

/**
 * What came of a call: its result or failure, and what it committed.
 *
 * @since 0.1.0
 */
public final class HarnessOutcome {

	private final TheusHarness harness;

	private final State before;

	private final State after;

	private final List<CommitRecord> commits;

	private final @Nullable Object result;

	private final @Nullable Throwable failure;

	HarnessOutcome(TheusHarness harness, State before, State after, List<CommitRecord> commits, @Nullable Object result,
			@Nullable Throwable failure) {
		this.harness = harness;
		this.before = before;
		this.after = after;
		this.commits = commits;
		this.result = result;
		this.failure = failure;
	}

	/**
	 * Go on with another call on the state as it is now.
	 * @return the harness
	 */
	public TheusHarness and() {
		return this.harness;
	}

	/**
	 * Demand success and exactly these changes of the state.
	 * @param changes the new values by path; {@link StateAssert#REMOVED} for what was
	 * removed
	 * @return this
	 */
	public HarnessOutcome thenDelta(Map<String, ?> changes) {
		thenSucceeds();
		TheusAssertions.assertThat(this.before).hasDelta(this.after, changes);
		return this;
	}

	/**
	 * Demand success and exactly this change of the state.
	 * @param path the path
	 * @param value the new value
	 * @return this
	 */
	public HarnessOutcome thenDelta(String path, Object value) {
		return thenDelta(Map.of(path, value));
	}

	/**
	 * Demand a value in the state afterwards.
	 * @param path the path
	 * @param value the value
	 * @return this
	 */
	public HarnessOutcome thenState(String path, @Nullable Object value) {
		TheusAssertions.assertThat(this.after).contains(path, value);
		return this;
	}

	/**
	 * Demand success.
	 * @return this
	 */
	public HarnessOutcome thenSucceeds() {
		Assertions.assertThat(this.failure).as("failure of the call").isNull();
		return this;
	}

	/**
	 * Demand success and a result.
	 * @param expected the result
	 * @return this
	 */
	public HarnessOutcome thenReturns(@Nullable Object expected) {
		thenSucceeds();
		Assertions.assertThat(this.result).as("result of the call").isEqualTo(expected);
		return this;
	}

	/**
	 * Demand a failure after which the state is the same object as before, and nothing
	 * was signalled or sent.
	 * @param type the type of the exception
	 * @return this
	 */
	public HarnessOutcome thenFails(Class<? extends Throwable> type) {
		Assertions.assertThat(this.failure).as("failure of the call").isInstanceOf(type);
		return thenNothingHappens();
	}

	/**
	 * Demand a failure with a text in its message.
	 * @param type the type of the exception
	 * @param text a part of its message
	 * @return this
	 */
	public HarnessOutcome thenFails(Class<? extends Throwable> type, String text) {
		thenFails(type);
		Assertions.assertThat(this.failure).hasMessageContaining(text);
		return this;
	}

	/**
	 * Demand that nothing was committed.
	 * @return this
	 */
	public HarnessOutcome thenNothingHappens() {
		Assertions.assertThat(this.commits).as("commits of the call").isEmpty();
		Assertions.assertThat(this.after).as("state after the call").isSameAs(this.before);
		return this;
	}

	/**
	 * Demand exactly these signals.
	 * @param expected the payloads by topic, each topic once
	 * @return this
	 */
	public HarnessOutcome thenSignals(Map<String, ?> expected) {
		TheusAssertions.assertThatSignals(signals()).containExactly(expected);
		return this;
	}

	/**
	 * Demand exactly these topics of outbox messages, in order of sending.
	 * @param topics the topics
	 * @return this
	 */
	public HarnessOutcome thenSends(String... topics) {
		Assertions.assertThat(messages())
			.as("outbox messages")
			.extracting(OutboxMessage::topic)
			.containsExactly(topics);
		return this;
	}

	/**
	 * Return the signals of the call.
	 * @return the signals in commit order
	 */
	public List<Signal> signals() {
		return this.commits.stream().flatMap((commit) -> commit.signals().stream()).toList();
	}

	/**
	 * Return the outbox messages of the call.
	 * @return the messages in commit order
	 */
	public List<OutboxMessage> messages() {
		return this.commits.stream().flatMap((commit) -> commit.messages().stream()).toList();
	}

}
