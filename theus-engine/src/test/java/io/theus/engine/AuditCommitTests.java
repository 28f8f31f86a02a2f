package io.theus.engine;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.theus.audit.AuditBlockException;
import io.theus.audit.AuditStopException;
import io.theus.audit.EngineStoppedException;
import io.theus.invariant.Invariant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What happens to an attempt between the end of its body and its commit.
 */
class AuditCommitTests {

	private static final String RECIPE = """
			processes:
			  refused: { inputs: [{ field: amount, max: 0, level: S }] }
			  count: { inputs: [{ field: amount, max: 0, threshold-max: 1, reset-on-success: false }] }
			""";

	// What happens the next time that a body runs or an invariant compares
	private static final AtomicReference<Runnable> during = new AtomicReference<>();

	private final ExecutorService thread = Executors.newSingleThreadExecutor();

	private TheusEngine engine;

	@BeforeEach
	void start() {
		this.engine = TheusEngine.builder()
			.audit("audit.yml", RECIPE)
			.invariants(Invariant.named("later").increasing("domain.mark"))
			.initialState(() -> Map.of("domain", Map.of("mark", new Mark(1))))
			.process("refused", (spec) -> spec.argument("amount", Long.class).body((state, args) -> null))
			.process("count",
					(spec) -> spec.outputs("domain.counts.{place}")
						.argument("place", String.class)
						.argument("amount", Long.class)
						.body((state, args) -> {
							state.set("domain.counts." + args.get("place"), args.get("amount"));
							return runOnce();
						}))
			.process("look", (spec) -> spec.inputs("domain.mark").body((state, args) -> {
				state.get("domain.mark");
				return runOnce();
			}))
			.process("mark", (spec) -> spec.updates("domain.mark").body((state, args) -> {
				state.set("domain.mark", new Mark(2));
				return null;
			}))
			.build();
	}

	@AfterEach
	void close() {
		during.set(null);
		this.thread.shutdownNow();
		this.engine.close();
	}

	private static Object runOnce() {
		Runnable action = during.getAndSet(null);
		if (action != null) {
			action.run();
		}
		return "done";
	}

	private void elsewhere(Runnable action) {
		CompletableFuture.runAsync(action, this.thread).join();
	}

	private void stop() {
		elsewhere(() -> assertThatExceptionOfType(AuditStopException.class)
			.isThrownBy(() -> this.engine.execute("refused", 1L)));
	}

	@Test
	void attemptThatChangesNothingIsRefusedIfTheEngineStopsDuringItsBody() {
		during.set(this::stop);
		assertThatExceptionOfType(EngineStoppedException.class).isThrownBy(() -> this.engine.execute("look"));
	}

	@Test
	void attemptIsRefusedIfTheEngineStopsWhileItIsJudged() {
		during.set(this::stop);
		assertThatExceptionOfType(EngineStoppedException.class).isThrownBy(() -> this.engine.execute("mark"));
		assertThat(during).hasNullValue();
		assertThat(this.engine.audit().stop()).isPresent();
		assertThat(this.engine.state().get("domain.mark", Mark.class).number()).isOne();
	}

	@Test
	void violationThatWasTolerableIsRefusedIfTheThresholdIsReachedMeanwhile() {
		during.set(() -> elsewhere(() -> this.engine.execute("count", "there", 1L)));
		assertThatExceptionOfType(AuditBlockException.class).isThrownBy(() -> this.engine.execute("count", "here", 2L));
		assertThat(this.engine.state().contains("domain.counts.there")).isTrue();
		assertThat(this.engine.state().contains("domain.counts.here")).isFalse();
		assertThat(this.engine.audit().counts()).containsEntry("count:input:amount", 2L);
		assertThat(this.engine.audit().trail().entries()).extracting("count").isEqualTo(List.of(1L, 2L));
	}

	record Mark(int number) implements Comparable<Mark> {

		@Override
		public int compareTo(Mark other) {
			runOnce();
			return Integer.compare(this.number, other.number);
		}

	}

}
