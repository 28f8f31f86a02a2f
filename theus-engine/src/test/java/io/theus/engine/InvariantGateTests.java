package io.theus.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.theus.AuditLevel;
import io.theus.Isolation;
import io.theus.Merging;
import io.theus.TransactionContext;
import io.theus.audit.AuditAbortException;
import io.theus.audit.AuditBlockException;
import io.theus.audit.AuditEntry;
import io.theus.audit.AuditException;
import io.theus.audit.AuditStopException;
import io.theus.audit.EngineStoppedException;
import io.theus.audit.rule.AuditPolicy;
import io.theus.conflict.ConflictException;
import io.theus.initial.InvalidInitialStateException;
import io.theus.internal.yaml.InvalidYamlException;
import io.theus.invariant.InvalidInvariantException;
import io.theus.invariant.Invariant;
import io.theus.invariant.Lag;
import io.theus.invariant.Tick;
import io.theus.run.Run;
import io.theus.run.RunState;
import io.theus.state.State;
import io.theus.store.CommitRecord;
import io.theus.transaction.TransactionOptions;
import io.theus.workflow.WorkflowParser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InvariantGateTests {

	private final List<CommitRecord> commits = new ArrayList<>();

	private Instant now = Instant.parse("2026-01-01T00:00:00Z");

	private TheusEngine engine = TheusEngine.builder().build();

	@AfterEach
	void close() {
		this.engine.close();
	}

	private void engine(Invariant... invariants) {
		engine((builder) -> {
		}, invariants);
	}

	private void engine(Consumer<TheusEngineBuilder> more, Invariant... invariants) {
		this.engine.close();
		InstantSource source = () -> this.now;
		TheusEngineBuilder builder = TheusEngine.builder()
			.clock(source.withZone(ZoneOffset.UTC))
			.invariants(invariants)
			.commitListener(this.commits::add)
			.initialState(() -> Map.of("domain", Map.of("a", 5L, "b", 5L, "counter", 0L)))
			.process("bump", (spec) -> spec.updates("domain.counter").body((state, args) -> {
				state.set("domain.counter", state.get("domain.counter", Long.class) + 1);
				return null;
			}))
			.process("bump-too", (spec) -> spec.updates("domain.counter").body((state, args) -> {
				state.set("domain.counter", state.get("domain.counter", Long.class) + 1);
				return null;
			}))
			.process("tock", (spec) -> spec.outputs("domain.time").body((state, args) -> {
				state.set("domain.time", this.engine.state().version());
				return null;
			}))
			.process("deposit", (spec) -> spec.updates("domain.a").body((state, args) -> {
				state.set("domain.a", state.get("domain.a", Long.class) + 10);
				return null;
			}));
		more.accept(builder);
		this.engine = builder.build();
	}

	private void write(Consumer<TransactionContext> body) {
		this.engine.transact(TransactionOptions.named("test"), (tx) -> {
			body.accept(tx);
			return true;
		});
	}

	private void refused(String problem, Consumer<TransactionContext> body) {
		State before = this.engine.state();
		assertThatExceptionOfType(AuditBlockException.class).isThrownBy(() -> write(body))
			.satisfies((ex) -> assertThat(ex.problem()).isEqualTo(problem));
		assertThat(this.engine.state()).isSameAs(before);
	}

	private static Invariant stock(AuditLevel level) {
		return Invariant.named("stock").level(level).range("domain.*", 0, 100);
	}

	@Test
	void rangeRefusesWhatLiesOutside() {
		engine(stock(AuditLevel.BLOCK));
		refused("'domain.a' is below min=0", (tx) -> tx.set("domain.a", -1));
		refused("'domain.c' is above max=100", (tx) -> tx.set("domain.c", 100.5));
		refused("'domain.c' is no number", (tx) -> tx.set("domain.c", "much"));
		write((tx) -> {
			tx.set("domain.a", 100);
			tx.set("domain.b", null);
			tx.remove("domain.counter");
		});
		assertThat(this.engine.audit().counts()).isEmpty();
	}

	@Test
	void refusalSaysWhichRuleAndWhere() {
		engine(stock(AuditLevel.BLOCK));
		assertThatExceptionOfType(AuditBlockException.class).isThrownBy(() -> write((tx) -> tx.set("domain.a", -1)))
			.withMessage("audit rule 'invariant:stock' is violated: 'domain.a' is below min=0, path=domain.a, "
					+ "level=BLOCK, count=1, tolerated=0, correct the value")
			.satisfies((ex) -> assertThat(ex.rule()).isEqualTo("invariant:stock"))
			.satisfies((ex) -> assertThat(ex.process()).isNull());
		assertThat(this.engine.audit().trail().entries()).singleElement().satisfies((entry) -> {
			assertThat(entry.kind()).isEqualTo(AuditEntry.Kind.INVARIANT);
			assertThat(entry.version()).isNull();
			assertThat(entry.value()).isEqualTo("******");
			assertThat(entry.origin()).isEqualTo("transaction 'test'");
		});
		assertThat(this.engine.audit().counts()).containsExactly(Map.entry("invariant:stock", 1L));
	}

	@Test
	void messageOfTheRuleGoesFirst() {
		engine(Invariant.named("stock").message("there is no such stock").range("domain.*", 0, null));
		refused("there is no such stock", (tx) -> tx.set("domain.a", -1));
	}

	@Test
	void stepRefusesALargerIncrement() {
		engine(Invariant.named("step").step("domain.counter", 0, 1));
		write((tx) -> tx.set("domain.counter", 1));
		refused("'domain.counter' is more than max=1 above what it was before the commit",
				(tx) -> tx.set("domain.counter", 3));
		refused("'domain.counter' is less than min=0 above what it was before the commit",
				(tx) -> tx.set("domain.counter", 0));
	}

	@Test
	void monotonicRefusesTheOtherDirection() {
		engine(Invariant.named("up").increasing("domain.a"), Invariant.named("down").decreasing("domain.b"),
				Invariant.named("time").increasing("domain.when"));
		write((tx) -> {
			tx.set("domain.a", 5.5);
			tx.set("domain.b", 4);
			tx.set("domain.when", this.now);
		});
		refused("'domain.a' is lower than before the commit", (tx) -> tx.set("domain.a", 5));
		refused("'domain.b' is higher than before the commit", (tx) -> tx.set("domain.b", 5));
		refused("'domain.when' is lower than before the commit", (tx) -> tx.set("domain.when", this.now.minusNanos(1)));
		refused("'domain.when' cannot be compared with what it was before the commit",
				(tx) -> tx.set("domain.when", "today"));
	}

	private static Invariant money() {
		return Invariant.named("money").sumConserved(List.of("domain.a", "domain.b"), List.of("deposit"));
	}

	@Test
	void sumIsConservedButForSomeProcesses() {
		engine(money());
		write((tx) -> {
			tx.set("domain.a", 1);
			tx.set("domain.b", 9.0);
		});
		refused("'domain.a' changes the sum of [domain.a, domain.b]", (tx) -> tx.set("domain.a", 2));
		refused("'domain.b' changes the sum of [domain.a, domain.b]", (tx) -> tx.remove("domain.b"));
		this.engine.execute("deposit");
		assertThat(this.engine.state().get("domain.a", Long.class)).isEqualTo(11);
		refused("'domain.a' changes the sum of [domain.a, domain.b]", (tx) -> tx.set("domain.a", 1));
	}

	@Test
	void rateRefusesWhatMovesTooFast() {
		engine(Invariant.named("rate").rate("domain.a", 10, Duration.ofSeconds(1)));
		write((tx) -> tx.set("domain.a", 15));
		refused("'domain.a' moves by more than max=10 per PT1S", (tx) -> tx.set("domain.a", 14));
		this.now = this.now.plusMillis(500);
		refused("'domain.a' moves by more than max=10 per PT1S", (tx) -> tx.set("domain.a", 9));
		write((tx) -> tx.set("domain.a", 10));
		this.now = this.now.plusSeconds(60);
		refused("'domain.a' moves by more than max=10 per PT1S", (tx) -> tx.set("domain.a", 21));
		write((tx) -> tx.set("domain.a", 0));
	}

	@Test
	void readerMayBeBehindItsWriterForALag() {
		engine(Invariant.named("view").match("domain.a", "domain.b", Lag.of(Duration.ofSeconds(5))));
		write((tx) -> tx.set("domain.a", 6));
		this.now = this.now.plusSeconds(5);
		write((tx) -> tx.set("domain.a", 7));
		refused("'domain.b' is not what 'domain.a' holds, or held within lag=PT5S", (tx) -> tx.set("domain.b", 99));
		write((tx) -> tx.set("domain.b", 6));
		this.now = this.now.plusSeconds(6);
		refused("'domain.b' is not what 'domain.a' holds, or held within lag=PT5S", (tx) -> tx.set("domain.a", 8));
		write((tx) -> tx.set("domain.b", 7));
		write((tx) -> tx.set("domain.a", 8));
	}

	@Test
	void readerMayBeBehindItsWriterForSomeChanges() {
		engine(Invariant.named("view").match("domain.a", "domain.b", Lag.changes(1)));
		write((tx) -> tx.set("domain.a", 6));
		refused("'domain.b' is not what 'domain.a' holds, or held within lag=1", (tx) -> tx.set("domain.a", 7));
		write((tx) -> tx.set("domain.b", 6));
		write((tx) -> tx.set("domain.a", 7));
	}

	@Test
	void orderNeedsTheFirstForTheSecond() {
		engine(Invariant.named("paid-first").order("domain.orders.*.paid", "domain.orders.*.shipped"));
		refused("'domain.orders.o1.shipped' is there without 'domain.orders.o1.paid'",
				(tx) -> tx.set("domain.orders.o1.shipped", true));
		write((tx) -> tx.set("domain.orders.o1.paid", true));
		write((tx) -> tx.set("domain.orders.o1.shipped", true));
		refused("'domain.orders.o1.shipped' is there without 'domain.orders.o1.paid'",
				(tx) -> tx.remove("domain.orders.o1.paid"));
		write((tx) -> tx.set("domain.orders", Map.of("o2", Map.of("paid", true, "shipped", true))));
		refused("'domain.orders.o3.shipped' is there without 'domain.orders.o3.paid'",
				(tx) -> tx.set("domain.orders", Map.of("o3", Map.of("shipped", true))));
		write((tx) -> tx.remove("domain.orders"));
	}

	@Test
	void orderOfATickNeedsTheFirstToChangeInIt() {
		engine(Invariant.named("order").tick(Tick.path("domain.time")).order("domain.a", "domain.b"));
		this.engine.execute("tock");
		refused("'domain.b' changes before 'domain.a' has changed in the tick", (tx) -> tx.set("domain.b", 1));
		write((tx) -> tx.set("domain.a", 1));
		write((tx) -> tx.set("domain.b", 1));
		write((tx) -> tx.set("domain.b", 2));
		this.engine.execute("tock");
		refused("'domain.b' changes before 'domain.a' has changed in the tick", (tx) -> tx.set("domain.b", 3));
	}

	@Test
	void expressionSeesNowBeforeAndTheWindow() {
		engine(Invariant.named("limit").expression("now.domain.a + now.domain.b <= 20"),
				Invariant.named("growth").expression("now.domain.a <= before.domain.a * 2"),
				Invariant.named("calm").expression("max(window(3).domain.b) - min(window(3).domain.b) <= 4"));
		refused("'domain.b' breaks 'now.domain.a + now.domain.b <= 20'", (tx) -> tx.set("domain.b", 16));
		refused("'domain.a' breaks 'now.domain.a <= before.domain.a * 2'", (tx) -> tx.set("domain.a", 11));
		write((tx) -> tx.set("domain.b", 7));
		write((tx) -> tx.set("domain.b", 9));
		refused("'domain.b' breaks 'max(window(3).domain.b) - min(window(3).domain.b) <= 4'",
				(tx) -> tx.set("domain.b", 12));
		write((tx) -> tx.set("domain.b", 11));
	}

	@Test
	void expressionThatCannotBeEvaluatedIsAViolationAndShowsNoValue() {
		engine(Invariant.named("limit").expression("now.domain.a < 20"));
		refused("'domain.a' leaves 'now.domain.a < 20' without a value, position=13",
				(tx) -> tx.set("domain.a", "secret"));
	}

	@Test
	void ruleIsAskedOnlyWhereItIsTouched() {
		engine(Invariant.named("limit").level(AuditLevel.COUNT).expression("now.domain.a < 5"));
		write((tx) -> tx.set("domain.b", 1));
		assertThat(this.engine.audit().counts()).containsExactly(Map.entry("invariant:limit", 1L));
	}

	// Two processes that both may bump the counter

	@Test
	void secondIncrementWithinATickOfAPathIsRefused() {
		engine(Invariant.named("once").tick(Tick.path("domain.time")).step("domain.counter", 0, 1));
		this.engine.execute("tock");
		this.engine.execute("bump");
		assertThatExceptionOfType(AuditBlockException.class).isThrownBy(() -> this.engine.execute("bump-too"))
			.satisfies((ex) -> assertThat(ex.problem())
				.isEqualTo("'domain.counter' is more than max=1 above what it was when the tick began"));
		this.engine.execute("tock");
		this.engine.execute("bump-too");
		assertThat(this.engine.state().get("domain.counter", Long.class)).isEqualTo(2);
	}

	@Test
	void secondIncrementWithinAPeriodIsRefused() {
		engine(Invariant.named("once").tick(Tick.every(Duration.ofMinutes(1))).step("domain.counter", 0, 1));
		this.engine.execute("bump");
		this.now = this.now.plusSeconds(59);
		assertThatExceptionOfType(AuditBlockException.class).isThrownBy(() -> this.engine.execute("bump-too"));
		this.now = this.now.plusSeconds(1);
		this.engine.execute("bump-too");
		this.now = this.now.minusSeconds(30);
		assertThatExceptionOfType(AuditBlockException.class).isThrownBy(() -> this.engine.execute("bump"));
	}

	@Test
	void secondIncrementWithinACommitIsRefused() {
		engine((builder) -> builder.process("both",
				(spec) -> spec.updates("domain.counter").calls("bump", "bump-too").body((state, args) -> {
					this.engine.execute("bump");
					this.engine.execute("bump-too");
					return null;
				})), Invariant.named("once").tick(Tick.commit()).step("domain.counter", 0, 1));
		this.engine.execute("bump");
		this.engine.execute("bump-too");
		assertThatExceptionOfType(AuditBlockException.class).isThrownBy(() -> this.engine.execute("both"));
		assertThat(this.engine.state().get("domain.counter", Long.class)).isEqualTo(2);
	}

	private void flow(String steps, Tick tick) {
		engine((builder) -> builder.workflows(WorkflowParser.parse("name: daily\nsteps:\n" + steps, "daily.yml"),
				WorkflowParser.parse("name: other\nsteps: [ bump ]\n", "other.yml")),
				Invariant.named("once").tick(tick).step("domain.counter", 0, 1));
	}

	private Run run(String workflow) throws InterruptedException {
		return this.engine.workflows().start(workflow, Map.of()).await();
	}

	@Test
	void secondIncrementWithinARunIsRefused() throws InterruptedException {
		flow("  - bump\n  - bump-too\n", Tick.run("daily"));
		assertThat(run("daily").state()).isEqualTo(RunState.FAILED);
		assertThat(this.engine.state().get("domain.counter", Long.class)).isEqualTo(1);
		assertThat(run("daily").error()).hasValueSatisfying(
				(error) -> assertThat(error).hasStackTraceContaining("above what it was when the tick began"));
		assertThat(this.engine.state().get("domain.counter", Long.class)).isEqualTo(2);
	}

	@Test
	void nextRunIsAnotherTick() throws InterruptedException {
		flow("  - bump\n", Tick.run("daily"));
		assertThat(run("daily").state()).isEqualTo(RunState.COMPLETED);
		assertThat(run("daily").state()).isEqualTo(RunState.COMPLETED);
		assertThat(run("other").state()).as("in the tick that began last").isEqualTo(RunState.FAILED);
	}

	@Test
	void secondIncrementWithinAnIterationIsRefused() throws InterruptedException {
		flow("""
				  - flux: while
				    condition: domain.counter < 3
				    do:
				      - bump
				      - flux: if
				        condition: domain.counter == 2
				        then: [ bump-too ]
				""", Tick.iteration("daily"));
		assertThat(run("daily").state()).isEqualTo(RunState.FAILED);
		assertThat(this.engine.state().get("domain.counter", Long.class)).isEqualTo(2);
	}

	@Test
	void nextIterationIsAnotherTick() throws InterruptedException {
		flow("""
				  - flux: while
				    condition: domain.counter < 3
				    do: [ bump ]
				""", Tick.iteration("daily"));
		assertThat(run("daily").state()).isEqualTo(RunState.COMPLETED);
		assertThat(this.engine.state().get("domain.counter", Long.class)).isEqualTo(3);
	}

	@Test
	void placeThatComesIntoBeingComparesWithItsFirstValue() {
		engine(Invariant.named("once").tick(Tick.path("domain.time")).step("domain.counts.*", 0, 1));
		write((tx) -> tx.set("domain.counts.x", 40));
		write((tx) -> tx.set("domain.counts.x", 41));
		refused("'domain.counts.x' is more than max=1 above what it was when the tick began",
				(tx) -> tx.set("domain.counts.x", 42));
	}

	// Levels

	@Test
	void stopStopsTheEngine() {
		engine(stock(AuditLevel.STOP));
		assertThatExceptionOfType(AuditStopException.class).isThrownBy(() -> write((tx) -> tx.set("domain.a", -1)));
		assertThatExceptionOfType(EngineStoppedException.class).isThrownBy(() -> this.engine.execute("bump"));
		assertThat(this.engine.audit().stop()).hasValueSatisfying((stop) -> {
			assertThat(stop.rule()).isEqualTo("invariant:stock");
			assertThat(stop.path()).isEqualTo("domain.a");
		});
		this.engine.resume("looked at");
		this.engine.execute("bump");
		assertThat(this.engine.state().get("domain.counter", Long.class)).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ABORT", "BLOCK" })
	void abortEndsARunPastAnyCatch(AuditLevel level) throws InterruptedException {
		engine((builder) -> builder.process("careless",
				(spec) -> spec.outputs("domain.counter").error(RuntimeException.class).body((state, args) -> {
					state.set("domain.counter", 1L);
					return null;
				}))
			.workflows(WorkflowParser.parse("""
					name: daily
					steps:
					  - process: careless
					    catch:
					      RuntimeException: [ tock ]
					""", "daily.yml")), Invariant.named("none").level(level).step("domain.counter", 0, 0));
		assertThat(run("daily").state()).isEqualTo((level == AuditLevel.ABORT) ? RunState.FAILED : RunState.COMPLETED);
		assertThat(this.engine.state().contains("domain.time")).isEqualTo(level == AuditLevel.BLOCK);
		assertThat(this.engine.audit().counts()).containsEntry("invariant:none", 1L);
	}

	@Test
	void abortIsToldByItsType() {
		engine(stock(AuditLevel.ABORT));
		assertThatExceptionOfType(AuditAbortException.class).isThrownBy(() -> write((tx) -> tx.set("domain.a", -1)));
	}

	@Test
	void blockToleratesUpToItsThreshold() {
		engine(Invariant.named("stock")
			.policy(new AuditPolicy(AuditLevel.BLOCK, 1, 2, true))
			.range("domain.*", 0, null));
		write((tx) -> tx.set("domain.a", -1));
		write((tx) -> tx.set("domain.a", -2));
		assertThat(this.commits.get(2).verdicts()).singleElement().satisfies((verdict) -> {
			assertThat(verdict.rule()).isEqualTo("invariant:stock");
			assertThat(verdict.count()).isEqualTo(2);
			assertThat(verdict.process()).isNull();
		});
		refused("'domain.a' is below min=0", (tx) -> tx.set("domain.a", -3));
		write((tx) -> tx.set("domain.a", 0));
		assertThat(this.engine.audit().counts()).isEmpty();
		write((tx) -> tx.set("domain.a", -1));
		assertThat(this.engine.audit().trail().entries()).extracting(AuditEntry::version)
			.containsExactly(2L, 3L, null, 5L);
	}

	@Test
	void countCountsAndIgnoreIgnores() {
		engine(Invariant.named("counted").level(AuditLevel.COUNT).range("domain.*", 0, null),
				Invariant.named("ignored").level(AuditLevel.IGNORE).range("domain.*", 0, null));
		write((tx) -> tx.set("domain.a", -1));
		assertThat(this.engine.audit().counts()).containsExactly(Map.entry("invariant:counted", 1L));
		assertThat(this.engine.invariants().all()).hasSize(1);
	}

	// Whoever commits

	@Test
	void rawStatementsAreBound() {
		engine((builder) -> builder.process("raw",
				(spec) -> spec.updates("domain.a", "domain.b").isolation(Isolation.RAW).body((state, args) -> {
					state.set("domain.b", 6L);
					state.set("domain.a", -1L);
					return null;
				})), stock(AuditLevel.BLOCK));
		assertThatExceptionOfType(AuditBlockException.class).isThrownBy(() -> this.engine.execute("raw"));
		assertThat(this.engine.state().get("domain.b", Long.class)).isEqualTo(6);
		assertThat(this.engine.state().get("domain.a", Long.class)).isEqualTo(5);
		assertThat(this.engine.audit().counts()).containsEntry("invariant:stock", 1L);
	}

	@Test
	void compareAndSwapIsBound() {
		engine(money());
		long version = this.engine.state().version();
		assertThatExceptionOfType(AuditBlockException.class)
			.isThrownBy(() -> this.engine.compareAndSwap(version, Map.of("domain.a", 1L)));
		this.engine.compareAndSwap(version, Map.of("domain.a", 1L, "domain.b", 9L));
		assertThat(this.engine.audit().counts()).isEmpty();
	}

	@Test
	void mergesAreBound() {
		engine((builder) -> builder.merge("domain.a", Merging.SUM), stock(AuditLevel.BLOCK));
		refused("'domain.a' is above max=100", (tx) -> tx.add("domain.a", 96));
	}

	@Test
	void volatilePlacesAreBound() {
		engine((builder) -> builder.volatilePaths("domain.sensor"),
				Invariant.named("sensor").rate("domain.sensor", 10, Duration.ofSeconds(1)));
		write((tx) -> tx.set("domain.sensor", 1));
		write((tx) -> tx.set("domain.sensor", 11));
		refused("'domain.sensor' moves by more than max=10 per PT1S", (tx) -> tx.set("domain.sensor", 12));
		assertThat(this.commits).as("volatile values are in no record").hasSize(1);
	}

	@Test
	void initialStateThatBreaksARuleFailsTheStart() {
		assertThatExceptionOfType(InvalidYamlException.class)
			.isThrownBy(() -> TheusEngine.builder()
				.initialState("initial.yml", "domain:\n  stock:\n    apples: -1\n")
				.invariants(Invariant.named("stock").range("domain.stock.*", 0, null))
				.build())
			.withMessageContaining("audit rule 'invariant:stock' is violated: 'domain.stock.apples' is below min=0")
			.withMessageContaining("resource='initial.yml', line=3");
		assertThatExceptionOfType(InvalidInitialStateException.class)
			.isThrownBy(() -> TheusEngine.builder()
				.initialState(() -> Map.of("domain", Map.of("stock", Map.of("apples", -1))))
				.invariants(Invariant.named("stock").range("domain.stock.*", 0, null))
				.build())
			.withMessageContaining("'domain.stock.apples' is below min=0");
	}

	@Test
	void initialStateIsNoChange() {
		engine(money(), Invariant.named("step").step("domain.*", 0, 1), Invariant.named("up").increasing("domain.*"),
				Invariant.named("growth").expression("now.domain.a <= before.domain.a + 1"));
		assertThat(this.engine.state().version()).isEqualTo(1);
		assertThat(this.engine.audit().counts()).isEmpty();
	}

	@Test
	void administratorIsNeverRefusedButLeavesAnEntry() {
		engine(stock(AuditLevel.STOP), money());
		this.engine.edit("repair", (tx) -> tx.set("domain.a", -1));
		assertThat(this.engine.audit().stop()).isEmpty();
		assertThat(this.commits.get(1).verdicts()).extracting("rule")
			.containsExactly("invariant:stock", "invariant:money");
		assertThat(this.engine.audit().trail().entries()).extracting(AuditEntry::kind)
			.containsExactly(AuditEntry.Kind.INVARIANT, AuditEntry.Kind.INVARIANT, AuditEntry.Kind.EDIT);
		assertThat(this.engine.audit().trail().entries().get(0).level()).isEqualTo(AuditLevel.STOP);
		write((tx) -> {
			tx.set("domain.a", 0);
			tx.set("domain.b", 4);
		});
	}

	@Test
	void revertAndRestoreMoveTheStartOfATick() {
		engine(Invariant.named("once").tick(Tick.every(Duration.ofDays(1))).step("domain.counter", 0, 1), money());
		this.engine.execute("bump");
		long version = this.engine.state().version();
		this.engine.execute("deposit");
		this.engine.history().restore(version, "back");
		this.engine.history().revert(version, "undo");
		assertThat(this.engine.state().get("domain.counter", Long.class)).isZero();
		this.engine.execute("bump");
		assertThatExceptionOfType(AuditBlockException.class).isThrownBy(() -> this.engine.execute("bump"));
		write((tx) -> {
			tx.set("domain.a", 0);
			tx.set("domain.b", 10);
		});
	}

	@Test
	void forkBeginsToRememberAnew() {
		engine(Invariant.named("once").tick(Tick.every(Duration.ofDays(1))).step("domain.counter", 0, 1), money());
		this.engine.execute("bump");
		try (TheusEngine fork = this.engine.fork(this.engine.state().version())) {
			fork.execute("bump");
			assertThatExceptionOfType(AuditBlockException.class).isThrownBy(() -> fork.execute("bump"));
			assertThatExceptionOfType(AuditException.class)
				.isThrownBy(() -> fork.transact(TransactionOptions.named("fork"), (tx) -> {
					tx.set("domain.a", 0);
					return true;
				}));
		}
		assertThatExceptionOfType(AuditBlockException.class).isThrownBy(() -> this.engine.execute("bump"));
	}

	@Test
	void violationOnlyTogetherWithOthersIsRetried() {
		List<Long> seen = new ArrayList<>();
		engine((builder) -> builder.process("half", (spec) -> spec.updates("domain.b").body((state, args) -> {
			seen.add(state.version());
			if (seen.size() == 1) {
				Thread other = new Thread(() -> write((tx) -> tx.set("domain.a", 9)));
				other.start();
				join(other);
			}
			state.set("domain.b", 9L);
			return null;
		})), Invariant.named("limit").expression("now.domain.a + now.domain.b <= 15"));
		assertThatExceptionOfType(AuditBlockException.class).isThrownBy(() -> this.engine.execute("half"))
			.satisfies((ex) -> assertThat(ex.count()).isEqualTo(1));
		assertThat(seen).as("the conflict was retried, and the second attempt is wrong by itself").hasSize(2);
		assertThatExceptionOfType(ConflictException.class)
			.isThrownBy(() -> this.engine.transact(TransactionOptions.named("once"), (tx) -> {
				Thread other = new Thread(() -> write((mine) -> mine.set("domain.a", 10)));
				other.start();
				join(other);
				tx.set("domain.b", 6);
				return true;
			}))
			.withMessageContaining("together with other commits it breaks a rule: audit rule 'invariant:limit'");
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	// Declarations

	@Test
	void namesOfProcessesAndWorkflowsMustExist() throws InterruptedException {
		assertThatExceptionOfType(InvalidInvariantException.class)
			.isThrownBy(() -> engine(Invariant.named("money").sumConserved(List.of("domain.*"), List.of("deposits"))))
			.withMessage(
					"invariant 'money' cannot be enforced: process 'deposits' is not found, did you mean 'deposit', "
							+ "known=[bump, bump-too, deposit, tock]");
		assertThatExceptionOfType(InvalidInvariantException.class)
			.isThrownBy(() -> engine(Invariant.named("once").tick(Tick.run("daily")).increasing("domain.a")))
			.withMessage("invariant 'once' cannot be enforced: workflow 'daily' is not found, known=[]");
	}

	@Test
	void namesAreTakenOnce() {
		assertThatExceptionOfType(InvalidInvariantException.class)
			.isThrownBy(() -> engine(stock(AuditLevel.BLOCK), stock(AuditLevel.STOP)))
			.withMessage("invariant 'stock' cannot be enforced: the name is taken by another one, choose another name");
	}

}
