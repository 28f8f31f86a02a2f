package io.theus.process;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.theus.Isolation;
import io.theus.MapPath;
import io.theus.Merging;
import io.theus.OtherThreads;
import io.theus.StatePath;
import io.theus.TransactionContext;
import io.theus.annotation.Merge;
import io.theus.annotation.TheusState;
import io.theus.conflict.ConflictSettings;
import io.theus.contract.ContractViolationException;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.path.ZoneViolationException;
import io.theus.schema.InvalidSchemaException;
import io.theus.state.IncompatibleValueException;
import io.theus.state.InvalidMergeRuleException;
import io.theus.state.InvalidWriteException;
import io.theus.state.State;
import io.theus.transaction.TransactionOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests of what transactions bring along instead of reading and writing.
 */
class MergeRuleTests {

	private final AtomicInteger attempts = new AtomicInteger();

	private final TheusEngineBuilder builder = TheusEngine.builder()
		.conflicts(new ConflictSettings(3, Duration.ZERO, Duration.ZERO))
		.merge("domain.sum", Merging.SUM)
		.merge("domain.counts.*", Merging.SUM)
		.merge("domain.most", Merging.MAX)
		.merge("domain.least", Merging.MIN)
		.merge("domain.list", Merging.APPEND)
		.merge("domain.tags", Merging.UNION)
		.merge("domain.own", (stored, operand) -> (stored != null) ? stored + "+" + operand : operand);

	private TheusEngine engine;

	@AfterEach
	void close() {
		if (this.engine != null) {
			this.engine.close();
		}
	}

	@Test
	void whoOnlyAddsNeverConflicts() {
		this.engine = this.builder.conflicts(new ConflictSettings(1, Duration.ZERO, Duration.ZERO)).build();
		OtherThreads.runAll(8, (thread) -> {
			for (int i = 0; i < 250; i++) {
				int amount = i;
				change((tx) -> {
					tx.add("domain.sum", 1L);
					tx.add("domain.counts.c" + amount % 3, 2);
				});
			}
		});
		State state = this.engine.state();
		assertThat(state.get("domain.sum")).isEqualTo(2000L);
		assertThat(List.of("c0", "c1", "c2")
			.stream()
			.mapToInt((key) -> state.get("domain.counts." + key, Integer.class))
			.sum()).isEqualTo(4000);
		assertThat(state.version()).isEqualTo(2000);
		assertThat(this.engine.conflicts(0).refused()).isZero();
	}

	@Test
	void eachOperationIsRepeatedOnWhatOthersHaveCommitted() {
		this.builder.initialState(() -> Map.of("domain", Map.of("sum", 1, "most", 5, "list", List.of("a"))));
		run((context) -> {
			context.add("domain.sum", 10);
			context.max("domain.most", 7);
			context.min("domain.least", new BigDecimal("3.5"));
			context.append("domain.list", "mine");
			context.union("domain.tags", List.of("x", "y"));
			context.combine("domain.own", "mine");
		}, (other) -> {
			other.add("domain.sum", 100);
			other.max("domain.most", 6);
			other.min("domain.least", new BigDecimal("2.5"));
			other.append("domain.list", "theirs");
			other.union("domain.tags", Set.of("y", "z"));
			other.combine("domain.own", "theirs");
		});
		assertThat(this.attempts).hasValue(1);
		assertThat(this.engine.state().get("domain"))
			.isEqualTo(Map.of("sum", 111, "most", 7, "least", new BigDecimal("2.5"), "list",
					List.of("a", "theirs", "mine"), "tags", Set.of("x", "y", "z"), "own", "theirs+mine"));
	}

	@Test
	void readUpdateAndSetOfAMergedPathAreValidatedAsUsual() {
		for (Consumer<TransactionContext> body : List.<Consumer<TransactionContext>>of((tx) -> {
			tx.add("domain.sum", 1);
			tx.getOrDefault("domain.sum", 0);
		}, (tx) -> tx.upsert("domain.sum", 1, (sum) -> sum + 1), (tx) -> {
			tx.set("domain.sum", 1);
			tx.add("domain.sum", 1);
		})) {
			run(body, (other) -> other.add("domain.sum", 100));
			assertThat(this.attempts).hasValue(2);
			this.engine.close();
		}
	}

	@Test
	void valueIsReadBackAsItWouldBe() {
		this.builder.initialState(() -> Map.of("domain", Map.of("sum", 40)));
		run((context) -> {
			context.add("domain.sum", 1);
			context.add("domain.sum", 1);
			assertThat(context.get("domain.sum", Integer.class)).isEqualTo(42);
		}, (other) -> {
		});
		assertThat(this.engine.state().get("domain.sum")).isEqualTo(42);
	}

	@Test
	void safeWorkConflictsLikeWithAnyChange() {
		run(Isolation.SAFE, (context) -> context.add("domain.sum", 1), (other) -> other.add("domain.sum", 100));
		assertThat(this.attempts).hasValue(2);
		assertThat(this.engine.state().get("domain.sum")).isEqualTo(101);
	}

	@Test
	void withoutARuleAnOperationConflictsLikeAnyWrite() {
		this.builder.initialState(() -> Map.of("domain", Map.of("plain", 1)));
		run((context) -> context.add("domain.plain", 1), (other) -> other.add("domain.plain", 100));
		assertThat(this.attempts).hasValue(2);
		assertThat(this.engine.state().get("domain.plain")).isEqualTo(102);
	}

	@Test
	void operationsOfAFailedPartAreForgotten() {
		run((context) -> {
			context.add("domain.sum", 1);
			assertThatIllegalStateException()
				.isThrownBy(() -> this.engine.transact(TransactionOptions.DEFAULT, (part) -> {
					part.add("domain.sum", 1000);
					part.append("domain.list", "gone");
					throw new IllegalStateException("the part fails");
				}));
		}, (other) -> other.add("domain.sum", 100));
		assertThat(this.attempts).hasValue(1);
		assertThat(this.engine.state().get("domain")).isEqualTo(Map.of("sum", 101));
	}

	@Test
	void replacementOfTheParentHoldsWhatWasAddedBefore() {
		run((context) -> {
			context.add("domain.counts.a", 1);
			context.set("domain.counts", Map.of("b", 5));
			context.add("domain.counts.b", 1);
		}, (other) -> other.set("domain.elsewhere", 1));
		assertThat(this.attempts).hasValue(1);
		assertThat(this.engine.state().get("domain.counts")).isEqualTo(Map.of("b", 6));
	}

	@Test
	void operationThatChangesNothingMakesNoVersion() {
		this.builder.initialState(() -> Map.of("domain", Map.of("most", 5)));
		run((context) -> context.max("domain.most", 7), (other) -> other.max("domain.most", 9));
		assertThat(this.attempts).hasValue(1);
		assertThat(this.engine.state().version()).isEqualTo(2);
		assertThat(this.engine.state().get("domain.most")).isEqualTo(9);
	}

	@Test
	void historyHoldsWhatTheCommitMadeOfIt() {
		run((context) -> context.add("domain.sum", 1), (other) -> other.add("domain.sum", 100));
		assertThat(this.engine.history().log("domain.sum")).flatExtracting((commit) -> commit.changes())
			.extracting((change) -> change.before().orElse(0), (change) -> change.after().orElse(0))
			.containsExactly(tuple(0, 100), tuple(100, 101));
	}

	@Test
	void typedPathsTakeTypedOperands() {
		this.engine = this.builder.build();
		StatePath<Long> sum = StatePath.of("domain.sum", Long.class);
		MapPath<String, Long> counts = MapPath.of("domain.counts", String.class, Long.class);
		change((tx) -> {
			tx.add(sum, 5L);
			tx.add(counts, "a", 7L);
			tx.max(StatePath.of("domain.most", Integer.class), 3);
			tx.min(StatePath.of("domain.least", String.class), "b");
		});
		assertThat(this.engine.state().get("domain"))
			.isEqualTo(Map.of("sum", 5L, "counts", Map.of("a", 7L), "most", 3, "least", "b"));
	}

	@Test
	void ruleIsDeclaredInTheSchema() {
		this.builder.schema(Stock.class)
			.initialState(() -> Map.of("domain", Map.of("stock", new Stock(10, Set.of("new"), "note"))));
		run((context) -> {
			context.add("domain.stock.quantity", -1);
			context.union("domain.stock.marks", List.of("sold"));
		}, (other) -> {
			other.add("domain.stock.quantity", -2);
			other.union("domain.stock.marks", List.of("seen"));
			other.set("domain.stock.note", "theirs");
		});
		assertThat(this.attempts).hasValue(1);
		assertThat(this.engine.state().get("domain.stock"))
			.isEqualTo(new Stock(7, Set.of("new", "sold", "seen"), "theirs"));
	}

	@Test
	void contractAsksForTheOutputButNotForTheInput() {
		this.engine = this.builder
			.process("shop.count", (process) -> process.outputs("domain.sum").body((context, arguments) -> {
				context.add("domain.sum", 1);
				return null;
			}))
			.process("shop.cheat", (process) -> process.inputs("domain.sum").body((context, arguments) -> {
				context.add("domain.sum", 1);
				return null;
			}))
			.build();
		this.engine.execute("shop.count");
		this.engine.execute("shop.count");
		assertThat(this.engine.state().get("domain.sum")).isEqualTo(2);
		assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> this.engine.execute("shop.cheat"))
			.withMessageContaining("write to 'domain.sum' is not declared by process 'shop.cheat'");
	}

	@Test
	void zonesBindOperationsToo() {
		this.engine = this.builder.initialState(() -> Map.of("domain", Map.of("const_rate", 1))).build();
		assertThatExceptionOfType(ZoneViolationException.class)
			.isThrownBy(() -> change((tx) -> tx.add("domain.const_rate", 1)));
		assertThatExceptionOfType(ZoneViolationException.class)
			.isThrownBy(() -> change((tx) -> tx.add("domain.log_sum", 1)));
	}

	@Test
	void refusalsSayWhatToDo() {
		this.engine = this.builder
			.initialState(
					() -> Map.of("domain", Map.of("text", "t", "sum", 1, "full", Integer.MAX_VALUE, "list", List.of())))
			.build();
		State before = this.engine.state();
		refuses((tx) -> tx.max("domain.sum", 1),
				"path 'domain.sum' cannot be written: it is merged by another operation, found=max, use add");
		refuses((tx) -> tx.add("domain.own", 1),
				"path 'domain.own' cannot be written: it is merged by another operation, found=add, use combine");
		refuses((tx) -> tx.combine("domain.text", 1),
				"path 'domain.text' cannot be written: no merge rule is declared for it, declare one or use update, found=combine");
		refuses((tx) -> tx.add("domain.text", 1),
				"path 'domain.text' cannot be written: add needs a number, found=String, use set");
		refuses((tx) -> tx.union("domain.list", List.of(1)),
				"path 'domain.list' cannot be written: it is merged by another operation, found=union, use append");
		refuses((tx) -> tx.add("domain.full", 1),
				"path 'domain.full' cannot be written: the sum is out of range: type=Integer stored=2147483647 added=1, "
						+ "store a type with a greater range");
		refuses((tx) -> tx.add("domain", 1), "path 'domain' cannot be written: it is a layer, add to a path below it");
		assertThatExceptionOfType(IncompatibleValueException.class)
			.isThrownBy(() -> change((tx) -> tx.add("domain.sum", 0.5)));
		assertThat(this.engine.state()).isSameAs(before);
	}

	private void refuses(Consumer<TransactionContext> body, String message) {
		assertThatExceptionOfType(InvalidWriteException.class).isThrownBy(() -> change(body)).withMessage(message);
	}

	@Test
	void rulesAreCheckedWhenTheEngineStarts() {
		assertThatExceptionOfType(InvalidMergeRuleException.class)
			.isThrownBy(() -> TheusEngine.builder().merge("domain.**", Merging.SUM).build())
			.withMessage("merge rule for 'domain.**' is invalid: it must lead from a layer to a value without '**' and "
					+ "placeholders, use '*' for any key");
		assertThatExceptionOfType(InvalidMergeRuleException.class).isThrownBy(
				() -> TheusEngine.builder().merge("domain.*.n", Merging.SUM).merge("domain.a.n", Merging.MAX).build())
			.withMessage(
					"merge rule for 'domain.a.n' is invalid: 'domain.*.n' is about the same places, keep one of them");
		assertThatExceptionOfType(InvalidSchemaException.class)
			.isThrownBy(() -> TheusEngine.builder().schema(Unsuitable.class).build())
			.withMessageContaining("SUM merges numbers only, change the type or the way of merging");
	}

	private void run(Consumer<TransactionContext> body, Consumer<TransactionContext> meanwhile) {
		run(Isolation.DEFAULT, body, meanwhile);
	}

	// Another transaction commits between the body and the commit of its first attempt
	private void run(Isolation isolation, Consumer<TransactionContext> body, Consumer<TransactionContext> meanwhile) {
		this.attempts.set(0);
		this.engine = this.builder.process("shop.run",
				(process) -> process.updates("domain").isolation(isolation).body((context, arguments) -> {
					body.accept(context);
					if (this.attempts.incrementAndGet() == 1) {
						OtherThreads.run(() -> change(meanwhile));
					}
					return null;
				}))
			.build();
		this.engine.execute("shop.run");
	}

	private void change(Consumer<TransactionContext> body) {
		this.engine.transact(TransactionOptions.named("change"), (transaction) -> {
			body.accept(transaction);
			return true;
		});
	}

	/**
	 * A record with merged components.
	 *
	 * @param quantity how many there are
	 * @param marks what was noticed
	 * @param note what is written as usual
	 */
	@TheusState("domain.stock")
	record Stock(@Merge(Merging.SUM) int quantity, @Merge(Merging.UNION) Set<String> marks, String note) {

	}

	/**
	 * A record with a component that cannot be merged so.
	 *
	 * @param name no number
	 */
	@TheusState("domain.unsuitable")
	record Unsuitable(@Merge(Merging.SUM) String name) {

	}

}
