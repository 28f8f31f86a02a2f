package io.theus.process;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.theus.OtherThreads;
import io.theus.ProcessContext;
import io.theus.Semantic;
import io.theus.conflict.ConflictSettings;
import io.theus.contract.ContractViolationException;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.transaction.TransactionClosedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests of blocks that run at most once per execution.
 */
@Timeout(120)
class OnceBlockTests {

	private final AtomicInteger attempts = new AtomicInteger();

	private final AtomicInteger blocks = new AtomicInteger();

	private final List<String> ids = new ArrayList<>();

	private final TheusEngineBuilder builder = TheusEngine.builder()
		.initialState(() -> Map.of("domain", Map.of("x", 0)))
		.conflicts(new ConflictSettings(5, Duration.ZERO, Duration.ZERO));

	private TheusEngine engine;

	@Test
	void attemptAfterAConflictReusesTheResult() {
		assertThat(this.<Integer>run((context) -> {
			int charged = context.once("charge", Integer.class, this.blocks::incrementAndGet);
			conflictUntilAttempt(3, context);
			return charged;
		})).isEqualTo(1);
		assertThat(this.attempts).hasValue(3);
		assertThat(this.blocks).hasValue(1);
		assertThat(this.ids).hasSize(3).containsOnly(this.ids.get(0));
	}

	@Test
	void nextExecutionRunsItAgain() {
		this.builder.process("shop.run", (spec) -> spec
			.body((context, a) -> context.once("charge", Integer.class, this.blocks::incrementAndGet)));
		this.engine = this.builder.build();
		assertThat(this.engine.<Integer>execute("run")).isEqualTo(1);
		assertThat(this.engine.<Integer>execute("run")).isEqualTo(2);
	}

	@Test
	void nullIsAResult() {
		assertThat(this.<Object>run((context) -> {
			Object result = context.once("charge", Object.class, () -> {
				this.blocks.incrementAndGet();
				return null;
			});
			conflictUntilAttempt(2, context);
			return result;
		})).isNull();
		assertThat(this.blocks).hasValue(1);
	}

	@Test
	void blockThatFailsLeavesNoResult() {
		assertThat(this.<String>run((context) -> {
			String result = "failed";
			try {
				result = context.once("charge", String.class, () -> {
					if (this.blocks.incrementAndGet() == 1) {
						throw new IOException("broken on purpose");
					}
					return "charged";
				});
			}
			catch (IOException ex) {
				assertThat(ex).hasMessage("broken on purpose");
			}
			conflictUntilAttempt(3, context);
			return result;
		})).isEqualTo("charged");
		assertThat(this.blocks).hasValue(2);
	}

	@Test
	void namesAreThoseOfAProcess() {
		this.builder
			.process("shop.inner",
					(spec) -> spec.body((context, a) -> context.once("charge", String.class, () -> "inner")))
			.process("shop.outer", (spec) -> spec.body((context, a) -> {
				String own = context.once("charge", String.class, () -> "outer");
				return own + " " + this.engine.execute("inner") + context.once("refund", String.class,
						() -> " " + context.once("nested", String.class, () -> "nested"));
			}));
		this.engine = this.builder.build();
		assertThat(this.engine.<String>execute("outer")).isEqualTo("outer inner nested");
		assertThat(this.engine.<String>transact((tx) -> this.engine.execute("inner"))).isEqualTo("inner");
	}

	@Test
	void joinedProcessReusesItsResultWhenItsCallerIsRepeated() {
		this.builder.process("shop.inner", (spec) -> spec
			.body((context, a) -> context.once("charge", Integer.class, this.blocks::incrementAndGet)));
		assertThat(this.<Integer>run((context) -> {
			Integer charged = this.engine.execute("inner");
			conflictUntilAttempt(3, context);
			return charged;
		})).isEqualTo(1);
		assertThat(this.blocks).hasValue(1);
	}

	@Test
	void nameHasOneType() {
		this.<Object>run((context) -> {
			context.once("charge", Integer.class, () -> 1);
			assertThatIllegalArgumentException().isThrownBy(() -> context.once("charge", String.class, () -> "2"))
				.withMessage("once 'charge' in process 'shop.run' has another type: earlier=java.lang.Integer "
						+ "now=java.lang.String, use one type per name");
			return null;
		});
	}

	@Test
	@SuppressWarnings({ "unchecked", "rawtypes" })
	void resultOfAnotherTypeIsRefused() {
		this.<Object>run((context) -> {
			Class type = String.class;
			ProcessContext.Block block = () -> 1;
			assertThatIllegalArgumentException().isThrownBy(() -> context.once("charge", type, block))
				.withMessage("once 'charge' in process 'shop.run' returned another type: declared=java.lang.String "
						+ "actual=java.lang.Integer, declare the type that it returns");
			assertThat((Object) context.once("count", int.class, () -> 1)).isEqualTo(1);
			return null;
		});
	}

	@Test
	void blockCannotRunWithinItself() {
		this.<Object>run((context) -> {
			assertThatIllegalStateException()
				.isThrownBy(() -> context.once("charge", String.class,
						() -> context.once("charge", String.class, () -> "inner")))
				.withMessage("once 'charge' in process 'shop.run' runs within itself, use another name");
			return null;
		});
	}

	@Test
	void threadsOfOneAttemptRunItOnceTogether() {
		this.<Object>run((context) -> {
			ProcessContext detached = context.detach();
			OtherThreads.runAll(4,
					(number) -> assertThat(detached.once("charge", Integer.class, this::slowly)).isEqualTo(1));
			return null;
		});
		assertThat(this.blocks).hasValue(1);
	}

	@Test
	void contextThatIsDeadRunsNothing() {
		ProcessContext[] escaped = new ProcessContext[1];
		this.<Object>run((context) -> {
			escaped[0] = context.detach();
			return null;
		});
		assertThatExceptionOfType(TransactionClosedException.class)
			.isThrownBy(() -> escaped[0].once("charge", Integer.class, this.blocks::incrementAndGet));
		assertThatExceptionOfType(TransactionClosedException.class)
			.isThrownBy(() -> this.engine.context().once("charge", Integer.class, this.blocks::incrementAndGet));
		assertThat(this.blocks).hasValue(0);
	}

	@Test
	void pureProcessRunsNoBlock() {
		this.builder.process("shop.pure", (spec) -> spec.semantic(Semantic.PURE)
			.body((context, a) -> context.once("charge", Integer.class, this.blocks::incrementAndGet)));
		this.engine = this.builder.build();
		assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> this.engine.execute("pure"))
			.withMessage("once 'charge' in process 'shop.pure' is refused: a PURE process touches nothing outside, "
					+ "declare semantic = EFFECT");
		assertThat(this.blocks).hasValue(0);
	}

	@Test
	void transactionOutsideOfProcessesHasNoExecution() {
		this.engine = this.builder.build();
		assertThatIllegalStateException()
			.isThrownBy(() -> this.engine
				.transact((tx) -> this.engine.context().once("charge", Integer.class, this.blocks::incrementAndGet)))
			.withMessage("once 'charge' in transaction belongs to no execution, call it within a process");
	}

	// So long that the other threads come while it runs
	private int slowly() {
		int number = this.blocks.incrementAndGet();
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
		for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
		return number;
	}

	private void conflictUntilAttempt(int last, ProcessContext context) {
		this.ids.add(context.executionId());
		int attempt = this.attempts.incrementAndGet();
		context.update("domain.x", Integer.class, (value) -> value + 1);
		if (attempt < last) {
			OtherThreads.run(() -> this.engine.transact((tx) -> {
				tx.update("domain.x", Integer.class, (value) -> value + 100);
				return true;
			}));
		}
	}

	@SuppressWarnings("TypeParameterUnusedInFormals")
	private <T> T run(Body body) {
		this.builder.process("shop.run",
				(spec) -> spec.updates("domain.x").body((context, arguments) -> body.run(context)));
		this.engine = this.builder.build();
		return this.engine.execute("run");
	}

	/**
	 * The body of a process.
	 */
	@FunctionalInterface
	private interface Body {

		Object run(ProcessContext context) throws Exception;

	}

}
