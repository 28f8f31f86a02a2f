package io.theus.proof;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.theus.OtherThreads;
import io.theus.conflict.ConflictSettings;
import io.theus.conflict.TicketScope;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.process.ProcessSpec;
import io.theus.transaction.TransactionOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever holds a ticket may come to grief; everybody else goes on.
 */
@Timeout(60)
class LostTicketTests {

	private final AtomicInteger attempts = new AtomicInteger();

	private final CountDownLatch holding = new CountDownLatch(1);

	private final CountDownLatch release = new CountDownLatch(1);

	// The ticket comes after the first conflict
	private final TheusEngineBuilder builder = TheusEngine.builder()
		.initialState(() -> Map.of("domain", Map.of("hot", 0)))
		.conflicts(new ConflictSettings(20, Duration.ZERO, Duration.ZERO, 1, Duration.ofMillis(100),
				TicketScope.EXECUTION));

	private TheusEngine engine;

	@AfterEach
	void close() {
		this.release.countDown();
		this.engine.close();
	}

	@Test
	void holderWhoseTimeIsOverKeepsNobodyWaiting() throws Exception {
		start(Duration.ofMillis(300));
		CompletableFuture<Object> holder = this.engine.executeAsync("shop.hold");
		assertThat(this.holding.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(this.engine.conflicts(1).line()).hasSize(1);
		count();
		assertThat(holder).failsWithin(Duration.ofSeconds(30))
			.withThrowableThat()
			.withMessageContaining("process 'shop.hold' timed out: limit=300ms");
		assertOthersOnly();
	}

	@Test
	void holderThatIsKilledKeepsNobodyWaiting() throws Exception {
		start(Duration.ofMinutes(5));
		CompletableFuture<Object> holder = this.engine.executeAsync("shop.hold");
		assertThat(this.holding.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(this.engine.conflicts(1).line()).hasSize(1);
		holder.cancel(true);
		count();
		assertOthersOnly();
	}

	private void start(Duration timeout) {
		this.engine = this.builder.process("shop.hold", (process) -> hold(process.timeout(timeout))).build();
	}

	// Conflicts once, then stays where it is with its ticket in hand
	private void hold(ProcessSpec process) {
		process.updates("domain.hot").body((context, arguments) -> {
			context.update("domain.hot", Integer.class, (value) -> value + 100);
			if (this.attempts.incrementAndGet() == 1) {
				OtherThreads.run(this::count);
			}
			else {
				this.holding.countDown();
				this.release.await();
			}
			return null;
		});
	}

	private void count() {
		this.engine.transact(TransactionOptions.named("other").withAttempts(50).withTimeout(Duration.ofSeconds(30)),
				(transaction) -> {
					transaction.update("domain.hot", Integer.class, (value) -> value + 1);
					return true;
				});
	}

	private void assertOthersOnly() {
		count();
		Awaitility.await().until(() -> this.engine.conflicts(1).line().isEmpty());
		assertThat(this.engine.state().get("domain.hot", Integer.class)).isEqualTo(3);
	}

}
