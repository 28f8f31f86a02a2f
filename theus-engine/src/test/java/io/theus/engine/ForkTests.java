package io.theus.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.theus.OtherThreads;
import io.theus.ProcessContext;
import io.theus.annotation.Output;
import io.theus.annotation.Process;
import io.theus.contract.ContractViolationException;
import io.theus.history.VersionNotKeptException;
import io.theus.path.ZoneViolationException;
import io.theus.process.CurrentContext;
import io.theus.process.ForkedSideEffectException;
import io.theus.process.ProcessNotFoundException;
import io.theus.signal.Signal;
import io.theus.state.State;
import io.theus.workflow.WorkflowParser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of private engines on a version of another one.
 */
class ForkTests {

	private final List<String> heard = new ArrayList<>();

	private final AtomicInteger charged = new AtomicInteger();

	private final Shop shop = new Shop();

	private final TheusEngine engine = TheusEngine.builder()
		.processes(this.shop)
		.commitListener((commit) -> this.heard.add("commit " + commit.version()))
		.processListener((execution) -> this.heard.add(execution.process().id()))
		.initialState(() -> Map.of("domain", Map.of("stock", 10, "paid", 0), "global", Map.of("const_rate", 2)))
		.build();

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void forkBeginsAtAVersionAndNobodyElseSeesWhatItCommits() {
		this.engine.execute("take", 1);
		this.engine.execute("take", 2);
		State before = this.engine.state();
		this.heard.clear();
		try (TheusEngine fork = this.engine.fork(2)) {
			assertThat(fork.state().get("domain.stock")).isEqualTo(9);
			fork.execute("take", 5);
			fork.edit("what if", (edit) -> edit.set("domain.price", 3));
			fork.compareAndSwap(fork.state().version(), Map.of("domain.price", 4));
			assertThat(fork.state().get("domain")).isEqualTo(Map.of("stock", 4, "paid", 0, "price", 4));
			assertThat(fork.state().version()).isEqualTo(5);
			assertThat(fork.history().commits()).extracting((commit) -> commit.version()).containsExactly(3L, 4L, 5L);
			assertThat(fork.history().at(2).get("domain.stock")).isEqualTo(9);
			assertThat(fork.metaLog().entries()).hasSize(3);
		}
		assertThat(this.engine.state()).isSameAs(before);
		assertThat(this.heard).isEmpty();
		assertThat(this.engine.history().commits()).hasSize(3);
	}

	@Test
	void signalsAndMessagesOfAForkStayInIt() {
		try (TheusEngine fork = this.engine.fork(1)) {
			fork.execute("announce");
			assertThat(fork.signals().recent()).extracting(Signal::topic).containsExactly("sig_taken");
			assertThat(fork.outbox().status().held()).isOne();
		}
		assertThat(this.engine.signals().recent()).isEmpty();
		assertThat(this.engine.outbox().status().held()).isZero();
	}

	@Test
	void engineThatABeanHoldsStandsForTheForkInWhichItRuns() {
		try (TheusEngine fork = this.engine.fork(1)) {
			fork.execute("throughTheEngine");
			assertThat(fork.state().get("domain.stock")).isEqualTo(4);
			assertThat(this.engine.state().get("domain.stock")).isEqualTo(10);
			fork.transact((transaction) -> {
				this.engine.execute("take", 1);
				return transaction.get("domain.stock");
			});
			assertThat(fork.state().get("domain.stock")).isEqualTo(3);
		}
		assertThat(this.engine.state().version()).isEqualTo(1);
		this.engine.execute("throughTheEngine");
		assertThat(this.engine.state().get("domain.stock")).isEqualTo(4);
	}

	@Test
	void rulesHoldInAFork() {
		try (TheusEngine fork = this.engine.fork(1)) {
			State before = fork.state();
			assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> fork.execute("cheat"));
			assertThatExceptionOfType(ZoneViolationException.class)
				.isThrownBy(() -> fork.edit("cheat", (edit) -> edit.set("global.const_rate", 3)));
			assertThat(fork.state()).isSameAs(before);
		}
	}

	@Test
	void processWithSideEffectsIsNotRun() {
		try (TheusEngine fork = this.engine.fork(1)) {
			assertThatExceptionOfType(ForkedSideEffectException.class).isThrownBy(() -> fork.execute("charge", 7))
				.withMessage("process 'shop.charge' is not run in a fork: it has sideEffects=[http:payments], give a "
						+ "result for it when you fork");
			assertThat(fork.state().version()).isEqualTo(1);
		}
		assertThat(this.charged).hasValue(0);
	}

	@Test
	void givenResultStandsInForAProcessWithSideEffects() {
		try (TheusEngine fork = this.engine.fork(1,
				Map.of("charge", (arguments) -> (Integer) arguments.get("amount") * 100))) {
			int paid = fork.execute("charge", 7);
			assertThat(paid).isEqualTo(700);
			assertThat(fork.state().get("domain.paid")).isEqualTo(700);
		}
		assertThat(this.charged).hasValue(0);
		assertThat(this.engine.state().get("domain.paid")).isEqualTo(0);
	}

	@Test
	void givenResultStandsInForAnyProcess() {
		try (TheusEngine fork = this.engine.fork(1, Map.of("shop.throughTheEngine", (arguments) -> null))) {
			fork.execute("throughTheEngine");
			fork.execute("take", 1);
			assertThat(fork.state().get("domain.stock")).isEqualTo(9);
		}
	}

	@Test
	void asynchronousExecutionsAndOtherThreadsStayInTheFork() throws Exception {
		try (TheusEngine fork = this.engine.fork(1)) {
			fork.executeAsync("take", 3).get(30, TimeUnit.SECONDS);
			OtherThreads.run(() -> fork.execute("take", 3));
			assertThat(OtherThreads.call(() -> this.engine.state().get("domain.stock"))).isEqualTo(10);
			assertThat(fork.state().get("domain.stock")).isEqualTo(4);
		}
		assertThat(this.engine.state().version()).isEqualTo(1);
	}

	@Test
	void asynchronousBodiesStayInTheFork() throws Exception {
		Map<String, Function<Map<String, Object>, Object>> results = Map.of("chargeLater", (arguments) -> 5);
		try (TheusEngine fork = this.engine.fork(1, results)) {
			assertThat(fork.<Integer>execute("takeLater", 3)).isEqualTo(7);
			assertThat(fork.<Integer>executeAsync("takeLater", 3).get(30, TimeUnit.SECONDS)).isEqualTo(4);
			assertThat(fork.<Integer>execute("chargeLater")).isEqualTo(5);
			assertThat(fork.state().get("domain.stock")).isEqualTo(4);
			assertThat(fork.state().version()).isEqualTo(3);
		}
		assertThat(this.engine.state().version()).isEqualTo(1);
	}

	@Test
	void forkAndEngineCommitSideBySide() {
		try (TheusEngine fork = this.engine.fork(1)) {
			OtherThreads.runAll(4, (thread) -> {
				TheusEngine mine = (thread % 2 == 0) ? fork : this.engine;
				for (int i = 0; i < 100; i++) {
					mine.execute("take", 1);
				}
			});
			assertThat(fork.state().get("domain.stock")).isEqualTo(-190);
			assertThat(this.engine.state().get("domain.stock")).isEqualTo(-190);
			assertThat(fork.state().version()).isEqualTo(201);
		}
	}

	@Test
	void forkCanBeForked() {
		try (TheusEngine fork = this.engine.fork(1)) {
			fork.execute("take", 1);
			try (TheusEngine second = fork.fork(2)) {
				second.execute("throughTheEngine");
				assertThat(second.state().get("domain.stock")).isEqualTo(3);
			}
			assertThat(fork.state().get("domain.stock")).isEqualTo(9);
		}
	}

	@Test
	void workflowsRunInTheFork() {
		this.engine.workflows().add(WorkflowParser.parse("""
				name: empty
				steps:
				  - flux: while
				    condition: "domain.stock > 0"
				    do:
				      - process: take
				        with: { amount: 5 }
				""", "test"));
		try (TheusEngine fork = this.engine.fork(1)) {
			fork.workflows().run("empty");
			assertThat(fork.state().get("domain.stock")).isEqualTo(0);
		}
		assertThat(this.engine.state().get("domain.stock")).isEqualTo(10);
	}

	@Test
	void forkOfWhatIsNotThereIsRefused() {
		assertThatExceptionOfType(VersionNotKeptException.class).isThrownBy(() -> this.engine.fork(2));
		assertThatExceptionOfType(ProcessNotFoundException.class)
			.isThrownBy(() -> this.engine.fork(1, Map.of("chrage", (arguments) -> 1)))
			.withMessageContaining("did you mean 'charge'");
		try (TheusEngine fork = this.engine.fork(1)) {
			fork.execute("take", 1);
			assertThatExceptionOfType(VersionNotKeptException.class).isThrownBy(() -> fork.history().at(0));
		}
	}

	/**
	 * The processes.
	 */
	public class Shop {

		private final ProcessContext context = new CurrentContext();

		@Process(updates = "domain.stock")
		public void take(int amount) {
			this.context.update("domain.stock", Integer.class, (stock) -> stock - amount);
		}

		@Process(emits = "sig_taken", sends = "orders")
		public void announce() {
			this.context.emit("sig_taken", 1);
			this.context.outbox().send("orders", "k", "v");
		}

		@Process(inputs = "domain.stock", outputs = "domain.stock")
		public void throughTheEngine() {
			int stock = ForkTests.this.engine.state().get("domain.stock", Integer.class);
			ForkTests.this.engine.execute("take", 5);
			ForkTests.this.engine.transact((transaction) -> {
				transaction.set("domain.stock", stock - 6);
				return true;
			});
		}

		@Process(outputs = "domain.stock")
		public void cheat() {
			this.context.set("domain.paid", 1);
		}

		@Process(updates = "domain.stock")
		public CompletionStage<Integer> takeLater(int amount) {
			ProcessContext detached = this.context.detach();
			return CompletableFuture.supplyAsync(() -> {
				detached.update("domain.stock", Integer.class, (stock) -> stock - amount);
				return detached.get("domain.stock", Integer.class);
			}, (task) -> new Thread(task).start());
		}

		@Process(sideEffects = "http:payments")
		public CompletionStage<Integer> chargeLater() {
			ForkTests.this.charged.incrementAndGet();
			return CompletableFuture.completedFuture(1);
		}

		@Process(sideEffects = "http:payments")
		@Output("domain.paid")
		public int charge(int amount) {
			ForkTests.this.charged.incrementAndGet();
			return amount;
		}

	}

}
