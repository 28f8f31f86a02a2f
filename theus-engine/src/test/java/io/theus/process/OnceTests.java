package io.theus.process;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.theus.ContractVariable;
import io.theus.Isolation;
import io.theus.Merging;
import io.theus.OtherThreads;
import io.theus.ProcessContext;
import io.theus.Semantic;
import io.theus.annotation.Input;
import io.theus.annotation.Process;
import io.theus.conflict.ConflictSettings;
import io.theus.contract.ContractViolationException;
import io.theus.contract.InvalidContractException;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.state.State;
import io.theus.store.CommitRecord;
import io.theus.store.RecordedExecution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests that an execution under a key happens once.
 */
@Timeout(120)
class OnceTests {

	private static final Executor THREADS = (task) -> new Thread(task, "other").start();

	private final AtomicInteger bodies = new AtomicInteger();

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

	private final List<CommitRecord> records = new ArrayList<>();

	private final TheusEngineBuilder builder = TheusEngine.builder()
		.initialState(() -> Map.of("domain", Map.of("count", 0)))
		.conflicts(new ConflictSettings(50, Duration.ZERO, Duration.ZERO))
		.clock(clock(this.now::get))
		.commitListener(this.records::add);

	private TheusEngine engine;

	@Test
	void repetitionReturnsWhatWasRecordedAndDoesNothing() {
		counting();
		assertThat(this.engine.<Integer>execute("count", "m-1", 5)).isEqualTo(5);
		State before = this.engine.state();
		assertThat(this.engine.<Integer>execute("count", "m-1", 5)).isEqualTo(5);
		assertThat(this.engine.<Integer>execute("shop.count", Map.of("by", 5L, "id", "m-1"))).isEqualTo(5);
		assertThat(this.engine.state()).isSameAs(before);
		assertThat(this.bodies).hasValue(1);
		assertThat(this.engine.<Integer>execute("count", "m-2", 5)).isEqualTo(10);
	}

	@Test
	void otherArgumentsUnderTheSameKeyAreRefused() {
		counting();
		this.engine.execute("count", "m-1", 5);
		State before = this.engine.state();
		assertThatExceptionOfType(KeyReuseException.class).isThrownBy(() -> this.engine.execute("count", "m-1", 6))
			.satisfies((ex) -> {
				assertThat(ex.process()).isEqualTo("shop.count");
				assertThat(ex.key()).isEqualTo("m-1");
				assertThat(ex.recorded()).hasSize(64).isNotEqualTo(ex.given());
				assertThat(ex).hasMessage(
						"a key of process 'shop.count' belongs to an execution with other arguments: length=3 "
								+ "recorded=%s given=%s, use another key for another call",
						ex.recorded().substring(0, 12), ex.given().substring(0, 12));
			});
		assertThat(this.engine.state()).isSameAs(before);
	}

	@Test
	void keyIsOneOfItsProcess() {
		this.builder.process("shop.other",
				(spec) -> spec.argument("id", String.class).once("{id}", Duration.ofDays(1)).body((c, a) -> "other"));
		counting();
		this.engine.execute("count", "m-1", 5);
		assertThat(this.engine.<String>execute("other", "m-1")).isEqualTo("other");
	}

	@Test
	void recordIsPartOfTheCommit() {
		counting();
		this.engine.execute("count", "m-1", 5);
		CommitRecord record = this.records.get(this.records.size() - 1);
		assertThat(record.executions()).singleElement().satisfies((execution) -> {
			assertThat(execution.process()).isEqualTo("shop.count");
			assertThat(execution.key()).isEqualTo("m-1");
			assertThat(execution.fingerprint()).matches("[0-9a-f]{64}");
			assertThat(execution.result()).isEqualTo(5);
			assertThat(execution.retention()).isEqualTo(Duration.ofDays(1));
		});
		assertThat(record.changes()).hasSize(1);
	}

	@Test
	void ofTwoExecutionsAtTheSameTimeOneCommitsAndTheOtherRepeats() {
		List<Object> results = new ArrayList<>();
		this.builder.process("shop.run",
				(spec) -> spec.argument("id", String.class)
					.once("{id}", Duration.ofDays(1))
					.outputs("domain.{id}")
					.body((context, a) -> {
						int number = this.bodies.incrementAndGet();
						if (number == 1) {
							results.add(OtherThreads.call(() -> this.engine.execute("run", "m-1")));
						}
						return "body " + number;
					}));
		start();
		results.add(this.engine.execute("run", "m-1"));
		assertThat(results).containsExactly("body 2", "body 2");
		assertThat(this.bodies).hasValue(2);
		assertThat(executions()).hasSize(1);
	}

	@Test
	void manyExecutionsAtTheSameTimeAreOneCommit() {
		counting();
		Set<Object> results = ConcurrentHashMap.newKeySet();
		int rounds = 200;
		OtherThreads.runAll(4, (number) -> {
			for (int round = 0; round < rounds; round++) {
				results.add(round + "=" + this.engine.execute("count", "m-" + round, 1));
			}
		});
		assertThat(value("count")).isEqualTo(rounds);
		assertThat(results).hasSize(rounds);
		assertThat(executions()).hasSize(rounds);
	}

	@Test
	void keyKeepsApartWhatDoesNotConflictOtherwise() {
		this.builder.merge("domain.count", Merging.SUM)
			.process("shop.add",
					(spec) -> spec.argument("id", String.class)
						.once("{id}", Duration.ofDays(1))
						.outputs("domain.count")
						.body((context, arguments) -> {
							context.add("domain.count", 1);
							return null;
						}));
		start();
		int rounds = 500;
		OtherThreads.runAll(4, (number) -> {
			for (int round = 0; round < rounds; round++) {
				this.engine.execute("add", "m-" + round);
			}
		});
		assertThat(value("count")).isEqualTo(rounds);
		assertThat(executions()).hasSize(rounds);
	}

	@Test
	void sideEffectsHappenOnceAlsoAtTheSameTime() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		this.builder.process("shop.charge",
				(spec) -> spec.argument("id", String.class)
					.once("{id}", Duration.ofDays(1))
					.sideEffects("http:payments")
					.body((context, a) -> {
						begun.countDown();
						goOn.await(60, TimeUnit.SECONDS);
						return this.bodies.incrementAndGet();
					}));
		start();
		CompletableFuture<Object> first = CompletableFuture.supplyAsync(() -> this.engine.execute("charge", "c-1"),
				THREADS);
		begun.await(60, TimeUnit.SECONDS);
		CompletableFuture<Object> second = CompletableFuture.supplyAsync(() -> this.engine.execute("charge", "c-1"),
				THREADS);
		Awaitility.await().until(() -> this.engine.conflicts(1).line().size() == 2);
		goOn.countDown();
		assertThat(first.get(60, TimeUnit.SECONDS)).isEqualTo(1);
		assertThat(second.get(60, TimeUnit.SECONDS)).isEqualTo(1);
		assertThat(this.bodies).hasValue(1);
	}

	@Test
	void failedExecutionRecordsNothing() {
		this.builder.process("shop.fail",
				(spec) -> spec.argument("id", String.class).once("{id}", Duration.ofDays(1)).body((context, a) -> {
					if (this.bodies.incrementAndGet() == 1) {
						throw new IllegalStateException("broken on purpose");
					}
					return "done";
				}));
		start();
		assertThatIllegalStateException().isThrownBy(() -> this.engine.execute("fail", "m-1"));
		assertThat(this.engine.<String>execute("fail", "m-1")).isEqualTo("done");
	}

	@Test
	void keyIsForgottenAfterItsTime() {
		counting();
		this.engine.execute("count", "m-1", 5);
		this.now.set(Instant.EPOCH.plus(Duration.ofDays(1)).minusMillis(1));
		this.engine.execute("count", "m-1", 5);
		assertThat(this.bodies).hasValue(1);
		this.now.set(Instant.EPOCH.plus(Duration.ofDays(1)));
		assertThat(this.engine.<Integer>execute("count", "m-1", 7)).isEqualTo(12);
		assertThat(this.bodies).hasValue(2);
	}

	@Test
	void resultThatCannotBeRecordedIsRefused() {
		this.builder.process("shop.run",
				(spec) -> spec.argument("id", String.class)
					.once("{id}", Duration.ofDays(1))
					.outputs("domain.x")
					.body((context, a) -> {
						context.set("domain.x", 1);
						return new int[0];
					}));
		start();
		State before = this.engine.state();
		assertThatExceptionOfType(InvalidReturnException.class).isThrownBy(() -> this.engine.execute("run", "m-1"))
			.withMessage("return value of process 'shop.run' cannot be stored: under a key it would be returned "
					+ "again as java.lang.Object, return text, numbers, records, or List, Set or Map of these");
		assertThat(this.engine.state()).isSameAs(before);
	}

	@Test
	void resultIsReturnedAgainAsWhatTheMethodReturns() {
		Orders orders = new Orders(new CurrentContext());
		this.builder.processes(orders);
		start();
		for (int i = 0; i < 2; i++) {
			assertThat(this.engine.<Map<Long, List<Line>>>execute("lines", new Command("o-1", 2)))
				.isEqualTo(Map.of(7L, List.of(new Line("sku", 2))));
			assertThat(this.engine.<Object>execute("nothing", "m-1")).isNull();
			assertThat(this.engine.<Integer>execute("number", "m-1")).isEqualTo(3);
			assertThatExceptionOfType(InvalidReturnException.class).isThrownBy(() -> this.engine.execute("own", "m-1"))
				.withMessageContaining("under a key it would be returned again as java.lang.StringBuilder");
		}
		assertThat(orders.bodies).hasValue(3 + 2);
		assertThat(executions()).extracting(RecordedExecution::key).containsExactly("o-1/2", "m-1", "m-1");
	}

	@Test
	void joinedProcessIsRecordedWithItsCaller() {
		this.builder.process("shop.outer", (spec) -> spec.argument("fails", Boolean.class).body((context, a) -> {
			Object first = this.engine.execute("count", "m-1", 5);
			assertThat(this.engine.<Integer>execute("count", "m-1", 5)).as("within the transaction").isEqualTo(first);
			if (Boolean.TRUE.equals(a.get("fails"))) {
				throw new IllegalStateException("broken on purpose");
			}
			return first;
		}));
		counting();
		assertThatIllegalStateException().isThrownBy(() -> this.engine.execute("outer", true));
		assertThat(value("count")).isEqualTo(0);
		assertThat(this.engine.<Integer>execute("outer", false)).isEqualTo(5);
		assertThat(this.engine.<Integer>execute("outer", false)).isEqualTo(5);
		assertThat(this.engine.<Integer>execute("count", "m-1", 5)).isEqualTo(5);
		assertThat(this.bodies).hasValue(2);
		assertThat(value("count")).isEqualTo(5);
	}

	@Test
	void joinedProcessThatFailedAndWasCaughtIsNotRecorded() {
		this.builder.process("shop.inner", (spec) -> spec.argument("id", String.class).body((context, a) -> {
			this.engine.execute("count", a.get("id"), 5);
			throw new IllegalStateException("broken on purpose");
		})).process("shop.outer", (spec) -> spec.outputs("domain.x").body((context, a) -> {
			context.set("domain.x", 1);
			assertThatIllegalStateException().isThrownBy(() -> this.engine.execute("inner", "m-1"));
			return null;
		}));
		counting();
		this.engine.execute("outer");
		assertThat(executions()).isEmpty();
		assertThat(this.engine.<Integer>execute("count", "m-1", 5)).isEqualTo(5);
	}

	@Test
	void callerGivesAKey() {
		this.builder.process("shop.plain",
				(spec) -> spec.argument("by", Integer.class).updates("domain.count").body(this::count));
		counting();
		ExecutionKey key = ExecutionKey.of("k-1").retain(Duration.ofHours(1));
		assertThat(this.engine.<Integer>execute(key, "plain", 2)).isEqualTo(2);
		assertThat(this.engine.<Integer>execute(key, "shop.plain", Map.of("by", 2))).isEqualTo(2);
		assertThat(this.engine.<Integer>execute("plain", 2)).as("without a key").isEqualTo(4);
		assertThatExceptionOfType(KeyReuseException.class).isThrownBy(() -> this.engine.execute(key, "plain", 3));
		assertThat(this.engine.<Integer>execute(key, "count", "m-1", 1)).as("instead of its own").isEqualTo(5);
		assertThat(executions()).extracting(RecordedExecution::key).containsExactly("k-1", "k-1");
	}

	@Test
	void keyOfTheCallerIsNotOneOfWhatTheProcessCalls() {
		this.builder
			.process("shop.plain",
					(spec) -> spec.argument("by", Integer.class).updates("domain.count").body(this::count))
			.process("shop.twice", (spec) -> spec.body((context, a) -> {
				this.engine.execute("plain", 1);
				return this.engine.execute("plain", 1);
			}));
		start();
		assertThat(this.engine.<Integer>execute(ExecutionKey.of("k"), "twice")).isEqualTo(2);
		assertThat(this.engine.<Integer>execute(ExecutionKey.of("k"), "twice")).isEqualTo(2);
		assertThat(this.bodies).hasValue(2);
	}

	@Test
	void pureProcessNeedsNoKey() {
		this.builder.process("shop.pure", (spec) -> spec.semantic(Semantic.PURE).body((context, a) -> 1));
		start();
		assertThatIllegalArgumentException().isThrownBy(() -> this.engine.execute(ExecutionKey.of("k"), "pure"))
			.withMessage("execution of PURE process 'shop.pure' has a key, execute it without, "
					+ "to run it again changes nothing");
	}

	@Test
	void rawProcessCannotCommitTogetherWithAKey() {
		this.builder.process("shop.raw", (spec) -> spec.isolation(Isolation.RAW).body((context, a) -> 1));
		start();
		assertThatExceptionOfType(ContractViolationException.class)
			.isThrownBy(() -> this.engine.execute(ExecutionKey.of("k"), "raw"))
			.withMessage("execution of 'shop.raw' under a key is refused: with isolation=RAW each write is a commit "
					+ "of its own, use HYBRID or SAFE");
	}

	@Test
	void keyThatIsNoneIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> ExecutionKey.of(" "))
			.withMessage("execution key is blank: key=' ', use for example the id of a message");
		assertThatIllegalArgumentException().isThrownBy(() -> ExecutionKey.of("k").retain(Duration.ZERO))
			.withMessage("retention of execution key 'k' is not positive: retention=PT0S, use for example 7 days");
		counting();
		assertThatExceptionOfType(InvalidArgumentException.class).isThrownBy(() -> this.engine.execute("count", "", 5))
			.withMessageStartingWith("argument 'id' of process 'shop.count' is invalid: a value of type "
					+ "java.lang.String that is empty cannot be a key of the state");
	}

	@Test
	void declarationIsCheckedAtStartUp() {
		wrong("{massage}", (spec) -> spec,
				"placeholder '{massage}' in once '{massage}' has no source, did you mean 'message', "
						+ "name an argument or a contract variable: available=[message, @tenant]");
		wrong("message", (spec) -> spec, "once 'message' has no placeholder, name what identifies an execution, "
				+ "such as {messageId}: available=[message, @tenant]");
		wrong("{message", (spec) -> spec, "once '{message' has no placeholder, name what identifies an execution, "
				+ "such as {messageId}: available=[message, @tenant]");
		wrong("{message}", (spec) -> spec.semantic(Semantic.PURE),
				"a PURE process cannot declare once='{message}', remove it, to run it again changes nothing");
		assertThatExceptionOfType(InvalidContractException.class)
			.isThrownBy(() -> TheusEngine.builder().processes(new WithInput()).build())
			.withMessage("process 'withInput.run' is declared wrongly: placeholder '{order.id}' in once '{order.id}' "
					+ "has no source, name an argument or a contract variable: available=[id]");
		assertThatExceptionOfType(InvalidContractException.class)
			.isThrownBy(() -> TheusEngine.builder().processes(new WrongTime()).build())
			.withMessage("process 'wrongTime.run' is declared wrongly: retain 'soon' is no duration, "
					+ "write for example 500ms, 10s, 2m or PT10S");
	}

	@Test
	void keyMayNameAContractVariable() {
		AtomicReference<String> tenant = new AtomicReference<>("acme");
		this.builder.contractVariables(ContractVariable.of("tenant", tenant::get))
			.process("shop.run",
					(spec) -> spec.argument("id", String.class)
						.once("{@tenant}:{id}", Duration.ofDays(1))
						.body((context, a) -> this.bodies.incrementAndGet()));
		start();
		assertThat(this.engine.<Integer>execute("run", "m-1")).isEqualTo(1);
		tenant.set("bolt");
		assertThat(this.engine.<Integer>execute("run", "m-1")).isEqualTo(2);
		assertThat(executions()).extracting(RecordedExecution::key).containsExactly("acme:m-1", "bolt:m-1");
	}

	@Test
	void argumentWithoutAFingerprintIsRefused() {
		this.builder.process("shop.run", (spec) -> spec.argument("x", Object.class).body((context, a) -> 1));
		start();
		assertThatExceptionOfType(InvalidArgumentException.class)
			.isThrownBy(() -> this.engine.execute(ExecutionKey.of("k"), "run", Map.of("x", new int[0])))
			.withMessage("argument 'x' of process 'shop.run' is invalid: a value of type int[] has no fingerprint, "
					+ "and the execution has a key, pass text, numbers, records, lists, sets or maps");
	}

	private void wrong(String once, UnaryOperator<ProcessSpec> contract, String problem) {
		TheusEngineBuilder own = TheusEngine.builder()
			.contractVariables(ContractVariable.of("tenant", () -> "acme"))
			.process("shop.run",
					(spec) -> contract.apply(spec)
						.argument("message", String.class)
						.once(once, Duration.ofDays(1))
						.body((context, a) -> null));
		assertThatExceptionOfType(InvalidContractException.class).isThrownBy(own::build)
			.withMessage("process 'shop.run' is declared wrongly: " + problem);
	}

	private void counting() {
		this.builder.process("shop.count",
				(spec) -> spec.argument("id", String.class)
					.argument("by", Integer.class)
					.once("{id}", Duration.ofDays(1))
					.updates("domain.count")
					.body(this::count));
		start();
	}

	private Object count(ProcessContext context, Map<String, ?> arguments) {
		this.bodies.incrementAndGet();
		int by = (Integer) arguments.get("by");
		context.update("domain.count", Integer.class, (value) -> value + by);
		return context.get("domain.count");
	}

	private void start() {
		this.engine = this.builder.build();
	}

	private Object value(String key) {
		return this.engine.state().get("domain." + key);
	}

	private List<RecordedExecution> executions() {
		return this.records.stream().flatMap((record) -> record.executions().stream()).toList();
	}

	private static Clock clock(InstantSource source) {
		return source.withZone(ZoneOffset.UTC);
	}

	record Command(String orderId, int count) {

	}

	record Line(String sku, int count) {

	}

	static class Orders {

		private final ProcessContext context;

		private final AtomicInteger bodies = new AtomicInteger();

		Orders(ProcessContext context) {
			this.context = context;
		}

		@Process(once = "{cmd.orderId}/{cmd.count}", retain = "1h")
		Map<Long, List<Line>> lines(Command cmd) {
			this.bodies.incrementAndGet();
			return Map.of(7L, List.of(new Line("sku", cmd.count())));
		}

		@Process(once = "{id}")
		void nothing(String id) {
			this.bodies.incrementAndGet();
		}

		@Process(once = "{id}")
		int number(String id) {
			this.bodies.incrementAndGet();
			return this.context.processId().equals("orders.number") ? 3 : 0;
		}

		@Process(once = "{id}")
		StringBuilder own(String id) {
			this.bodies.incrementAndGet();
			return new StringBuilder(id);
		}

	}

	static class WithInput {

		@Process(once = "{order.id}")
		void run(String id, @Input("domain.orders.{id}") Map<String, Object> order) {
			// Refused before it can be called
		}

	}

	static class WrongTime {

		@Process(once = "{id}", retain = "soon")
		void run(String id) {
			// Refused before it can be called
		}

	}

}
