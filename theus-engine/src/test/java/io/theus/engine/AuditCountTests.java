package io.theus.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.theus.AuditLevel;
import io.theus.OtherThreads;
import io.theus.ProcessContext;
import io.theus.Propagation;
import io.theus.audit.AuditBlockException;
import io.theus.audit.AuditEntry;
import io.theus.audit.Auditor;
import io.theus.audit.recipe.AuditRecipe;
import io.theus.audit.rule.AuditPolicy;
import io.theus.conflict.ConflictException;
import io.theus.conflict.ConflictSettings;
import io.theus.conflict.TicketScope;
import io.theus.process.ExecutionKey;
import io.theus.process.ProcessSpec;
import io.theus.run.CapturedLog;
import io.theus.store.CommitRecord;
import io.theus.store.Verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What counts, how often, and when.
 */
class AuditCountTests {

	private final List<CommitRecord> commits = Collections.synchronizedList(new ArrayList<>());

	private final AtomicInteger bodies = new AtomicInteger();

	private TheusEngine engine = TheusEngine.builder().build();

	@AfterEach
	void close() {
		this.engine.close();
	}

	private void engine(AuditRecipe rules, Consumer<TheusEngineBuilder> more) {
		this.engine.close();
		TheusEngineBuilder builder = TheusEngine.builder()
			.audit(rules)
			.initialState(() -> Map.of("domain", Map.of("balance", 100L)))
			.commitListener(this.commits::add)
			.process("pay", this::pay);
		more.accept(builder);
		this.engine = builder.build();
	}

	private void pay(ProcessSpec spec) {
		spec.updates("domain.balance").argument("amount", Long.class).body((state, args) -> {
			this.bodies.incrementAndGet();
			long amount = (Long) Objects.requireNonNull(args.get("amount"));
			if (amount < 0) {
				throw new IllegalStateException("cannot pay less than nothing");
			}
			state.set("domain.balance", state.get("domain.balance", Long.class) + amount);
			return amount;
		});
	}

	private void payFrom(ProcessSpec spec, Long... amounts) {
		spec.updates("domain.balance").calls("pay").body((state, args) -> {
			for (Long amount : amounts) {
				this.engine.execute("pay", amount);
			}
			return null;
		});
	}

	private Map<String, Long> counts() {
		return this.engine.audit().counts();
	}

	private List<AuditEntry> trail() {
		return this.engine.audit().trail().entries();
	}

	private List<Verdict> lastVerdicts() {
		return this.commits.get(this.commits.size() - 1).verdicts();
	}

	@Test
	void joinedProcessesCountARuleOnceForTheWholeExecution() {
		engine(LimitRecipes.input("pay", AuditLevel.COUNT, 0, false, 50),
				(builder) -> builder.process("twice", (spec) -> payFrom(spec, 60L, 70L, 1L)));
		this.engine.execute("twice");
		assertThat(counts()).containsExactly(Map.entry("pay:input:amount", 1L));
		assertThat(lastVerdicts()).hasSize(1);
		assertThat(trail()).singleElement().satisfies((entry) -> {
			assertThat(entry.origin()).isEqualTo("process 'twice'");
			assertThat(entry.version()).isEqualTo(2);
			assertThat(entry.rule()).isEqualTo("pay:input:amount");
		});
	}

	@Test
	void ruleThatWasViolatedIsNotResetByAValueThatKeepsIt() {
		engine(LimitRecipes.input("pay", AuditLevel.COUNT, 0, true, 50),
				(builder) -> builder.process("twice", (spec) -> payFrom(spec, 60L, 1L)));
		this.engine.execute("pay", 60L);
		this.engine.execute("twice");
		assertThat(counts()).containsExactly(Map.entry("pay:input:amount", 2L));
		this.engine.execute("pay", 1L);
		assertThat(counts()).isEmpty();
	}

	@Test
	void violationOfWorkThatFailsCountsWithoutAVersion() {
		engine(LimitRecipes.input("pay", AuditLevel.COUNT, 0, false, -10), (builder) -> {
		});
		assertThatIllegalStateException().isThrownBy(() -> this.engine.execute("pay", -1L));
		assertThat(counts()).containsOnly(Map.entry("pay:input:amount", 1L), Map.entry("pay", 1L));
		assertThat(trail()).extracting(AuditEntry::kind)
			.containsExactly(AuditEntry.Kind.INPUT, AuditEntry.Kind.FAILURE);
		assertThat(trail()).extracting(AuditEntry::version).containsOnlyNulls();
		assertThat(this.engine.audit().violations(AuditLevel.COUNT, Verdict.Kind.INPUT, true)).isEqualTo(1);
	}

	@Test
	void toleratedViolationIsAWarningFromTheLowerThresholdOn() {
		engine(LimitRecipes.input("pay", new AuditPolicy(AuditLevel.BLOCK, 2, 3, false), 50), (builder) -> {
		});
		try (CapturedLog log = new CapturedLog(Auditor.class)) {
			for (int i = 0; i < 3; i++) {
				this.engine.execute("pay", 60L);
			}
			assertThatExceptionOfType(AuditBlockException.class).isThrownBy(() -> this.engine.execute("pay", 60L));
			assertThat(log.lines()).containsExactly(
					"INFO Audit rule 'pay:input:amount' is violated by process 'pay' and tolerated: 'amount' is above max=50, path=amount, count=1",
					"WARN Audit rule 'pay:input:amount' is violated by process 'pay' and tolerated: 'amount' is above max=50, path=amount, count=2",
					"WARN Audit rule 'pay:input:amount' is violated by process 'pay' and tolerated: 'amount' is above max=50, path=amount, count=3");
		}
		assertThat(this.engine.audit().violations(AuditLevel.BLOCK, Verdict.Kind.INPUT, true)).isEqualTo(3);
		assertThat(this.engine.audit().violations(AuditLevel.BLOCK, Verdict.Kind.INPUT, false)).isEqualTo(1);
		assertThat(this.engine.audit().violations(AuditLevel.BLOCK, Verdict.Kind.OUTPUT, false)).isZero();
	}

	@Test
	void withoutLowerThresholdNothingThatIsToleratedIsAWarning() {
		engine(LimitRecipes.input("pay", new AuditPolicy(AuditLevel.BLOCK, 0, 2, false), 50), (builder) -> {
		});
		try (CapturedLog log = new CapturedLog(Auditor.class)) {
			this.engine.execute("pay", 60L);
			this.engine.execute("pay", 60L);
			assertThat(log.lines()).hasSize(2).allMatch((line) -> line.startsWith("INFO "));
		}
	}

	@Test
	void caughtRefusalIsNotCalledTolerated() {
		engine(LimitRecipes.input("pay", new AuditPolicy(AuditLevel.BLOCK, 1, 0, false), 50),
				(builder) -> builder.process("outer",
						(spec) -> spec.updates("domain.balance", "domain.other").calls("pay").body((state, args) -> {
							try {
								this.engine.execute("pay", 60L);
							}
							catch (AuditBlockException ex) {
								state.set("domain.other", 1L);
							}
							return null;
						})));
		try (CapturedLog log = new CapturedLog(Auditor.class)) {
			this.engine.execute("outer");
			assertThat(log.lines()).isEmpty();
		}
		assertThat(this.engine.audit().violations(AuditLevel.BLOCK, Verdict.Kind.INPUT, false)).isEqualTo(1);
		assertThat(this.engine.audit().violations(AuditLevel.BLOCK, Verdict.Kind.INPUT, true)).isZero();
	}

	@Test
	void caughtRefusalCountsOnceThoughItsCallerFailsLater() {
		engine(LimitRecipes.input("pay", AuditLevel.BLOCK, 0, false, 50), (builder) -> builder.process("outer",
				(spec) -> spec.updates("domain.balance").calls("pay").body((state, args) -> {
					assertThatExceptionOfType(AuditBlockException.class)
						.isThrownBy(() -> this.engine.execute("pay", 60L));
					throw new IllegalStateException("broken on purpose");
				})));
		assertThatIllegalStateException().isThrownBy(() -> this.engine.execute("outer"));
		assertThat(counts()).containsEntry("pay:input:amount", 1L);
		assertThat(this.engine.audit().violations(AuditLevel.BLOCK, Verdict.Kind.INPUT, false)).isEqualTo(1);
	}

	@Test
	void processCountsErrorsThatItDoesNotDeclareAndACommitResetsThem() {
		engine(LimitRecipes.input("pay", AuditLevel.COUNT, 0, true, 50), (builder) -> {
		});
		for (int i = 0; i < 3; i++) {
			assertThatIllegalStateException().isThrownBy(() -> this.engine.execute("pay", -1L))
				.withMessage("cannot pay less than nothing");
		}
		assertThat(counts()).containsExactly(Map.entry("pay", 3L));
		this.engine.execute("pay", 60L);
		assertThat(counts()).containsOnly(Map.entry("pay", 3L), Map.entry("pay:input:amount", 1L));
		this.engine.execute("pay", 1L);
		assertThat(counts()).isEmpty();
	}

	@Test
	void commitWithAToleratedOutputDoesNotResetTheProcess() {
		engine(LimitRecipes.output("pay", AuditLevel.COUNT, 0, "domain.balance", 150), (builder) -> {
		});
		assertThatIllegalStateException().isThrownBy(() -> this.engine.execute("pay", -1L));
		this.engine.execute("pay", 60L);
		assertThat(counts()).containsOnly(Map.entry("pay", 1L), Map.entry("pay:output:domain.balance", 1L));
	}

	@Test
	void declaredErrorsDoNotCountForTheProcess() {
		engine(LimitRecipes.input("known", AuditLevel.COUNT, 0, true, 50), (builder) -> builder.process("known",
				(spec) -> spec.argument("amount", Long.class).error(IllegalStateException.class).body((state, args) -> {
					throw new IllegalStateException("as declared");
				})));
		assertThatIllegalStateException().isThrownBy(() -> this.engine.execute("known", 1L));
		assertThat(counts()).isEmpty();
		assertThat(trail()).isEmpty();
	}

	@Test
	void processWithoutResetOnSuccessAccumulatesFailures() {
		engine(LimitRecipes.input("pay", new AuditPolicy(AuditLevel.COUNT, 0, 0, false), 50), (builder) -> {
		});
		for (long failures = 1; failures <= 3; failures++) {
			assertThatIllegalStateException().isThrownBy(() -> this.engine.execute("pay", -1L));
			this.engine.execute("pay", 1L);
			assertThat(counts()).containsExactly(Map.entry("pay", failures));
		}
	}

	@Test
	void processWithATransactionOfItsOwnCountsByItself() {
		engine(LimitRecipes.input("apart", AuditLevel.COUNT, 0, false, 50),
				(builder) -> builder.process("apart", (spec) -> {
					pay(spec);
					spec.propagation(Propagation.REQUIRES_NEW);
				}).process("outer", (spec) -> spec.updates("domain.other").calls("apart").body((state, args) -> {
					this.engine.execute("apart", 60L);
					throw new IllegalStateException("fails after that");
				})));
		assertThatIllegalStateException().isThrownBy(() -> this.engine.execute("outer"));
		assertThat(counts()).containsExactly(Map.entry("apart:input:amount", 1L));
		assertThat(trail()).extracting(AuditEntry::version).containsExactly(2L, null);
		assertThat(trail()).extracting(AuditEntry::origin).containsExactly("process 'apart'", "process 'outer'");
	}

	@Test
	void executionThatIsNotRepeatedDoesNotCountAgain() {
		engine(LimitRecipes.input("pay", AuditLevel.COUNT, 0, false, 50), (builder) -> {
		});
		for (int i = 0; i < 3; i++) {
			assertThat(this.engine.<Long>execute(ExecutionKey.of("k-1"), "pay", 60L)).isEqualTo(60);
		}
		assertThat(this.bodies).hasValue(1);
		assertThat(counts()).containsExactly(Map.entry("pay:input:amount", 1L));
	}

	@Test
	void refusedExecutionIsNotRemembered() {
		engine(LimitRecipes.input("pay", AuditLevel.BLOCK, 0, false, 50), (builder) -> {
		});
		for (long count = 1; count <= 2; count++) {
			assertThatExceptionOfType(AuditBlockException.class)
				.isThrownBy(() -> this.engine.execute(ExecutionKey.of("k-1"), "pay", 60L));
			assertThat(counts()).containsEntry("pay:input:amount", count);
		}
		assertThat(this.engine.<Long>execute(ExecutionKey.of("k-1"), "pay", 5L)).isEqualTo(5);
	}

	@Test
	void inputGateRefusesAnAsynchronousProcessBeforeItsBody() {
		engine(LimitRecipes.input("later", AuditLevel.BLOCK, 0, false, 50), this::later);
		assertThat(this.engine.executeAsync("later", 60L)).failsWithin(Duration.ofSeconds(60))
			.withThrowableThat()
			.isInstanceOf(ExecutionException.class)
			.withCauseInstanceOf(AuditBlockException.class);
		assertThat(this.bodies).hasValue(0);
		assertThat(counts()).containsEntry("later:input:amount", 1L);
	}

	@Test
	void outputGateRefusesAnAsynchronousProcessWhenItsValueIsThere() {
		engine(LimitRecipes.output("later", AuditLevel.BLOCK, 1, "domain.balance", 150), this::later);
		assertThat(this.engine.executeAsync("later", 60L)).succeedsWithin(Duration.ofSeconds(60));
		assertThat(this.engine.executeAsync("later", 60L)).failsWithin(Duration.ofSeconds(60))
			.withThrowableThat()
			.withCauseInstanceOf(AuditBlockException.class);
		assertThat(this.bodies).hasValue(2);
		assertThat(this.engine.state().get("domain.balance", Long.class)).isEqualTo(160);
		assertThat(trail()).filteredOn((entry) -> entry.rule() != null)
			.extracting(AuditEntry::version)
			.containsExactly(2L, null);
		assertThat(counts()).containsEntry("later:output:domain.balance", 2L);
	}

	private void later(TheusEngineBuilder builder) {
		builder.process("later",
				(spec) -> spec.updates("domain.balance").argument("amount", Long.class).asyncBody((state, args) -> {
					this.bodies.incrementAndGet();
					long amount = (Long) Objects.requireNonNull(args.get("amount"));
					ProcessContext detached = state.detach();
					return CompletableFuture.supplyAsync(() -> {
						detached.set("domain.balance", detached.get("domain.balance", Long.class) + amount);
						return amount;
					});
				}));
	}

	@Test
	void submittedExecutionThatIsRepeatedCountsOnce() {
		engine(LimitRecipes.input("slow", AuditLevel.COUNT, 0, false, 0), (builder) -> builder.process("slow",
				(spec) -> spec.updates("domain.balance").argument("amount", Long.class).body((state, args) -> {
					long balance = state.get("domain.balance", Long.class);
					if (this.bodies.incrementAndGet() < 4) {
						OtherThreads.run(() -> this.engine.transact((tx) -> {
							tx.set("domain.balance", balance + 1);
							return true;
						}));
					}
					state.set("domain.balance", balance + 10);
					return null;
				})));
		assertThat(this.engine.executeAsync("slow", 1L)).succeedsWithin(Duration.ofSeconds(60));
		assertThat(this.bodies).hasValue(4);
		assertThat(counts()).containsExactly(Map.entry("slow:input:amount", 1L));
		assertThat(trail()).extracting(AuditEntry::version).containsExactly(5L);
	}

	@Test
	void violationThatOthersHaveMadeOneTooManyCountsOnce() {
		engine(LimitRecipes.input("keep", new AuditPolicy(AuditLevel.BLOCK, 0, 1, false), 50),
				(builder) -> builder.process("keep",
						(spec) -> spec.outputs("domain.kept.{id}")
							.argument("id", String.class)
							.argument("amount", Long.class)
							.body((state, args) -> {
								if ("first".equals(args.get("id"))) {
									OtherThreads.run(() -> this.engine.execute("keep", "other", 60L));
								}
								state.set("domain.kept." + args.get("id"), args.get("amount"));
								return null;
							})));
		assertThatExceptionOfType(AuditBlockException.class)
			.isThrownBy(() -> this.engine.execute("keep", "first", 60L));
		assertThat(counts()).containsOnly(Map.entry("keep:input:amount", 2L), Map.entry("keep", 1L));
	}

	@Test
	void executionThatGivesUpAfterConflictsCountsNothing() {
		engine(LimitRecipes.input("slow", AuditLevel.COUNT, 0, false, 0), (builder) -> builder
			.conflicts(new ConflictSettings(3, Duration.ofNanos(1), Duration.ofNanos(1), 100, Duration.ofSeconds(5),
					TicketScope.EXECUTION))
			.process("slow",
					(spec) -> spec.updates("domain.balance").argument("amount", Long.class).body((state, args) -> {
						long balance = state.get("domain.balance", Long.class);
						this.bodies.incrementAndGet();
						OtherThreads.run(() -> this.engine.execute("pay", 1L));
						state.set("domain.balance", balance + 10);
						return null;
					})));
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> this.engine.execute("slow", 1L));
		assertThat(this.bodies).hasValue(6);
		assertThat(counts()).isEmpty();
		assertThat(trail()).isEmpty();
	}

	@Test
	void noEntryClaimsAVersionThatWasNotCommitted() {
		int threads = 4;
		int each = 150;
		AuditPolicy policy = new AuditPolicy(AuditLevel.BLOCK, 0, 1_000_000, false);
		AuditRecipe rules = LimitRecipes.about("race", policy, (race) -> race.input("amount", (amount) -> amount.max(0))
			.output("domain.balance", (balance) -> balance.max(200)));
		engine(rules, (builder) -> builder.auditCapacity(100_000).process("race", (spec) -> race(spec)));
		OtherThreads.runAll(threads, (number) -> {
			for (int i = 0; i < each; i++) {
				try {
					this.engine.execute("race", (long) (i % 3));
				}
				catch (ConflictException | IllegalStateException ex) {
					// Two of three fail, some of those that do not find a conflict
				}
			}
		});
		Map<Long, CommitRecord> byVersion = new HashMap<>();
		this.commits.forEach((commit) -> byVersion.put(commit.version(), commit));
		Set<String> claimed = new HashSet<>();
		int uncommitted = 0;
		for (AuditEntry entry : trail()) {
			if (entry.version() == null) {
				uncommitted++;
				continue;
			}
			CommitRecord commit = byVersion.get(entry.version());
			assertThat(commit).as("commit of %s", entry).isNotNull();
			assertThat(commit.origin().executionId()).isEqualTo(entry.executionId());
			assertThat(commit.verdicts()).as("verdicts of %s", entry)
				.anyMatch((verdict) -> verdict.rule().equals(entry.rule()) && verdict.count() == entry.count());
			assertThat(claimed.add(entry.version() + " " + entry.rule())).as("second entry %s", entry).isTrue();
		}
		assertThat(uncommitted).isPositive();
		assertThat(claimed).hasSize(this.commits.stream().mapToInt((commit) -> commit.verdicts().size()).sum())
			.isNotEmpty();
	}

	private void race(ProcessSpec spec) {
		spec.updates("domain.balance")
			.error(IllegalStateException.class)
			.argument("amount", Long.class)
			.body((state, args) -> {
				long amount = (Long) Objects.requireNonNull(args.get("amount"));
				long balance = state.get("domain.balance", Long.class);
				state.set("domain.balance", balance + amount);
				if (amount == 2) {
					throw new IllegalStateException("fails");
				}
				return null;
			});
	}

}
