package io.theus.process;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.theus.OtherThreads;
import io.theus.conflict.ConflictException;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.outbox.DefaultOutbox;
import io.theus.outbox.InvalidMessageException;
import io.theus.outbox.MessageFilter;
import io.theus.outbox.Outbox;
import io.theus.outbox.OutboxEntry;
import io.theus.outbox.OutboxFullException;
import io.theus.outbox.OutboxLimits;
import io.theus.outbox.OutboxMessage;
import io.theus.outbox.OutboxRelay;
import io.theus.outbox.TooManyMessagesException;
import io.theus.state.State;
import io.theus.transaction.Participant;
import io.theus.transaction.SurroundingTransactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Messages of the outbox as a part of commits.
 */
class OutboxCommitTests {

	private final DefaultOutbox outbox = Outbox.builder().maxPending(5000).build();

	private final TheusEngineBuilder builder = TheusEngine.builder()
		.outbox(this.outbox)
		.messageLimits(new OutboxLimits(1000, 3));

	@Test
	void messagesAreHandedOverWithTheirCommit() {
		TheusEngine engine = this.builder
			.process("shop.order", (spec) -> spec.outputs("domain.a").sends("orders").body((context, arguments) -> {
				context.outbox().send("orders", "k", Map.of("id", 7), Map.of("h", "v"));
				context.outbox().send("orders", null, "text");
				context.set("domain.a", 1);
				assertThat(this.outbox.status().held()).as("not before the commit").isZero();
				return context.executionId();
			}))
			.build();
		String execution = engine.execute("order");
		assertThat(messages()).hasSize(2)
			.allSatisfy((message) -> assertThat(message.commitVersion()).isEqualTo(1))
			.extracting(OutboxMessage::topic)
			.containsOnly("orders");
		OutboxMessage first = messages().get(0);
		assertThat(new String(first.body(), StandardCharsets.UTF_8)).isEqualTo("{\"id\":7}");
		assertThat(first.key()).isEqualTo("k");
		assertThat(first.headers()).containsEntry("h", "v");
		assertThat(messages()).extracting(OutboxMessage::id).containsExactly(execution + ".1", execution + ".2");
	}

	@Test
	void messagesOfAFailedAttemptAreDiscarded() {
		TheusEngine engine = this.builder
			.process("shop.fail", (spec) -> spec.sends("orders").body((context, arguments) -> {
				context.outbox().send("orders", "k", "text");
				throw new IllegalStateException("broken on purpose");
			}))
			.build();
		State before = engine.state();
		assertThatIllegalStateException().isThrownBy(() -> engine.execute("fail"));
		assertThat(this.outbox.status().held()).isZero();
		assertThat(engine.state()).isSameAs(before);
	}

	@Test
	void messagesOfACaughtCalleeAreDiscarded() {
		TheusEngine[] engine = new TheusEngine[1];
		engine[0] = this.builder.process("shop.inner", (spec) -> spec.sends("*").body((context, arguments) -> {
			context.outbox().send("inner", "k", "text");
			throw new IllegalStateException("broken on purpose");
		})).process("shop.outer", (spec) -> spec.sends("*").body((context, arguments) -> {
			context.outbox().send("outer", "k", "text");
			assertThatIllegalStateException().isThrownBy(() -> engine[0].execute("inner"));
			return null;
		})).build();
		engine[0].execute("outer");
		assertThat(messages()).extracting(OutboxMessage::topic).containsExactly("outer");
	}

	@Test
	void laterAttemptGivesTheSameMessageTheSameName() {
		AtomicInteger runs = new AtomicInteger();
		List<String> ids = new ArrayList<>();
		TheusEngine[] engine = new TheusEngine[1];
		engine[0] = this.builder
			.process("shop.retry", (spec) -> spec.updates("domain.a").sends("*").body((context, a) -> {
				ids.add(context.executionId());
				context.find("domain.a");
				context.outbox().send("orders", "k", "attempt " + context.attempt());
				if (runs.incrementAndGet() == 1) {
					OtherThreads.run(() -> engine[0].compareAndSwap(0, Map.of("domain.a", "other")));
				}
				return null;
			}))
			.build();
		engine[0].execute("retry");
		assertThat(messages()).singleElement().satisfies((message) -> {
			assertThat(message.id()).isEqualTo(ids.get(0) + ".1");
			assertThat(new String(message.body(), StandardCharsets.UTF_8)).isEqualTo("attempt 2");
		});
	}

	@Test
	void refusedCommitGivesItsRoomBack() {
		DefaultOutbox small = Outbox.builder().maxPending(1).build();
		TheusEngine engine = TheusEngine.builder().outbox(small).build();
		for (int i = 0; i < 3; i++) {
			int value = i;
			assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> engine.transact((tx) -> {
				tx.outbox().send("orders", "k", "text");
				tx.set("domain.a", "mine");
				OtherThreads.run(() -> engine.transact((other) -> {
					other.set("domain.a", value);
					return null;
				}));
				return null;
			}));
		}
		send(engine, "fits");
		State before = engine.state();
		assertThatExceptionOfType(OutboxFullException.class).isThrownBy(() -> send(engine, "too many"));
		assertThat(engine.state()).isSameAs(before);
	}

	@Test
	void preparedCommitThatIsDroppedGivesItsRoomBack() {
		DefaultOutbox small = Outbox.builder().maxPending(1).build();
		Surrounding surrounding = new Surrounding();
		TheusEngine engine = TheusEngine.builder()
			.outbox(small)
			.surroundings(surrounding)
			.process("shop.order", (spec) -> spec.sends("orders").body((context, arguments) -> {
				context.outbox().send("orders", "k", "text");
				return null;
			}))
			.build();
		engine.execute("order");
		Participant prepared = Objects.requireNonNull(surrounding.participant);
		prepared.prepare();
		assertThatExceptionOfType(OutboxFullException.class).isThrownBy(() -> small.reserve(1));
		prepared.drop();
		assertThat(small.status().held()).isZero();
		small.reserve(1);
		small.release(1);
	}

	@Test
	void limitsHoldAtTheAttempt() {
		TheusEngine engine = this.builder.build();
		assertThatExceptionOfType(TooManyMessagesException.class).isThrownBy(() -> engine.transact((tx) -> {
			for (int i = 0; i < 4; i++) {
				tx.outbox().send("orders", "k", i);
			}
			return null;
		}));
		assertThatExceptionOfType(InvalidMessageException.class).isThrownBy(() -> send(engine, "x", "not a topic!"));
		assertThat(engine.state().version()).isZero();
		assertThat(this.outbox.status().held()).isZero();
	}

	@Test
	void messagesAreHeldInCommitOrder() {
		TheusEngine engine = this.builder.build();
		OtherThreads.runAll(8, (thread) -> {
			for (int i = 0; i < 100; i++) {
				send(engine, thread + " " + i);
			}
		});
		assertThat(messages()).extracting(OutboxMessage::commitVersion)
			.isEqualTo(LongStream.rangeClosed(1, 800).boxed().toList());
		assertThat(messages()).extracting(OutboxMessage::id).doesNotHaveDuplicates();
	}

	@Test
	void engineClosesWithItsOutboxDrained() {
		List<String> sent = new ArrayList<>();
		TheusEngine engine = TheusEngine.builder()
			.outbox(Outbox.builder().drainTimeout(Duration.ofSeconds(30)).build())
			.relay(new CollectingRelay(sent))
			.build();
		for (int i = 0; i < 50; i++) {
			send(engine, "m" + i);
		}
		engine.close();
		assertThat(sent).hasSize(50).startsWith("m0").endsWith("m49");
	}

	private List<OutboxMessage> messages() {
		return this.outbox.messages(MessageFilter.all(), 0, 5000).stream().map(OutboxEntry::message).toList();
	}

	private static void send(TheusEngine engine, String payload) {
		send(engine, payload, "orders");
	}

	private static void send(TheusEngine engine, String payload, String topic) {
		engine.transact((tx) -> {
			tx.outbox().send(topic, "k", payload);
			return null;
		});
	}

	/**
	 * A transaction of another kind that surrounds what the thread of the test does.
	 */
	private static final class Surrounding implements SurroundingTransactions {

		private final Thread owner = Thread.currentThread();

		private @Nullable Participant participant;

		@Override
		public boolean isActive() {
			return Thread.currentThread() == this.owner;
		}

		@Override
		public @Nullable Participant enlisted(Object engine) {
			return (Thread.currentThread() == this.owner) ? this.participant : null;
		}

		@Override
		public void enlist(Object engine, Participant newParticipant) {
			this.participant = newParticipant;
		}

		@Override
		public void setRollbackOnly() {
			throw new IllegalStateException("is not rolled back here");
		}

	}

	private record CollectingRelay(List<String> sent) implements OutboxRelay {

		@Override
		public String name() {
			return "collecting";
		}

		@Override
		public CompletionStage<?> send(OutboxMessage message) {
			this.sent.add(new String(message.body(), StandardCharsets.UTF_8));
			return CompletableFuture.completedStage(null);
		}

	}

}
