package io.theus.process;

import java.time.DayOfWeek;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.theus.ContractVariable;
import io.theus.OtherThreads;
import io.theus.ProcessContext;
import io.theus.Semantic;
import io.theus.annotation.Input;
import io.theus.annotation.Output;
import io.theus.annotation.Process;
import io.theus.contract.ContractViolationException;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.run.Run;
import io.theus.run.RunState;
import io.theus.state.NoSuchPathException;
import io.theus.transaction.TransactionOptions;
import io.theus.workflow.Workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ContractVariableTests {

	private static final ThreadLocal<Object> TENANT = new ThreadLocal<>();

	private final AtomicInteger asked = new AtomicInteger();

	private final CountDownLatch gate = new CountDownLatch(1);

	private final Shop shop = new Shop();

	private final TheusEngine engine = engine();

	private TheusEngine engine() {
		TheusEngineBuilder builder = TheusEngine.builder()
			.contractVariables(ContractVariable.of("tenant", this::tenant), ContractVariable.of("broken", () -> {
				throw new UnsupportedOperationException("no request");
			}))
			.processes(this.shop)
			.initialState(() -> Map.of("domain.stock", Map.of("acme", 1, "bolt", 2, "*", 3, "a.b", 4)));
		process(builder, "note.write",
				(spec) -> spec.updates("domain.notes.{@tenant}.{key}")
					.argument("key", String.class)
					.body((state, args) -> {
						state.upsert("domain.notes['" + TENANT.get() + "']." + args.get("key"), 1,
								(count) -> count + 1);
						return null;
					}));
		// Says for which tenant it runs by trying them
		process(builder, "note.whose", (spec) -> spec.inputs("domain.stock.{@tenant}").body((state, args) -> {
			for (String each : List.of("acme", "bolt")) {
				try {
					state.get("domain.stock." + each);
					return each;
				}
				catch (ContractViolationException ex) {
					// Of another tenant
				}
			}
			return null;
		}));
		process(builder, "held", (spec) -> spec.body((state, args) -> this.gate.await(10, TimeUnit.SECONDS)));
		process(builder, "plain", (spec) -> spec.outputs("domain.plain").body((state, args) -> {
			state.set("domain.plain", 1);
			return null;
		}));
		process(builder, "failing",
				(spec) -> spec.inputs("domain.stock.{@broken}").body((state, args) -> this.asked.incrementAndGet()));
		builder.workflows(Workflow.named("slow").process("held").process("note.whose").build());
		TheusEngine built = builder.build();
		this.shop.state = built.context();
		this.shop.engine = built;
		return built;
	}

	private static void process(TheusEngineBuilder builder, String id, Consumer<ProcessSpec> declaration) {
		builder.process(id, declaration);
	}

	private Object tenant() {
		this.asked.incrementAndGet();
		return TENANT.get();
	}

	@AfterEach
	void close() {
		TENANT.remove();
		this.gate.countDown();
		this.engine.close();
	}

	@Test
	void variableNarrowsTheContract() {
		TENANT.set("acme");
		assertThat(this.engine.<Integer>execute("read", "acme")).isEqualTo(1);
		assertThatExceptionOfType(ContractViolationException.class)
			.isThrownBy(() -> this.engine.execute("read", "bolt"))
			.withMessage("read of 'domain.stock['bolt']' is not declared by process 'shop.read': "
					+ "declared=[domain.stock.{@tenant}], add it to inputs");
		TENANT.set("bolt");
		assertThat(this.engine.<Integer>execute("read", "bolt")).isEqualTo(2);
	}

	@Test
	void variableNarrowsOutputsBesideArguments() {
		TENANT.set("acme");
		this.engine.execute("note.write", "n1");
		this.engine.execute("note.write", "n1");
		assertThat(this.engine.state().get("domain.notes.acme.n1", Integer.class)).isEqualTo(2);
	}

	@Test
	void inputsAndReturnValuesAreFoundByVariables() {
		TENANT.set("bolt");
		assertThat(this.engine.<Integer>execute("twice", 1)).isEqualTo(4);
		assertThat(this.engine.state().get("domain.twice.bolt")).isEqualTo(4);
	}

	@Test
	void valueIsOneLiteralSegmentAndNeverParsed() {
		TENANT.set("*");
		assertThat(this.engine.<Integer>execute("read", "*")).isEqualTo(3);
		assertThatExceptionOfType(ContractViolationException.class)
			.isThrownBy(() -> this.engine.execute("read", "acme"));
		TENANT.set("a.b");
		assertThat(this.engine.<Integer>execute("read", "a.b")).isEqualTo(4);
		for (Object key : List.of(7, 7L, DayOfWeek.MONDAY, UUID.randomUUID(), Optional.of("x"))) {
			TENANT.set(key);
			String text = key.toString().replace("Optional[x]", "x");
			assertThatExceptionOfType(NoSuchPathException.class).as(text)
				.isThrownBy(() -> this.engine.execute("read", text));
		}
	}

	@Test
	void valueThatIsNoKeyFailsBeforeTheBody() {
		refused(null, "null");
		refused("", "a value of type java.lang.String that is empty");
		refused(1.5, "a value of type java.lang.Double");
		refused(Optional.empty(), "null");
		refused(new String[] { "acme" }, "a value of type [Ljava.lang.String;");
		refused(List.of("acme"), "a value of type " + List.of("acme").getClass().getName());
		assertThat(this.shop.runs).isZero();
	}

	private void refused(Object value, String problem) {
		TENANT.set(value);
		for (String process : List.of("read", "twice")) {
			assertThatExceptionOfType(InvalidArgumentException.class)
				.isThrownBy(() -> this.engine.execute(process, process.equals("read") ? "acme" : 1))
				.withMessage("argument '@tenant' of process 'shop." + process + "' is invalid: " + problem
						+ " cannot be a key of the state, let its contract variable give non-empty text, an integer, an "
						+ "enum or a UUID");
		}
	}

	@Test
	void variableThatFailsFailsBeforeTheBody() {
		assertThatExceptionOfType(InvalidArgumentException.class).isThrownBy(() -> this.engine.execute("failing"))
			.withMessage(
					"argument '@broken' of process 'failing' is invalid: its contract variable has no value on this "
							+ "thread, it failed with java.lang.UnsupportedOperationException")
			.withCauseInstanceOf(UnsupportedOperationException.class);
		assertThat(this.asked).hasValue(0);
	}

	@Test
	void processWithoutVariablesAsksForNone() {
		this.engine.execute("plain");
		assertThat(this.asked).hasValue(0);
	}

	@Test
	void allAttemptsSeeOneValue() {
		TENANT.set("acme");
		this.shop.between = () -> {
			TENANT.set("bolt");
			OtherThreads.run(() -> this.engine.edit("meanwhile", (tx) -> tx.set("domain.stock.acme", 10)));
		};
		assertThat(this.engine.<Integer>execute("readAndWrite", "acme")).isEqualTo(10);
		assertThat(this.shop.runs).isEqualTo(2);
		assertThat(this.asked).hasValue(1);
	}

	@Test
	void joinedProcessesSeeTheSameValue() {
		TENANT.set("acme");
		this.shop.between = () -> TENANT.set("bolt");
		assertThat(this.engine.<String>execute("outer", "acme")).isEqualTo("acme");
		assertThat(this.asked).hasValue(1);
		assertThat(this.engine.<String>execute("note.whose")).as("the next execution").isEqualTo("bolt");
	}

	@Test
	void processesJoinedByOneWithoutVariablesSeeTheSameValue() {
		TENANT.set("acme");
		this.shop.between = () -> TENANT.set("bolt");
		assertThat(this.engine.<List<String>>execute("outerWithout")).containsExactly("acme", "acme");
	}

	@Test
	void processesOfAnExplicitTransactionAreExecutionsOfTheirOwn() {
		TENANT.set("acme");
		String seen = this.engine.transact(TransactionOptions.DEFAULT, (tx) -> {
			String first = this.engine.execute("note.whose");
			TENANT.set("bolt");
			return first + " " + this.engine.<String>execute("note.whose");
		});
		assertThat(seen).isEqualTo("acme bolt");
	}

	@Test
	void asynchronousExecutionSeesTheValueOfTheSubmittingThread() {
		TENANT.set("acme");
		CompletableFuture<String> first = this.engine.executeAsync("note.whose");
		TENANT.set("bolt");
		CompletableFuture<String> second = this.engine.executeAsync("note.whose", Map.of());
		TENANT.remove();
		assertThat(first.join()).isEqualTo("acme");
		assertThat(second.join()).isEqualTo("bolt");
		assertThat(this.engine.<String>executeAsync("note.whose")).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.withMessageContaining("argument '@tenant' of process 'note.whose' is invalid: null cannot be a key");
	}

	@Test
	void asynchronousExecutionFromWithinAnotherSeesItsValue() {
		TENANT.set("acme");
		this.shop.between = () -> TENANT.set("bolt");
		this.engine.execute("submitter", "acme");
		assertThat(this.shop.submitted.join()).isEqualTo("acme");
		TENANT.set("acme");
		this.engine.executeAsync("submitter", "acme").join();
		assertThat(this.shop.submitted.join()).as("from a thread of the engine").isEqualTo("acme");
	}

	@Test
	void startedRunKeepsTheValueOfItsStart() throws InterruptedException {
		TENANT.set("acme");
		Run run = this.engine.workflows().start("slow");
		TENANT.set("bolt");
		this.gate.countDown();
		assertThat(run.await(Duration.ofSeconds(30))).isTrue();
		assertThat(run.error()).isEmpty();
		assertThat(run.result()).isEqualTo("acme");
	}

	@Test
	void runOnTheCallingThreadKeepsTheValueOfItsStart() {
		TENANT.set("acme");
		this.gate.countDown();
		TheusEngine changing = TheusEngine.builder()
			.contractVariables(ContractVariable.of("tenant", this::tenant))
			.process("change", (spec) -> spec.body((state, args) -> {
				TENANT.set("bolt");
				return null;
			}))
			.process("whose", (spec) -> spec.outputs("domain.{@tenant}").body((state, args) -> {
				state.set("domain.acme", 1);
				return null;
			}))
			.workflows(Workflow.named("both").process("whose").process("change").process("whose").id("again").build())
			.build();
		try (changing) {
			assertThat(changing.workflows().run("both").state()).isEqualTo(RunState.COMPLETED);
			assertThat(this.asked).hasValue(1);
			assertThatExceptionOfType(ContractViolationException.class).as("after the run")
				.isThrownBy(() -> changing.execute("whose"));
		}
	}

	static class Shop {

		private ProcessContext state;

		private TheusEngine engine;

		private volatile CompletableFuture<String> submitted;

		private int runs;

		private Runnable between = () -> {
		};

		@Process(inputs = "domain.stock.{@tenant}")
		int read(String key) {
			this.runs++;
			return this.state.get("domain.stock['" + key + "']", Integer.class);
		}

		@Process(semantic = Semantic.PURE)
		@Output("domain.twice.{@tenant}")
		int twice(@Input("domain.stock.{@tenant}") int stock, int unused) {
			this.runs++;
			return 2 * stock;
		}

		@Process(inputs = "domain.stock.{@tenant}", outputs = "domain.copy.{@tenant}")
		int readAndWrite(String key) {
			int found = read(key);
			if (this.runs == 1) {
				this.between.run();
			}
			this.state.set("domain.copy." + key, found);
			return found;
		}

		@Process(inputs = "domain.stock.{@tenant}")
		String outer(String key) {
			read(key);
			this.between.run();
			return this.engine.execute("note.whose");
		}

		@Process
		List<String> outerWithout() {
			String first = this.engine.execute("note.whose");
			this.between.run();
			return List.of(first, this.engine.<String>execute("note.whose"));
		}

		@Process(inputs = "domain.stock.{@tenant}")
		void submitter(String key) {
			read(key);
			this.between.run();
			this.submitted = this.engine.executeAsync("note.whose");
		}

	}

}
