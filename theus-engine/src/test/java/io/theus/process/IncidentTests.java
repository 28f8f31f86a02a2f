package io.theus.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.theus.Merging;
import io.theus.OtherThreads;
import io.theus.ProcessContext;
import io.theus.annotation.TheusState;
import io.theus.conflict.ConflictDecision;
import io.theus.conflict.ConflictException;
import io.theus.conflict.ConflictPolicy;
import io.theus.conflict.ConflictSettings;
import io.theus.conflict.FailedAttempt;
import io.theus.conflict.TicketScope;
import io.theus.contract.ContractViolationException;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.path.ZoneViolationException;
import io.theus.signal.Signal;
import io.theus.state.State;
import io.theus.store.CommitOrigin;
import io.theus.transaction.TransactionOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What has gone wrong in systems of this kind, one test for each class of incident.
 */
class IncidentTests {

	private final TheusEngineBuilder builder = TheusEngine.builder()
		.conflicts(new ConflictSettings(8, Duration.ZERO, Duration.ZERO));

	private final AtomicInteger bodies = new AtomicInteger();

	private TheusEngine engine;

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void phantomMessageOnRetry() {
		start((context) -> {
			context.outbox().send("orders", "k", "attempt " + this.bodies.incrementAndGet());
			context.upsert("domain.n", 1, (value) -> value + 1);
			onceFromOutside("domain.n", 10);
		});
		this.engine.execute("shop.run");
		assertThat(this.bodies).hasValue(2);
		assertThat(this.engine.outbox().status().held()).isEqualTo(1);
	}

	@Test
	void signalBeforeItsCommit() {
		start((context) -> {
			context.emit("sig_done", true);
			context.set("domain.n", 1);
			assertThat(this.engine.signals().recent()).isEmpty();
		});
		this.engine.execute("shop.run");
		assertThat(this.engine.signals().recent()).extracting(Signal::commitVersion).containsExactly(1L);
	}

	@Test
	void newKeyOfADeepMapThatIsLost() {
		this.builder.initialState(() -> Map.of("domain", Map.of("deep", Map.of("map", Map.of("old", 1)))));
		start((context) -> {
			context.set("domain.deep.map.mine", 1);
			onceFromOutside("domain.deep.map.theirs", 2);
		});
		this.engine.execute("shop.run");
		assertThat(this.engine.state().get("domain.deep.map")).isEqualTo(Map.of("old", 1, "mine", 1, "theirs", 2));
		assertThat(this.engine.conflicts(0).refused()).as("different keys do not conflict").isZero();
	}

	@Test
	void siblingThatIsWipedByTheWriteOfALeaf() {
		this.builder.initialState(() -> Map.of("domain", Map.of("order", Map.of("total", 1, "note", "kept"))));
		start((context) -> context.set("domain.order.total", 2));
		this.engine.execute("shop.run");
		assertThat(this.engine.state().get("domain.order")).isEqualTo(Map.of("total", 2, "note", "kept"));
	}

	@Test
	void deletionOfAMapThatComesBack() {
		this.builder.initialState(() -> Map.of("domain", Map.of("order", Map.of("total", 1))));
		start((context) -> {
			if (context.contains("domain.order")) {
				context.set("domain.order.total", 2);
			}
			if (this.bodies.incrementAndGet() == 1) {
				OtherThreads
					.run(() -> outside((engine) -> engine.edit("delete", (edit) -> edit.remove("domain.order"))));
			}
		});
		this.engine.execute("shop.run");
		assertThat(this.engine.state().contains("domain.order")).isFalse();
	}

	@Test
	void replacementOfALayerThatIsOverwrittenByAStaleLeaf() {
		this.builder.initialState(() -> Map.of("domain", Map.of("a", 1, "b", 1)));
		start((context) -> {
			context.set("domain.a", 1 + context.getOrDefault("domain.a", 0));
			if (this.bodies.incrementAndGet() == 1) {
				OtherThreads.run(() -> outside(
						(engine) -> engine.edit("replace", (edit) -> edit.set("domain", Map.of("fresh", true)))));
			}
		});
		this.engine.execute("shop.run");
		assertThat(this.engine.state().get("domain")).isEqualTo(Map.of("fresh", true, "a", 1));
	}

	@Test
	void firstWriteAtVersionZeroThatIsNotProtected() {
		start((context) -> {
			context.upsert("domain.n", 1, (value) -> value + 1);
			onceFromOutside("domain.n", 10);
		});
		assertThat(this.engine.state().version()).isZero();
		this.engine.execute("shop.run");
		assertThat(this.engine.state().get("domain.n")).isEqualTo(11);
		assertThatExceptionOfType(ConflictException.class)
			.isThrownBy(() -> this.engine.compareAndSwap(0, Map.of("domain.n", 5)));
	}

	@Test
	void ticketThatIsLeaked() {
		this.builder.conflicts(
				new ConflictSettings(3, Duration.ZERO, Duration.ZERO, 1, Duration.ofHours(1), TicketScope.ENGINE));
		start((context) -> {
			context.upsert("domain.n", 1, (value) -> value + 1);
			onceFromOutside("domain.n", 10);
			if (this.engine.conflicts(0).refused() > 0) {
				throw new IllegalStateException("broken with a ticket in hand");
			}
		});
		assertThatIllegalStateException().isThrownBy(() -> this.engine.execute("shop.run"));
		assertThat(this.engine.conflicts(1).ticketsIssued()).isPositive();
		assertThat(this.engine.conflicts(1).line()).isEmpty();
		set(this.engine, "domain.n", 1);
	}

	@Test
	void retryWithoutAnEnd() {
		this.builder.conflictPolicy((failure) -> new ConflictDecision.Wait(Duration.ZERO))
			.processTimeout(Duration.ofMillis(300));
		start((context) -> {
			context.upsert("domain.n", 1, (value) -> value + 1);
			OtherThreads.run(() -> set(this.engine, "domain.n", this.bodies.incrementAndGet()));
		});
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> this.engine.execute("shop.run"))
			.withMessageContaining("process 'shop.run' timed out: limit=300ms");
	}

	@Test
	void partOfAnAttemptThatIsCommittedAfterAConflictInItsBody() {
		start((context) -> {
			context.set("domain.part", this.bodies.incrementAndGet());
			try {
				this.engine.compareAndSwap(0, Map.of("domain.n", 5));
			}
			catch (ConflictException ex) {
				context.set("domain.caught", true);
				throw ex;
			}
		});
		set(this.engine, "domain.n", 1);
		State before = this.engine.state();
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> this.engine.execute("shop.run"));
		assertThat(this.bodies).hasValue(8);
		assertThat(this.engine.state()).isSameAs(before);
	}

	@Test
	void successThatIsReportedBeforeTheCommit() {
		List<String> told = Collections.synchronizedList(new ArrayList<>());
		this.builder.conflictPolicy(new ConflictPolicy() {

			@Override
			public ConflictDecision onConflict(FailedAttempt failure) {
				told.add("conflict");
				return new ConflictDecision.Wait(Duration.ZERO);
			}

			@Override
			public void onSuccess(CommitOrigin origin, int conflicts) {
				told.add("success at " + IncidentTests.this.engine.state().version());
			}

		}).processListener((execution) -> told.add(execution.outcome() + " at " + this.engine.state().version()));
		start((context) -> {
			context.upsert("domain.n", 1, (value) -> value + 1);
			onceFromOutside("domain.n", 10);
		});
		this.engine.execute("shop.run");
		assertThat(told).containsExactly("conflict", "success at 2", "COMMITTED at 2");
	}

	@Test
	void twoWritersOfDifferentComponentsThatTogetherBreakARule() {
		this.builder.schema(Range.class).initialState(() -> Map.of("domain", Map.of("range", new Range(0, 10))));
		start((context) -> {
			context.set("domain.range.least", 6);
			if (this.bodies.incrementAndGet() == 1) {
				OtherThreads.run(() -> set(this.engine, "domain.range.most", 5));
			}
		});
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> this.engine.execute("shop.run"))
			.havingCause()
			.withMessageContaining("least=6 most=5");
		assertThat(this.engine.state().get("domain.range")).isEqualTo(new Range(0, 5));
	}

	@Test
	void mergesThatTogetherBreakARule() {
		this.builder.schema(Range.class)
			.merge("domain.range.least", Merging.SUM)
			.initialState(() -> Map.of("domain", Map.of("range", new Range(0, 10))));
		start((context) -> {
			context.add("domain.range.least", 6);
			if (this.bodies.incrementAndGet() == 1) {
				OtherThreads
					.run(() -> outside((engine) -> engine.transact(TransactionOptions.named("outside"), (tx) -> {
						tx.add("domain.range.least", 5);
						return true;
					})));
			}
		});
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> this.engine.execute("shop.run"))
			.havingCause()
			.withMessageContaining("least=11 most=10");
		assertThat(this.engine.conflicts(0).refused()).as("first together, then alone").isOne();
		assertThat(this.engine.state().get("domain.range")).isEqualTo(new Range(5, 10));
	}

	@Test
	void placeholderValueThatWidensAContract() {
		this.builder.initialState(() -> Map.of("domain", Map.of("accounts", Map.of("alice", 1, "bob", 1))))
			.process("shop.set",
					(process) -> process.argument("key", String.class)
						.argument("victim", String.class)
						.outputs("domain.accounts.{key}")
						.body((context, arguments) -> {
							context.set("domain.accounts." + arguments.get("victim"), 666);
							return null;
						}));
		start((context) -> {
		});
		State before = this.engine.state();
		for (String hostile : List.of("*", "**", "bob.*", "a.b", "x']", "{victim}", "['bob']")) {
			assertThatExceptionOfType(ContractViolationException.class).as(hostile)
				.isThrownBy(() -> this.engine.execute("shop.set", hostile, "bob"));
		}
		assertThat(this.engine.state()).isSameAs(before);
	}

	@Test
	void constantThatIsDroppedByReplacingItsParent() {
		this.builder.initialState(() -> Map.of("domain", Map.of("settings", Map.of("const_rate", 7, "note", "n"))));
		start((context) -> context.set("domain.settings", Map.of("note", "new")));
		State before = this.engine.state();
		assertThatExceptionOfType(ZoneViolationException.class).isThrownBy(() -> this.engine.execute("shop.run"))
			.withMessageContaining("domain.settings.const_rate");
		assertThat(this.engine.state()).isSameAs(before);
	}

	private void start(Consumer<ProcessContext> body) {
		this.engine = this.builder.process("shop.run",
				(process) -> process.updates("domain").emits("sig_done").sends("orders").body((context, arguments) -> {
					body.accept(context);
					return null;
				}))
			.build();
	}

	// Another commit between the snapshot and the commit of the first attempt
	private void onceFromOutside(String path, int value) {
		if (this.engine.conflicts(0).refused() == 0 && this.engine.state().version() <= 1) {
			OtherThreads.run(() -> set(this.engine, path, value));
		}
	}

	private void outside(Consumer<TheusEngine> action) {
		action.accept(this.engine);
	}

	private static void set(TheusEngine engine, String path, int value) {
		engine.transact(TransactionOptions.named("outside"), (transaction) -> {
			transaction.set(path, value);
			return true;
		});
	}

	/**
	 * A record whose components are bound to each other.
	 *
	 * @param least the lower bound
	 * @param most the upper bound
	 */
	@TheusState("domain.range")
	record Range(int least, int most) {

		Range {
			if (least > most) {
				throw new IllegalArgumentException("the range is empty: least=" + least + " most=" + most);
			}
		}

	}

}
