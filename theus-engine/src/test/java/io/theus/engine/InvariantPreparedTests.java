package io.theus.engine;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.theus.audit.AuditBlockException;
import io.theus.conflict.ConflictException;
import io.theus.invariant.Invariant;
import io.theus.invariant.Tick;
import io.theus.transaction.Participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Invariants of commits that are prepared, and made when another transaction has
 * committed.
 */
class InvariantPreparedTests {

	private final Surrounding surrounding = new Surrounding();

	private final ExecutorService other = Executors.newSingleThreadExecutor();

	private final TheusEngine engine = TheusEngine.builder()
		.surroundings(this.surrounding)
		.initialState(() -> Map.of("domain", Map.of("a", Map.of("x", 5L), "b", Map.of("x", 5L), "n", 0L)))
		.process("write",
				(spec) -> spec.updates("domain")
					.argument("path", String.class)
					.argument("value", Long.class)
					.body((state, args) -> {
						state.set((String) Objects.requireNonNull(args.get("path")), args.get("value"));
						return null;
					}))
		.invariants(Invariant.named("limit").expression("now.domain.a.x + now.domain.b.x <= 15"),
				Invariant.named("once").tick(Tick.path("domain.time")).step("domain.n", 0, 1))
		.build();

	@AfterEach
	void close() {
		this.other.shutdownNow();
		this.engine.close();
	}

	private Participant execute(String path, long value) {
		this.surrounding.begin();
		this.engine.execute("write", path, value);
		return this.surrounding.participant();
	}

	private void compareAndSwap(String path, long value) {
		CompletableFuture
			.runAsync(() -> this.engine.compareAndSwap(this.engine.state().version(), Map.of(path, value)), this.other)
			.join();
	}

	private long value(String path) {
		return this.engine.state().get(path, Long.class);
	}

	@Test
	void violationIsToldWhenTheCommitIsPrepared() {
		Participant prepared = execute("domain.a.x", 11);
		assertThatExceptionOfType(AuditBlockException.class).isThrownBy(prepared::prepare);
		prepared.drop();
		assertThat(value("domain.a.x")).isEqualTo(5);
		assertThat(this.engine.audit().counts()).containsExactly(Map.entry("invariant:limit", 1L));
	}

	@Test
	void nobodyBreaksARuleTogetherWithWhatIsPrepared() {
		Participant prepared = execute("domain.a.x", 9);
		prepared.prepare();
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> compareAndSwap("domain.b.x", 9))
			.havingCause()
			.isInstanceOf(ConflictException.class)
			.withMessageContaining("busy");
		prepared.publish();
		assertThat(value("domain.a.x")).isEqualTo(9);
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> compareAndSwap("domain.b.x", 9))
			.havingCause()
			.isInstanceOf(AuditBlockException.class);
		assertThat(this.engine.audit().counts()).containsExactly(Map.entry("invariant:limit", 1L));
	}

	@Test
	void tickDoesNotBeginWhileACommitOfTheLastOneIsPrepared() {
		Participant prepared = execute("domain.n", 1);
		prepared.prepare();
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> compareAndSwap("domain.time", 1))
			.havingCause()
			.isInstanceOf(ConflictException.class)
			.withMessageContaining("busy");
		compareAndSwap("domain.c", 1);
		prepared.publish();
		compareAndSwap("domain.time", 1);
		compareAndSwap("domain.n", 2);
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> compareAndSwap("domain.n", 3))
			.havingCause()
			.isInstanceOf(AuditBlockException.class);
	}

}
