package io.theus.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.theus.AuditLevel;
import io.theus.Isolation;
import io.theus.audit.AuditAbortException;
import io.theus.audit.AuditBlockException;
import io.theus.audit.AuditEntry;
import io.theus.audit.AuditStopException;
import io.theus.audit.EngineStoppedException;
import io.theus.audit.recipe.AuditRecipe;
import io.theus.process.ProcessSpec;
import io.theus.state.State;
import io.theus.store.CommitRecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class AuditGateTests {

	private final List<CommitRecord> commits = new ArrayList<>();

	private final AtomicInteger bodies = new AtomicInteger();

	private TheusEngine engine = TheusEngine.builder().build();

	@AfterEach
	void close() {
		this.engine.close();
	}

	private void engine(AuditRecipe rules) {
		engine(rules, (builder) -> {
		});
	}

	private void engine(AuditRecipe rules, Consumer<TheusEngineBuilder> more) {
		this.engine.close();
		TheusEngineBuilder builder = TheusEngine.builder()
			.audit(rules)
			.initialState(() -> Map.of("domain", Map.of("balance", 100L)))
			.commitListener(this.commits::add)
			.process("pay", (spec) -> pay(spec))
			.process("look",
					(spec) -> spec.inputs("domain.balance").argument("amount", Long.class).body((state, args) -> {
						this.bodies.incrementAndGet();
						return state.get("domain.balance");
					}));
		more.accept(builder);
		this.engine = builder.build();
	}

	private void pay(ProcessSpec spec) {
		spec.updates("domain.balance").argument("amount", Long.class).body((state, args) -> {
			this.bodies.incrementAndGet();
			long next = state.get("domain.balance", Long.class) + (Long) args.get("amount");
			state.set("domain.balance", next);
			return next;
		});
	}

	private List<AuditEntry> trail() {
		return this.engine.audit().trail().entries();
	}

	@Test
	void inputGateRefusesBeforeTheBody() {
		engine(LimitRecipes.input("pay", AuditLevel.BLOCK, 0, true, 50));
		State before = this.engine.state();
		assertThatExceptionOfType(AuditBlockException.class).isThrownBy(() -> this.engine.execute("pay", 51L))
			.withMessage("audit rule 'pay:input:amount' is violated: 'amount' is above max=50, path=amount, "
					+ "level=BLOCK, count=1, tolerated=0, correct the value")
			.satisfies((ex) -> assertThat(ex.process()).isEqualTo("pay"));
		assertThat(this.engine.state()).isSameAs(before);
		assertThat(this.bodies).hasValue(0);
		assertThat(this.engine.audit().counts()).containsEntry("pay:input:amount", 1L);
		assertThat(trail()).singleElement().satisfies((entry) -> {
			assertThat(entry.kind()).isEqualTo(AuditEntry.Kind.INPUT);
			assertThat(entry.version()).isNull();
			assertThat(entry.value()).isEqualTo("******");
			assertThat(entry.origin()).isEqualTo("process 'pay'");
			assertThat(entry.executionId()).isNotNull();
		});
	}

	@Test
	void toleratedViolationIsPartOfTheCommit() {
		engine(LimitRecipes.input("pay", AuditLevel.BLOCK, 2, false, 50));
		this.engine.execute("pay", 60L);
		this.engine.execute("pay", 60L);
		assertThatExceptionOfType(AuditBlockException.class).isThrownBy(() -> this.engine.execute("pay", 60L))
			.satisfies((ex) -> assertThat(ex.count()).isEqualTo(3))
			.satisfies((ex) -> assertThat(ex.tolerated()).isEqualTo(2));
		assertThat(this.engine.state().get("domain.balance", Long.class)).isEqualTo(220);
		assertThat(this.commits.get(2).verdicts()).singleElement().satisfies((verdict) -> {
			assertThat(verdict.rule()).isEqualTo("pay:input:amount");
			assertThat(verdict.count()).isEqualTo(2);
		});
		assertThat(trail()).extracting(AuditEntry::version).containsExactly(2L, 3L, null);
	}

	@Test
	void successResetsTheCountOfItsRule() {
		engine(LimitRecipes.input("pay", AuditLevel.BLOCK, 1, true, 50));
		this.engine.execute("pay", 60L);
		this.engine.execute("pay", 1L);
		assertThat(this.engine.audit().counts()).isEmpty();
		this.engine.execute("pay", 60L);
		assertThatExceptionOfType(AuditBlockException.class).isThrownBy(() -> this.engine.execute("pay", 60L));
	}

	@Test
	void withoutResetOnSuccessCountsAccumulate() {
		engine(LimitRecipes.input("pay", AuditLevel.BLOCK, 1, false, 50));
		this.engine.execute("pay", 60L);
		this.engine.execute("pay", 1L);
		assertThatExceptionOfType(AuditBlockException.class).isThrownBy(() -> this.engine.execute("pay", 60L));
		assertThat(this.engine.audit().reset("pay:input:amount")).isTrue();
		assertThat(this.engine.audit().reset("pay:input:amount")).isFalse();
		this.engine.execute("pay", 60L);
		assertThat(trail()).extracting(AuditEntry::kind)
			.containsExactly(AuditEntry.Kind.INPUT, AuditEntry.Kind.INPUT, AuditEntry.Kind.RESET,
					AuditEntry.Kind.INPUT);
	}

	@Test
	void countedViolationOfReadOnlyWorkIsACommit() {
		engine(LimitRecipes.input("look", AuditLevel.COUNT, 0, true, 50));
		this.engine.execute("look", 60L);
		assertThat(this.engine.state().version()).isEqualTo(2);
		this.engine.execute("look", 1L);
		assertThat(this.engine.state().version()).isEqualTo(2);
		assertThat(this.engine.audit().counts()).isEmpty();
	}

	@Test
	void outputGateSeesTheWouldBeState() {
		engine(LimitRecipes.output("pay", AuditLevel.BLOCK, 0, "domain.balance", 150));
		State before = this.engine.state();
		this.engine.execute("pay", 50L);
		State after = this.engine.state();
		assertThat(after).isNotSameAs(before);
		assertThatExceptionOfType(AuditBlockException.class).isThrownBy(() -> this.engine.execute("pay", 1L))
			.withMessageStartingWith(
					"audit rule 'pay:output:domain.balance' is violated: 'domain.balance' is above max=150");
		assertThat(this.engine.state()).isSameAs(after);
	}

	@Test
	void outputGateChecksEachStatementOfRawWork() {
		engine(LimitRecipes.output("raw", AuditLevel.BLOCK, 0, "domain.balance", 150), (builder) -> builder
			.process("raw", (spec) -> spec.updates("domain.balance").isolation(Isolation.RAW).body((state, args) -> {
				state.set("domain.balance", 150L);
				state.set("domain.balance", 151L);
				return null;
			})));
		assertThatExceptionOfType(AuditBlockException.class).isThrownBy(() -> this.engine.execute("raw"));
		assertThat(this.engine.state().get("domain.balance", Long.class)).isEqualTo(150);
		assertThat(this.engine.audit().counts()).containsEntry("raw:output:domain.balance", 1L);
	}

	@Test
	void toleratedInputOfRawWorkIsPartOfItsLastCommit() {
		engine(LimitRecipes.input("raw", AuditLevel.COUNT, 0, true, 0),
				(builder) -> builder.process("raw",
						(spec) -> spec.updates("domain.balance")
							.argument("amount", Long.class)
							.isolation(Isolation.RAW)
							.body((state, args) -> {
								state.set("domain.balance", args.get("amount"));
								return null;
							})));
		this.engine.execute("raw", 7L);
		assertThat(this.commits).extracting((commit) -> commit.verdicts().size()).containsExactly(0, 0, 1);
	}

	@Test
	void thresholdIsExactUnderConcurrency() throws Exception {
		engine(LimitRecipes.input("pay", AuditLevel.BLOCK, 100, false, 0));
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Callable<Integer>> callers = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				callers.add(() -> {
					int committed = 0;
					for (int n = 0; n < 60; n++) {
						try {
							this.engine.execute("pay", 1L);
							committed++;
						}
						catch (AuditBlockException ex) {
							// Too many by now
						}
					}
					return committed;
				});
			}
			int committed = 0;
			for (var result : threads.invokeAll(callers)) {
				committed += result.get();
			}
			assertThat(committed).isEqualTo(100);
			assertThat(this.engine.state().get("domain.balance", Long.class)).isEqualTo(200);
			assertThat(this.engine.audit().counts()).containsEntry("pay:input:amount", 240L);
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void verdictsOfConflictedAttemptsAreDropped() {
		AtomicInteger attempts = new AtomicInteger();
		engine(LimitRecipes.input("slow", AuditLevel.BLOCK, 1, false, 0), (builder) -> builder.process("slow",
				(spec) -> spec.updates("domain.balance").argument("amount", Long.class).body((state, args) -> {
					long balance = state.get("domain.balance", Long.class);
					if (attempts.incrementAndGet() < 4) {
						CompletableFuture.runAsync(() -> this.engine.execute("pay", 1L)).join();
					}
					state.set("domain.balance", balance + 1);
					return null;
				})));
		this.engine.execute("slow", 1L);
		assertThat(attempts).hasValue(4);
		assertThat(this.engine.audit().counts()).containsExactly(Map.entry("slow:input:amount", 1L));
		assertThat(trail()).hasSize(1);
	}

	@Test
	void violationOnAStaleSnapshotIsAConflict() {
		AtomicInteger attempts = new AtomicInteger();
		engine(LimitRecipes.output("move", AuditLevel.STOP, 0, "domain.balance", 150),
				(builder) -> builder.process("move", (spec) -> spec.updates("domain.balance").body((state, args) -> {
					long balance = state.get("domain.balance", Long.class);
					if (attempts.incrementAndGet() == 1) {
						CompletableFuture.runAsync(() -> this.engine.execute("pay", -90L)).join();
					}
					state.set("domain.balance", balance + 60);
					return null;
				})));
		this.engine.execute("move");
		assertThat(attempts).hasValue(2);
		assertThat(this.engine.audit().stop()).isEmpty();
		assertThat(this.engine.state().get("domain.balance", Long.class)).isEqualTo(70);
	}

	@Test
	void abortCannotBeCaughtByABody() {
		engine(LimitRecipes.input("pay", AuditLevel.ABORT, 0, true, 50), (builder) -> builder.process("outer",
				(spec) -> spec.updates("domain.other").calls("pay").body((state, args) -> {
					try {
						this.engine.execute("pay", 60L);
					}
					catch (AuditAbortException ex) {
						state.set("domain.other", 1L);
					}
					return null;
				})));
		State before = this.engine.state();
		assertThatExceptionOfType(AuditAbortException.class).isThrownBy(() -> this.engine.execute("outer"));
		assertThat(this.engine.state()).isSameAs(before);
		assertThat(this.engine.audit().counts()).containsEntry("pay:input:amount", 1L);
	}

	@Test
	void blockedPartCanBeCaughtAndCounts() {
		engine(LimitRecipes.input("pay", AuditLevel.BLOCK, 0, true, 50), (builder) -> builder.process("outer",
				(spec) -> spec.updates("domain.other").calls("pay").body((state, args) -> {
					try {
						this.engine.execute("pay", 60L);
					}
					catch (AuditBlockException ex) {
						state.set("domain.other", 1L);
					}
					return null;
				})));
		this.engine.execute("outer");
		assertThat(this.engine.state().contains("domain.other")).isTrue();
		assertThat(this.commits.get(1).verdicts()).hasSize(1);
		assertThat(this.engine.audit().counts()).containsEntry("pay:input:amount", 1L);
	}

	@Test
	void rulesOfAPartThatWasRolledBackDoNotBindTheWhole() {
		engine(LimitRecipes.output("pay", AuditLevel.BLOCK, 0, "domain.balance", 150), (builder) -> builder
			.process("outer", (spec) -> spec.updates("domain.balance").calls("failing", "pay").body((state, args) -> {
				try {
					this.engine.execute("failing");
				}
				catch (IllegalStateException ex) {
					state.set("domain.balance", 500L);
				}
				return null;
			}))
			.process("failing", (spec) -> spec.updates("domain.balance").calls("pay").body((state, args) -> {
				this.engine.execute("pay", 1L);
				throw new IllegalStateException("fails");
			})));
		this.engine.execute("outer");
		assertThat(this.engine.state().get("domain.balance", Long.class)).isEqualTo(500);
	}

	@Test
	void stopRefusesAllFurtherWorkUntilResumed() {
		engine(LimitRecipes.output("pay", AuditLevel.STOP, 0, "domain.balance", 150));
		assertThatExceptionOfType(AuditStopException.class).isThrownBy(() -> this.engine.execute("pay", 51L));
		assertThat(this.engine.audit().stop()).hasValueSatisfying((stop) -> {
			assertThat(stop.rule()).isEqualTo("pay:output:domain.balance");
			assertThat(stop.version()).isEqualTo(2);
			assertThat(stop.origin()).isEqualTo("process 'pay'");
		});
		assertThatExceptionOfType(EngineStoppedException.class).isThrownBy(() -> this.engine.execute("look", 1L))
			.withMessageStartingWith(
					"process 'look' is refused, the engine is stopped: rule=pay:output:domain.balance, "
							+ "cause='domain.balance' is above max=150, path=domain.balance, by=process 'pay', since=");
		assertThatExceptionOfType(EngineStoppedException.class)
			.isThrownBy(() -> this.engine.transact((tx) -> tx.get("domain.balance")));
		assertThatExceptionOfType(EngineStoppedException.class)
			.isThrownBy(() -> this.engine.compareAndSwap(2, Map.of("domain.balance", 1L)));
		assertThat(this.engine.executeAsync("pay", 1L)).failsWithin(java.time.Duration.ofSeconds(10))
			.withThrowableThat()
			.withCauseInstanceOf(EngineStoppedException.class);
		assertThat(this.engine.state().get("domain.balance", Long.class)).isEqualTo(100);
		this.engine.edit("repair", (tx) -> tx.set("domain.balance", 10L));
		this.engine.resume("repaired");
		assertThat(this.engine.audit().stop()).isEmpty();
		this.engine.execute("pay", 51L);
		assertThat(trail()).extracting(AuditEntry::kind)
			.containsExactly(AuditEntry.Kind.OUTPUT, AuditEntry.Kind.STOP, AuditEntry.Kind.EDIT,
					AuditEntry.Kind.RESUME);
		assertThat(this.commits).extracting((commit) -> commit.origin().kind().name())
			.containsExactly("INITIAL", "STOP", "EDIT", "RESUME", "PROCESS");
	}

	@Test
	void stopRefusesAnAttemptThatHasNotCommitted() {
		engine(LimitRecipes.input("pay", AuditLevel.STOP, 0, true, 50),
				(builder) -> builder.process("slow", (spec) -> spec.updates("domain.other").body((state, args) -> {
					state.set("domain.other", 1L);
					CompletableFuture.runAsync(() -> this.engine.execute("pay", 51L))
						.exceptionally((ex) -> null)
						.join();
					return null;
				})));
		assertThatExceptionOfType(EngineStoppedException.class).isThrownBy(() -> this.engine.execute("slow"));
		assertThat(this.engine.state().contains("domain.other")).isFalse();
	}

	@Test
	void engineThatIsNotStoppedCannotBeResumed() {
		assertThatIllegalStateException().isThrownBy(() -> this.engine.resume("why not"))
			.withMessage("engine cannot be resumed: it is not stopped");
	}

	@Test
	void failureIsNotedByItsTypeOnly() {
		engine(LimitRecipes.input("failing", AuditLevel.BLOCK, 0, true, 50), (builder) -> builder.process("failing",
				(spec) -> spec.argument("amount", Long.class).body((state, args) -> {
					throw new IllegalArgumentException("secret");
				})));
		for (int i = 1; i <= 2; i++) {
			assertThatExceptionOfType(IllegalArgumentException.class)
				.isThrownBy(() -> this.engine.execute("failing", 1L));
			assertThat(this.engine.audit().counts()).containsEntry("failing", (long) i);
		}
		assertThat(trail()).extracting(AuditEntry::message).containsOnly("java.lang.IllegalArgumentException");
	}

	@Test
	void forkKeepsAccountOfItsOwn() {
		engine(LimitRecipes.input("pay", AuditLevel.STOP, 0, true, 50));
		try (TheusEngine fork = this.engine.fork(this.engine.state().version())) {
			assertThatExceptionOfType(AuditStopException.class).isThrownBy(() -> fork.execute("pay", 51L));
			assertThat(fork.audit().stop()).isPresent();
			assertThatExceptionOfType(EngineStoppedException.class).isThrownBy(() -> fork.execute("pay", 1L));
		}
		assertThat(this.engine.audit().stop()).isEmpty();
		assertThat(trail()).isEmpty();
		this.engine.execute("pay", 1L);
	}

}
