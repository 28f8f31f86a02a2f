package io.theus.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.theus.AuditLevel;
import io.theus.Isolation;
import io.theus.OtherThreads;
import io.theus.audit.AuditAbortException;
import io.theus.audit.AuditBlockException;
import io.theus.audit.AuditEntry;
import io.theus.audit.AuditException;
import io.theus.audit.AuditStopException;
import io.theus.audit.recipe.AuditRecipe;
import io.theus.conflict.ConflictException;
import io.theus.process.ProcessSpec;
import io.theus.store.CommitRecord;
import io.theus.store.Verdict;
import io.theus.transaction.TransactionOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Which executions a violation counts for, where several are parts of one transaction.
 */
class AuditedExecutionTests {

	private static final String RULE = "pay:input:amount";

	private static final TransactionOptions REPEATED = TransactionOptions.named("repeated").withAttempts(50);

	private final List<CommitRecord> commits = Collections.synchronizedList(new ArrayList<>());

	private TheusEngine engine = TheusEngine.builder().build();

	@AfterEach
	void close() {
		this.engine.close();
	}

	private void engine(AuditRecipe recipe) {
		engine(recipe, (builder) -> {
		});
	}

	private void engine(AuditRecipe recipe, Consumer<TheusEngineBuilder> more) {
		this.engine.close();
		TheusEngineBuilder builder = TheusEngine.builder()
			.audit(recipe)
			.initialState(() -> Map.of("domain", Map.of("balance", 100L)))
			.commitListener(this.commits::add)
			.process("pay", AuditedExecutionTests::pay);
		more.accept(builder);
		this.engine = builder.build();
	}

	private static void pay(ProcessSpec spec) {
		spec.updates("domain.balance").argument("amount", Long.class).body((state, args) -> {
			long amount = (Long) Objects.requireNonNull(args.get("amount"));
			state.set("domain.balance", state.get("domain.balance", Long.class) + amount);
			if (amount == 99) {
				throw new IllegalStateException("fails");
			}
			return null;
		});
	}

	private static AuditRecipe most50(AuditLevel level, long tolerated) {
		return LimitRecipes.input("pay", level, tolerated, false, 50);
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

	private long balance() {
		return this.engine.state().get("domain.balance", Long.class);
	}

	private <X extends RuntimeException> void refused(Class<X> type, Runnable work) {
		assertThatExceptionOfType(type).isThrownBy(work::run);
	}

	private void payOnAnotherThread() {
		OtherThreads.run(() -> this.engine.execute("pay", 1L));
	}

	@Test
	void eachExecutionInATransactionCounts() {
		engine(most50(AuditLevel.COUNT, 0));
		this.engine.transact((tx) -> {
			this.engine.execute("pay", 60L);
			this.engine.execute("pay", 70L);
			this.engine.execute("pay", 1L);
			return true;
		});
		assertThat(counts()).containsExactly(Map.entry(RULE, 2L));
		assertThat(lastVerdicts()).extracting(Verdict::count).containsExactly(1L, 2L);
		assertThat(trail()).extracting(AuditEntry::version).containsExactly(2L, 2L);
		assertThat(trail()).extracting(AuditEntry::origin).containsOnly("process 'pay'");
		assertThat(trail()).extracting(AuditEntry::executionId).doesNotContainNull().doesNotHaveDuplicates();
	}

	@Test
	void whatAnExecutionCallsIsPartOfIt() {
		engine(most50(AuditLevel.COUNT, 0), (builder) -> builder.process("twice",
				(spec) -> spec.updates("domain.balance").calls("pay").body((state, args) -> {
					this.engine.execute("pay", 60L);
					this.engine.execute("pay", 70L);
					return null;
				})));
		this.engine.transact((tx) -> {
			this.engine.execute("twice");
			this.engine.execute("twice");
			return true;
		});
		assertThat(counts()).containsExactly(Map.entry(RULE, 2L));
		assertThat(trail()).extracting(AuditEntry::origin).containsOnly("process 'twice'");
	}

	@Test
	void outputsOfEachExecutionCount() {
		engine(LimitRecipes.output("pay", AuditLevel.BLOCK, 2, "domain.balance", 150));
		this.engine.transact((tx) -> {
			this.engine.execute("pay", 60L);
			this.engine.execute("pay", 1L);
			return true;
		});
		assertThat(counts()).containsExactly(Map.entry("pay:output:domain.balance", 2L));
		assertThat(trail()).extracting(AuditEntry::executionId).doesNotHaveDuplicates().hasSize(2);
	}

	@Test
	void thresholdCountsWhatOtherExecutionsOfTheTransactionHaveFound() {
		engine(most50(AuditLevel.BLOCK, 1));
		this.engine.transact((tx) -> {
			this.engine.execute("pay", 60L);
			assertThatExceptionOfType(AuditBlockException.class).isThrownBy(() -> this.engine.execute("pay", 60L))
				.satisfies((ex) -> assertThat(ex.count()).isEqualTo(2));
			return true;
		});
		assertThat(balance()).isEqualTo(160);
		assertThat(counts()).containsExactly(Map.entry(RULE, 2L));
		assertThat(trail()).extracting(AuditEntry::version).containsExactlyInAnyOrder(2L, null);
	}

	@Test
	void attemptsOfATransactionCountOnceForEachExecution() {
		engine(most50(AuditLevel.COUNT, 0));
		AtomicInteger attempts = new AtomicInteger();
		this.engine.transact(REPEATED, (tx) -> {
			this.engine.execute("pay", 60L);
			if (attempts.incrementAndGet() < 3) {
				payOnAnotherThread();
			}
			this.engine.execute("pay", 70L);
			return true;
		});
		assertThat(attempts).hasValue(3);
		assertThat(counts()).containsExactly(Map.entry(RULE, 2L));
		assertThat(trail()).hasSize(2);
	}

	@Test
	void executionOfWhichNothingRemainsIsNotPartOfTheCommit() {
		engine(most50(AuditLevel.COUNT, 0));
		this.engine.transact((tx) -> {
			refused(IllegalStateException.class, () -> this.engine.execute("pay", 99L));
			this.engine.execute("pay", 60L);
			return true;
		});
		assertThat(balance()).isEqualTo(160);
		assertThat(counts()).containsExactly(Map.entry(RULE, 2L));
		assertThat(lastVerdicts()).hasSize(1);
		assertThat(trail()).extracting(AuditEntry::version).containsExactlyInAnyOrder(2L, null);
	}

	@Test
	void executionOfWhichNothingRemainsCountsOnceWhateverTheAttempts() {
		engine(most50(AuditLevel.BLOCK, 0));
		AtomicInteger attempts = new AtomicInteger();
		this.engine.transact(REPEATED, (tx) -> {
			refused(AuditBlockException.class, () -> this.engine.execute("pay", 60L));
			tx.get("domain.balance", Long.class);
			if (attempts.incrementAndGet() < 3) {
				payOnAnotherThread();
			}
			tx.set("domain.other", 1L);
			return true;
		});
		assertThat(attempts).hasValue(3);
		assertThat(counts()).containsExactly(Map.entry(RULE, 1L));
		assertThat(trail()).extracting(AuditEntry::version).containsExactly((Long) null);
		assertThat(lastVerdicts()).isEmpty();
	}

	@Test
	void executionOfWhichNothingRemainsCountsAlsoIfThereIsNothingToCommit() {
		engine(most50(AuditLevel.BLOCK, 0));
		long version = this.engine.state().version();
		this.engine.transact((tx) -> {
			refused(AuditBlockException.class, () -> this.engine.execute("pay", 60L));
			return true;
		});
		assertThat(this.engine.state().version()).isEqualTo(version);
		assertThat(counts()).containsExactly(Map.entry(RULE, 1L));
		assertThat(trail()).extracting(AuditEntry::version).containsExactly((Long) null);
	}

	@Test
	void partOfATransactionIsRolledBackWithItsExecutions() {
		engine(most50(AuditLevel.COUNT, 0));
		this.engine.transact((tx) -> {
			this.engine.execute("pay", 60L);
			refused(IllegalStateException.class, () -> this.engine.transact((part) -> {
				this.engine.execute("pay", 70L);
				throw new IllegalStateException("part fails");
			}));
			return true;
		});
		assertThat(balance()).isEqualTo(160);
		assertThat(lastVerdicts()).hasSize(1);
		assertThat(counts()).containsExactly(Map.entry(RULE, 2L));
		assertThat(trail()).extracting(AuditEntry::version).containsExactlyInAnyOrder(2L, null);
	}

	@Test
	void transactionThatFailsCountsItsExecutions() {
		engine(most50(AuditLevel.COUNT, 0));
		assertThatIllegalStateException().isThrownBy(() -> this.engine.transact((tx) -> {
			this.engine.execute("pay", 60L);
			this.engine.execute("pay", 60L);
			throw new IllegalStateException("fails");
		}));
		assertThat(counts()).containsExactly(Map.entry(RULE, 2L));
		assertThat(trail()).extracting(AuditEntry::version).containsExactly(null, null);
	}

	@Test
	void transactionThatGivesUpAfterConflictsCountsNothing() {
		engine(most50(AuditLevel.COUNT, 0));
		refused(ConflictException.class, () -> this.engine.transact(TransactionOptions.named("once"), (tx) -> {
			this.engine.execute("pay", 60L);
			payOnAnotherThread();
			return true;
		}));
		assertThat(counts()).isEmpty();
		assertThat(trail()).isEmpty();
	}

	@Test
	void stopThatTheBodyOfATransactionHidesStopsTheEngine() {
		engine(most50(AuditLevel.STOP, 0));
		assertThatIllegalStateException().isThrownBy(() -> this.engine.transact((tx) -> {
			refused(AuditStopException.class, () -> this.engine.execute("pay", 60L));
			throw new IllegalStateException("hides it");
		}));
		assertThat(this.engine.audit().stop())
			.hasValueSatisfying((stop) -> assertThat(stop.origin()).isEqualTo("process 'pay'"));
		assertThat(counts()).containsExactly(Map.entry(RULE, 1L));
	}

	@Test
	void refusalThatIsCaughtTwiceCountsOnceForTheExecution() {
		engine(most50(AuditLevel.BLOCK, 0), (builder) -> builder.process("stubborn",
				(spec) -> spec.updates("domain.balance", "domain.other").calls("pay").body((state, args) -> {
					refused(AuditBlockException.class, () -> this.engine.execute("pay", 60L));
					refused(AuditBlockException.class, () -> this.engine.execute("pay", 60L));
					state.set("domain.other", 1L);
					return null;
				})));
		this.engine.execute("stubborn");
		assertThat(counts()).containsExactly(Map.entry(RULE, 1L));
		assertThat(lastVerdicts()).hasSize(1);
	}

	@Test
	void thresholdIsAskedAgainWhenTheTransactionCommits() {
		engine(LimitRecipes.input("note", AuditLevel.BLOCK, 2, false, 50), (builder) -> builder.process("note",
				(spec) -> spec.outputs("domain.notes.{amount}").argument("amount", Long.class).body((state, args) -> {
					state.set("domain.notes." + args.get("amount"), true);
					return null;
				})));
		refused(AuditBlockException.class, () -> this.engine.transact((tx) -> {
			this.engine.execute("note", 60L);
			this.engine.execute("note", 70L);
			OtherThreads.run(() -> this.engine.execute("note", 80L));
			return true;
		}));
		assertThat(this.engine.state().contains("domain.notes.60")).isFalse();
		assertThat(counts()).containsExactly(Map.entry("note:input:amount", 3L));
		assertThat(trail()).extracting(AuditEntry::version).containsExactly(2L, null, null);
		assertThat(this.engine.audit().violations(AuditLevel.BLOCK, Verdict.Kind.INPUT, false)).isEqualTo(1);
	}

	@Test
	void thresholdOfSeveralExecutionsIsExactUnderConcurrency() {
		engine(LimitRecipes.input("pay", AuditLevel.BLOCK, 60, false, 0));
		AtomicInteger committed = new AtomicInteger();
		OtherThreads.runAll(4, (number) -> {
			for (int i = 0; i < 30; i++) {
				try {
					this.engine.transact(REPEATED, (tx) -> {
						this.engine.execute("pay", 1L);
						this.engine.execute("pay", 1L);
						return true;
					});
					committed.incrementAndGet();
				}
				catch (AuditException | ConflictException ex) {
					// Too many by now
				}
			}
		});
		assertThat(this.commits.stream().flatMap((commit) -> commit.verdicts().stream()).map(Verdict::count))
			.allSatisfy((count) -> assertThat(count).isLessThanOrEqualTo(60))
			.doesNotHaveDuplicates();
		assertThat(committed).hasValue(30);
		assertThat(balance()).isEqualTo(160);
	}

	@Test
	void refusedStatementOfRawWorkThatIsCaughtCounts() {
		engine(LimitRecipes.output("raw", AuditLevel.BLOCK, 0, "domain.balance", 150), (builder) -> raw(builder));
		this.engine.execute("raw");
		assertThat(balance()).isEqualTo(1);
		assertThat(counts()).containsExactly(Map.entry("raw:output:domain.balance", 1L));
	}

	@Test
	void abortCannotBeCaughtByRawWork() {
		engine(LimitRecipes.output("raw", AuditLevel.ABORT, 0, "domain.balance", 150), (builder) -> raw(builder));
		refused(AuditAbortException.class, () -> this.engine.execute("raw"));
		assertThat(counts()).containsEntry("raw:output:domain.balance", 1L);
	}

	private void raw(TheusEngineBuilder builder) {
		builder.process("raw", (spec) -> spec.updates("domain.balance").isolation(Isolation.RAW).body((state, args) -> {
			refused(AuditException.class, () -> state.set("domain.balance", 151L));
			state.set("domain.balance", 1L);
			return null;
		}));
	}

}
