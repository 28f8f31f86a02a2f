package io.theus.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.theus.ContractVariable;
import io.theus.OtherThreads;
import io.theus.ProcessContext;
import io.theus.Propagation;
import io.theus.Semantic;
import io.theus.annotation.Process;
import io.theus.conflict.ConflictException;
import io.theus.conflict.ConflictSettings;
import io.theus.conflict.TransactionTimeoutException;
import io.theus.contract.ContractViolationException;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.signal.Signal;
import io.theus.state.State;
import io.theus.transaction.TransactionClosedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests of what processes do where a transaction is running.
 */
@Timeout(120)
class PropagationTests {

	private static final Executor THREADS = (task) -> new Thread(task, "other").start();

	private final List<ProcessExecution> executions = Collections.synchronizedList(new ArrayList<>());

	private final AtomicInteger runs = new AtomicInteger();

	private final AtomicInteger innerRuns = new AtomicInteger();

	private final TheusEngineBuilder builder = TheusEngine.builder()
		.initialState(() -> Map.of("domain", Map.of("a", 0, "b", 0, "log", 0)))
		.processListener(this.executions::add)
		.conflicts(new ConflictSettings(5, Duration.ZERO, Duration.ZERO));

	private TheusEngine engine;

	@Test
	void newTransactionCommitsAtOnceWhateverBecomesOfTheCaller() {
		this.builder.process("shop.note",
				(spec) -> spec.updates("domain.log")
					.emits("sig_*")
					.propagation(Propagation.REQUIRES_NEW)
					.body((context, a) -> {
						increment(context, "domain.log");
						context.emit("sig_noted", 1);
						return context.executionId();
					}))
			.process("shop.outer", (spec) -> spec.updates("domain.a").body((context, a) -> {
				increment(context, "domain.a");
				assertThat(this.engine.<String>execute("note")).isNotEqualTo(context.executionId());
				assertThat(this.engine.signals().recent()).extracting(Signal::topic).containsExactly("sig_noted");
				throw new IllegalStateException("broken on purpose");
			}));
		start();
		assertThatIllegalStateException().isThrownBy(() -> this.engine.execute("outer"));
		assertThat(value("log")).isEqualTo(1);
		assertThat(value("a")).isEqualTo(0);
		assertThat(this.executions).extracting((each) -> each.process().id() + " " + each.outcome())
			.containsExactly("shop.note COMMITTED", "shop.outer UNDECLARED");
	}

	@Test
	void callerKeepsItsSnapshot() {
		this.builder.process("shop.note",
				(spec) -> spec.updates("domain.log").propagation(Propagation.REQUIRES_NEW).body((context, a) -> {
					increment(context, "domain.log");
					return context.version();
				}))
			.process("shop.outer", (spec) -> spec.inputs("domain.log").outputs("domain.mine").body((context, a) -> {
				context.set("domain.mine", 1);
				assertThat(this.engine.<Long>execute("note")).as("does not see the caller's writes")
					.isEqualTo(context.version());
				assertThat(this.engine.<Long>execute("note")).isEqualTo(context.version() + 1);
				assertThat(this.engine.state().version()).isEqualTo(context.version());
				return null;
			}));
		start();
		this.engine.execute("outer");
		assertThat(value("log")).isEqualTo(2);
		assertThat(value("mine")).isEqualTo(1);
	}

	@Test
	void newTransactionDoesNotSeeWhatTheCallerWrote() {
		this.builder.process("shop.look",
				(spec) -> spec.inputs("domain.a", "local.x")
					.propagation(Propagation.REQUIRES_NEW)
					.body((context, a) -> {
						assertThat(context.contains("local.x")).isFalse();
						return context.get("domain.a");
					}))
			.process("shop.outer", (spec) -> spec.outputs("domain.a").body((context, a) -> {
				context.set("domain.a", 7);
				context.set("local.x", 7);
				return this.engine.execute("look");
			}));
		start();
		assertThat(this.engine.<Integer>execute("outer")).isZero();
	}

	@Test
	void callerThatDependsOnWhatTheNewTransactionChangesConflicts() {
		this.builder.process("shop.note",
				(spec) -> spec.updates("domain.log").propagation(Propagation.REQUIRES_NEW).body((context, a) -> {
					increment(context, "domain.log");
					return null;
				}))
			.process("shop.outer", (spec) -> spec.updates("domain.log", "domain.a").body((context, a) -> {
				context.set("domain.a", context.get("domain.log", Integer.class) + 1);
				return this.engine.execute("note");
			}));
		start();
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> this.engine.execute("outer"))
			.withMessageStartingWith(
					"conflict on 'domain.log' in process 'shop.outer': changed by process 'shop.note'");
		assertThat(value("log")).as("each attempt has its own").isEqualTo(5);
		assertThat(value("a")).isEqualTo(0);
	}

	@Test
	void conflictOfTheNewTransactionIsRetriedWhileTheCallerGoesOn() {
		this.builder.process("shop.note",
				(spec) -> spec.updates("domain.log").propagation(Propagation.REQUIRES_NEW).body((context, a) -> {
					increment(context, "domain.log");
					if (this.innerRuns.incrementAndGet() < 3) {
						OtherThreads.run(() -> count("domain.log"));
					}
					return context.attempt();
				}))
			.process("shop.outer", (spec) -> spec.updates("domain.a").body((context, a) -> {
				this.runs.incrementAndGet();
				increment(context, "domain.a");
				return this.engine.execute("note");
			}));
		start();
		assertThat(this.engine.<Integer>execute("outer")).isEqualTo(3);
		assertThat(this.runs).hasValue(1);
		assertThat(value("log")).isEqualTo(3);
		assertThat(value("a")).isEqualTo(1);
	}

	@Test
	void callerGoesOnAfterAFailureOfTheNewTransactionThatItCatches() {
		this.builder.process("shop.note",
				(spec) -> spec.updates("domain.log").propagation(Propagation.REQUIRES_NEW).body((context, a) -> {
					increment(context, "domain.log");
					throw new IllegalStateException("broken on purpose");
				}))
			.process("shop.outer", (spec) -> spec.updates("domain.a").body((context, a) -> {
				increment(context, "domain.a");
				assertThatIllegalStateException().isThrownBy(() -> this.engine.execute("note"));
				assertThat(context.processId()).isEqualTo("shop.outer");
				return null;
			}));
		start();
		this.engine.execute("outer");
		assertThat(value("log")).isEqualTo(0);
		assertThat(value("a")).isEqualTo(1);
	}

	@Test
	void listenersOfTheNewCommitAreNotPartOfTheCaller() {
		List<Object> seen = new ArrayList<>();
		this.builder.commitListener((record) -> {
			if (record.origin().name().equals("shop.note")) {
				seen.add(this.engine.state().version());
				try {
					seen.add(this.engine.context().version());
				}
				catch (TransactionClosedException ex) {
					seen.add("no active transaction");
				}
				seen.add(this.engine.<Long>execute("other"));
			}
		})
			.process("shop.note",
					(spec) -> spec.updates("domain.log").propagation(Propagation.REQUIRES_NEW).body((context, a) -> {
						increment(context, "domain.log");
						return null;
					}))
			.process("shop.other", (spec) -> spec.outputs("domain.b").body((context, a) -> {
				context.set("domain.b", 5);
				return context.version();
			}))
			.process("shop.outer", (spec) -> spec.body((context, a) -> {
				this.engine.execute("note");
				throw new IllegalStateException("broken on purpose");
			}));
		start();
		assertThatIllegalStateException().isThrownBy(() -> this.engine.execute("outer"));
		assertThat(seen).containsExactly(2L, "no active transaction", 2L);
		assertThat(value("b")).isEqualTo(5);
	}

	@Test
	void newTransactionPassesTheTicketOfItsCaller() {
		this.builder.process("shop.note",
				(spec) -> spec.updates("domain.a").propagation(Propagation.REQUIRES_NEW).body((context, a) -> {
					increment(context, "domain.a");
					return null;
				}))
			.process("shop.outer",
					(spec) -> spec.inputs("domain.a").outputs("domain.b").sideEffects("http:x").body((context, a) -> {
						context.set("domain.b", 1);
						return this.engine.execute("note");
					}));
		start();
		this.engine.execute("outer");
		assertThat(value("a")).isEqualTo(1);
		assertThat(value("b")).isEqualTo(1);
	}

	@Test
	void newTransactionNeverWaitsForATicketWhileItsCallerHoldsOne() throws Exception {
		CountDownLatch held = new CountDownLatch(1);
		CountDownLatch done = new CountDownLatch(1);
		this.builder
			.process("shop.holder", (spec) -> spec.updates("domain.log").sideEffects("http:y").body((context, a) -> {
				held.countDown();
				return done.await(60, TimeUnit.SECONDS);
			}))
			.process("shop.note",
					(spec) -> spec.updates("domain.log").propagation(Propagation.REQUIRES_NEW).body((context, a) -> {
						this.innerRuns.incrementAndGet();
						increment(context, "domain.log");
						return null;
					}))
			.process("shop.outer", (spec) -> spec.updates("domain.a").sideEffects("http:x").body((context, a) -> {
				increment(context, "domain.a");
				held.await(60, TimeUnit.SECONDS);
				assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> this.engine.execute("note"))
					.withMessageStartingWith("conflict on 'domain.log' in process 'shop.note': "
							+ "busy, it is kept by the ticket of process 'shop.holder'");
				return null;
			}));
		start();
		CompletableFuture<?> holder = CompletableFuture.runAsync(() -> this.engine.execute("holder"), THREADS);
		this.engine.execute("outer");
		done.countDown();
		holder.get(60, TimeUnit.SECONDS);
		assertThat(this.innerRuns).hasValue(5);
		assertThat(value("log")).isEqualTo(0);
		assertThat(value("a")).isEqualTo(1);
	}

	@Test
	void newTransactionWithSideEffectsNeedsACallerThatRunsOnce() {
		this.builder.process("shop.charge",
				(spec) -> spec.updates("domain.log")
					.sideEffects("http:x")
					.propagation(Propagation.REQUIRES_NEW)
					.body((context, a) -> {
						increment(context, "domain.log");
						return null;
					}))
			.process("shop.careless",
					(spec) -> spec.calls("charge").body((context, a) -> this.engine.execute("charge")))
			.process("shop.order",
					(spec) -> spec.calls("charge")
						.sideEffects("http:x")
						.updates("domain.log")
						.body((context, a) -> this.engine.execute("charge")));
		start();
		assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> this.engine.execute("careless"))
			.withMessage("call of 'shop.charge' by process 'shop.careless' is refused: it has sideEffects=[http:x] and "
					+ "would be run again with its caller, declare sideEffects of the caller too");
		assertThat(value("log")).isEqualTo(0);
		this.engine.execute("order");
		assertThat(value("log")).isEqualTo(1);
	}

	@Test
	void pureProcessHasNoEffectByANewTransaction() {
		this.builder
			.process("shop.total",
					(spec) -> spec.semantic(Semantic.PURE)
						.outputs("domain.log")
						.propagation(Propagation.REQUIRES_NEW)
						.body((context, a) -> 42))
			.process("shop.look",
					(spec) -> spec.semantic(Semantic.PURE)
						.inputs("domain.log")
						.propagation(Propagation.REQUIRES_NEW)
						.body((context, a) -> context.get("domain.log")))
			.process("shop.note", (spec) -> spec.propagation(Propagation.REQUIRES_NEW).body((context, a) -> null));
		for (String callee : List.of("total", "look", "note")) {
			this.builder.process("pure." + callee + "Caller",
					(spec) -> spec.semantic(Semantic.PURE).body((context, a) -> this.engine.execute(callee)));
		}
		start();
		State before = this.engine.state();
		assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> this.engine.execute("totalCaller"))
			.withMessage("call of 'shop.total' by process 'pure.totalCaller' is refused: it would commit its "
					+ "outputs=[domain.log] on its own, and what a PURE process calls has no effect, "
					+ "remove propagation = REQUIRES_NEW or the outputs");
		assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> this.engine.execute("noteCaller"))
			.withMessage("call of 'shop.note' by process 'pure.noteCaller' is refused: a PURE process calls PURE "
					+ "processes only, called=EFFECT");
		assertThat(this.engine.<Integer>execute("lookCaller")).isZero();
		assertThat(this.engine.state()).isSameAs(before);
	}

	@Test
	void limitOfTheNewTransactionIsWithinWhatIsLeftOfItsCaller() {
		this.builder.process("shop.note",
				(spec) -> spec.updates("domain.log")
					.propagation(Propagation.REQUIRES_NEW)
					.timeout(Duration.ofMinutes(5))
					.body((context, a) -> {
						increment(context, "domain.log");
						passTime(Duration.ofMillis(60));
						return null;
					}))
			.process("shop.outer",
					(spec) -> spec.timeout(Duration.ofMillis(50)).body((context, a) -> this.engine.execute("note")))
			.process("shop.brief",
					(spec) -> spec.updates("domain.log")
						.propagation(Propagation.REQUIRES_NEW)
						.timeout(Duration.ofMillis(50))
						.body((context, a) -> {
							increment(context, "domain.log");
							passTime(Duration.ofMillis(60));
							return null;
						}))
			.process("shop.patient", (spec) -> spec.updates("domain.a").body((context, a) -> {
				increment(context, "domain.a");
				assertThatExceptionOfType(TransactionTimeoutException.class)
					.isThrownBy(() -> this.engine.execute("brief"))
					.withMessage("process 'shop.brief' timed out: limit=50ms, make it shorter or raise its timeout");
				return null;
			}));
		start();
		assertThatExceptionOfType(TransactionTimeoutException.class).isThrownBy(() -> this.engine.execute("outer"))
			.withMessage("process 'shop.note' timed out: limit=50ms, make it shorter or raise its timeout");
		this.engine.execute("patient");
		assertThat(value("log")).isEqualTo(0);
		assertThat(value("a")).isEqualTo(1);
	}

	@Test
	void newTransactionSeesTheContractVariablesOfItsCaller() {
		ThreadLocal<String> tenant = ThreadLocal.withInitial(() -> "acme");
		this.builder.contractVariables(ContractVariable.of("tenant", tenant::get))
			.process("shop.note",
					(spec) -> spec.outputs("domain.{@tenant}")
						.propagation(Propagation.REQUIRES_NEW)
						.body((context, a) -> {
							context.set("domain.acme", 1);
							return null;
						}))
			.process("shop.outer", (spec) -> spec.inputs("domain.{@tenant}").body((context, a) -> {
				tenant.set("other");
				return this.engine.execute("note");
			}));
		start();
		this.engine.execute("outer");
		assertThat(value("acme")).isEqualTo(1);
	}

	@Test
	void newTransactionLeavesAnExplicitTransactionToItself() {
		this.builder.process("shop.note",
				(spec) -> spec.updates("domain.log").propagation(Propagation.REQUIRES_NEW).body((context, a) -> {
					increment(context, "domain.log");
					return null;
				}));
		start();
		assertThatIllegalStateException().isThrownBy(() -> this.engine.transact((tx) -> {
			tx.set("domain.a", 9);
			this.engine.execute("note");
			throw new IllegalStateException("broken on purpose");
		}));
		assertThat(value("log")).isEqualTo(1);
		assertThat(value("a")).isEqualTo(0);
	}

	@Test
	void newTransactionWithinANewTransaction() {
		this.builder.process("shop.inmost",
				(spec) -> spec.updates("domain.log").propagation(Propagation.REQUIRES_NEW).body((context, a) -> {
					increment(context, "domain.log");
					return null;
				}))
			.process("shop.note",
					(spec) -> spec.updates("domain.b").propagation(Propagation.REQUIRES_NEW).body((context, a) -> {
						increment(context, "domain.b");
						this.engine.execute("inmost");
						throw new IllegalStateException("broken on purpose");
					}))
			.process("shop.outer", (spec) -> spec.updates("domain.a").body((context, a) -> {
				increment(context, "domain.a");
				assertThatIllegalStateException().isThrownBy(() -> this.engine.execute("note"));
				return null;
			}));
		start();
		this.engine.execute("outer");
		assertThat(this.engine.state().get("domain")).isEqualTo(Map.of("a", 1, "b", 0, "log", 1));
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REQUIRES_NEW")
	void processThatJoinsIsAPartFromASavepointOn(Propagation propagation) {
		this.builder.process("shop.inner",
				(spec) -> spec.updates("domain.**")
					.emits("sig_*")
					.sends("orders")
					.propagation(propagation)
					.body((context, a) -> {
						context.set("domain.a", "inner");
						context.remove("domain.b");
						context.set("local.x", "inner");
						context.emit("sig_inner", 1);
						context.outbox().send("orders", null, "inner");
						if (this.innerRuns.incrementAndGet() == 1) {
							throw new IllegalStateException("broken on purpose");
						}
						return null;
					}))
			.process("shop.outer", (spec) -> spec.updates("domain.a", "domain.b").body((context, a) -> {
				context.set("domain.a", "outer");
				context.set("local.x", "outer");
				assertThatIllegalStateException().isThrownBy(() -> this.engine.execute("inner"));
				assertThat(context.get("domain.a")).isEqualTo("outer");
				assertThat(context.get("domain.b")).isEqualTo(0);
				assertThat(context.get("local.x")).isEqualTo("outer");
				this.engine.execute("inner");
				assertThat(this.engine.signals().recent()).isEmpty();
				return null;
			}));
		start();
		this.engine.execute("outer");
		assertThat(this.engine.state().version()).isEqualTo(2);
		assertThat(this.engine.state().get("domain")).isEqualTo(Map.of("a", "inner", "log", 0));
		assertThat(this.engine.signals().recent()).hasSize(1);
		assertThat(this.engine.outbox().status().held()).isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource
	void whereNoTransactionIsRunningAllHaveTheirOwn(Propagation propagation) {
		this.builder.process("shop.run",
				(spec) -> spec.updates("domain.a").propagation(propagation).body((context, a) -> {
					increment(context, "domain.a");
					if (this.runs.incrementAndGet() < 3) {
						OtherThreads.run(() -> count("domain.a"));
					}
					return null;
				}));
		start();
		this.engine.execute("run");
		assertThat(this.runs).hasValue(3);
		assertThat(value("a")).isEqualTo(3);
	}

	@Test
	void whatANestedPartReadCountsAlthoughItFailed() {
		this.builder.process("shop.inner",
				(spec) -> spec.inputs("domain.b").propagation(Propagation.NESTED).body((context, a) -> {
					context.get("domain.b");
					throw new IllegalStateException("broken on purpose");
				}))
			.process("shop.outer", (spec) -> spec.updates("domain.a").body((context, a) -> {
				increment(context, "domain.a");
				assertThatIllegalStateException().isThrownBy(() -> this.engine.execute("inner"));
				if (this.runs.incrementAndGet() == 1) {
					OtherThreads.run(() -> count("domain.b"));
				}
				return null;
			}));
		start();
		this.engine.execute("outer");
		assertThat(this.runs).hasValue(2);
	}

	@Test
	void annotationSaysIt() {
		this.builder.processes(new Notes());
		start();
		assertThat(this.engine.processes().get("note").propagation()).isEqualTo(Propagation.REQUIRES_NEW);
	}

	private void start() {
		this.engine = this.builder.build();
	}

	private Object value(String key) {
		return this.engine.state().get("domain." + key);
	}

	private static void increment(ProcessContext context, String path) {
		context.update(path, Integer.class, (value) -> value + 1);
	}

	private void count(String path) {
		this.engine.transact((tx) -> {
			tx.update(path, Integer.class, (value) -> value + 1);
			return true;
		});
	}

	// Longer than the limit, without sleeping on the clock of the test
	private static void passTime(Duration time) {
		long end = System.nanoTime() + time.toNanos();
		while (System.nanoTime() < end) {
			Thread.onSpinWait();
		}
	}

	static class Notes {

		@Process(propagation = Propagation.REQUIRES_NEW)
		void note() {
		}

	}

}
