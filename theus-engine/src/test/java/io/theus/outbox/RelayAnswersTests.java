package io.theus.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What relays may answer to a batch, and what they may not.
 */
@Timeout(60)
class RelayAnswersTests {

	private static final Backoff FAST = new Backoff(Duration.ofMillis(1), 2, Duration.ofMillis(4));

	private final DefaultOutbox outbox = Outbox.builder().backoff(FAST).build();

	private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

	@AfterEach
	void close() {
		this.outbox.close(Duration.ZERO);
	}

	@Test
	void batchWithTooFewAnswersIsSentAgain() {
		deliverAfter((answers) -> answers.subList(0, 1));
		assertThat(this.outbox.status().lastError()).isEqualTo("java.lang.IllegalStateException: relay 'batches' "
				+ "answered a batch wrongly: messages=2, answers=1, answer each message");
	}

	@Test
	void batchWithTooManyAnswersIsSentAgain() {
		deliverAfter((answers) -> List.of(answers.get(0), answers.get(1), answers.get(1)));
		assertThat(this.outbox.status().lastError()).endsWith(": messages=2, answers=3, answer each message");
	}

	@Test
	void batchWithoutAnswerIsSentAgain() {
		deliverAfter((answers) -> null);
		assertThat(this.outbox.status().lastError()).endsWith(": messages=2, answers=null, answer each message");
	}

	@Test
	void batchThatEndsInAnErrorIsSentAgain() {
		deliverAfter((answers) -> {
			throw new NoClassDefFoundError("missing");
		});
		assertThat(this.outbox.status().lastError()).isEqualTo("java.lang.NoClassDefFoundError: missing");
	}

	@Test
	void answerThatCannotBeHeardLeavesTheOthersAlone() {
		deliverAfter((answers) -> List.of(new Deaf(), answers.get(1)));
		assertThat(this.outbox.status().failedAttempts()).isEqualTo(1);
		assertThat(this.calls).containsExactly("a", "b", "a");
	}

	// The first batch has two messages, each of a lane of its own
	private void deliverAfter(Answers first) {
		this.outbox.reserve(2);
		this.outbox.append(List.of(Messages.message("a", "t", "a"), Messages.message("b", "t", "b")));
		this.outbox.start(new OutboxRelay() {

			private boolean begun;

			@Override
			public String name() {
				return "batches";
			}

			@Override
			public CompletionStage<?> send(OutboxMessage message) {
				RelayAnswersTests.this.calls.add(message.id());
				return CompletableFuture.completedFuture(null);
			}

			@Override
			public @Nullable List<CompletionStage<?>> sendAll(List<OutboxMessage> batch) throws Exception {
				List<CompletionStage<?>> answers = OutboxRelay.super.sendAll(batch);
				if (this.begun) {
					return answers;
				}
				this.begun = true;
				return first.instead(answers);
			}

		});
		assertThat(this.outbox.drain(Duration.ofSeconds(20))).isZero();
		assertThat(this.outbox.status().sent()).isEqualTo(2);
	}

	private interface Answers {

		@Nullable List<CompletionStage<?>> instead(List<CompletionStage<?>> answers);

	}

	/**
	 * A stage that cannot be listened to.
	 */
	private static final class Deaf extends CompletableFuture<Object> {

		@Override
		public CompletableFuture<Object> whenComplete(BiConsumer<? super Object, ? super Throwable> action) {
			throw new UnsupportedOperationException("no listeners here");
		}

	}

}
