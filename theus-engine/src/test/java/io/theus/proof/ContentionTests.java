package io.theus.proof;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.theus.OtherThreads;
import io.theus.annotation.TheusState;
import io.theus.conflict.ConflictSettings;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.outbox.DefaultOutbox;
import io.theus.outbox.MessageFilter;
import io.theus.outbox.Outbox;
import io.theus.schema.RecordConstraints;
import io.theus.signal.Signal;
import io.theus.transaction.TransactionOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Counts what many threads do to one key.
 */
@Timeout(60)
class ContentionTests {

	private static final TransactionOptions UNTIL_COMMITTED = TransactionOptions.named("count").withAttempts(1000);

	private final TheusEngineBuilder builder = TheusEngine.builder()
		.conflicts(new ConflictSettings(1000, Duration.ZERO, Duration.ZERO));

	@Test
	void noIncrementIsLostWhereTheSchemaIsSlow() {
		this.builder.schema(Counter.class)
			.constraints((type) -> new Slow())
			.initialState(() -> Map.of("domain", Map.of("counter", new Counter(0))))
			.process("count.up", (process) -> process.updates("domain.counter").body((context, arguments) -> {
				context.update("domain.counter.value", Long.class, (value) -> value + 1);
				return null;
			}));
		try (TheusEngine engine = this.builder.build()) {
			OtherThreads.runAll(8, (thread) -> {
				for (int i = 0; i < 500; i++) {
					engine.execute("count.up");
				}
			});
			assertThat(engine.state().get("domain.counter")).isEqualTo(new Counter(4000));
			assertThat(engine.state().version()).isEqualTo(4001);
			assertThat(engine.conflicts(0).refused()).as("conflicts, without which nothing is tested").isPositive();
		}
	}

	@Test
	void eachCommitHasItsSignalAndItsMessageOnce() {
		long seed = new Random().nextLong();
		int commits = 4 * 300;
		DefaultOutbox outbox = Outbox.builder().maxPending(commits).build();
		List<Long> versions = Collections.synchronizedList(new ArrayList<>());
		TheusEngine engine = this.builder.outbox(outbox)
			.signalCapacity(commits)
			.commitListener((record) -> versions.add(record.version()))
			.build();
		OtherThreads.runAll(4, (thread) -> {
			Random random = new Random(seed + thread);
			for (int i = 0; i < 300; i++) {
				count(engine, random);
			}
		});
		assertThat(engine.conflicts(0).refused()).as("conflicts, without which nothing is tested").isPositive();
		List<Long> expected = LongStream.rangeClosed(1, commits).boxed().toList();
		assertThat(versions).as("seed=%d", seed).isEqualTo(expected);
		assertThat(engine.signals().recent()).as("seed=%d", seed)
			.extracting(Signal::payload)
			.isEqualTo(List.<Object>copyOf(expected));
		assertThat(engine.signals().recent()).as("seed=%d", seed).extracting(Signal::commitVersion).isEqualTo(expected);
		assertThat(outbox.messages(MessageFilter.all(), 0, commits)).as("seed=%d", seed)
			.extracting((entry) -> new String(entry.message().body(), StandardCharsets.UTF_8))
			.isEqualTo(expected.stream().map(String::valueOf).toList());
	}

	// Now and then a transaction fails, which must leave no signal and no message
	private static void count(TheusEngine engine, Random random) {
		if (random.nextInt(10) == 0) {
			assertThatIllegalStateException().isThrownBy(() -> engine.transact(UNTIL_COMMITTED, (transaction) -> {
				transaction.emit("sig_counted", -1L);
				transaction.outbox().send("counts", "k", "-1");
				throw new IllegalStateException("broken on purpose");
			}));
		}
		boolean pause = random.nextInt(3) == 0;
		engine.transact(UNTIL_COMMITTED, (transaction) -> {
			long count = transaction.getOrDefault("domain.n", 0L) + 1;
			transaction.set("domain.n", count);
			if (pause) {
				LockSupport.parkNanos(1);
			}
			transaction.emit("sig_counted", count);
			transaction.outbox().send("counts", "k", String.valueOf(count));
			return true;
		});
	}

	/**
	 * What is counted.
	 *
	 * @param value the count
	 */
	@TheusState("domain.counter")
	record Counter(long value) {

	}

	/**
	 * Takes its time and finds nothing.
	 */
	private static final class Slow implements RecordConstraints {

		@Override
		public boolean isOnRecord() {
			return true;
		}

		@Override
		public List<Breach> check(Record instance) {
			LockSupport.parkNanos(1);
			return List.of();
		}

		@Override
		public List<Breach> check(String component, Object value, Object changed) {
			return List.of();
		}

	}

}
