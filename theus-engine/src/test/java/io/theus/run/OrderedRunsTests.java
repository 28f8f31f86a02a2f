package io.theus.run;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.theus.OtherThreads;
import io.theus.Semantic;
import io.theus.annotation.Output;
import io.theus.annotation.Process;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.workflow.InvalidInputException;
import io.theus.workflow.WorkflowParser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests of processes and runs in a whole engine.
 */
@Timeout(60)
class OrderedRunsTests {

	private final CompletableFuture<String> outside = new CompletableFuture<>();

	private final AtomicInteger attempts = new AtomicInteger();

	private final List<Object> seen = new CopyOnWriteArrayList<>();

	private final TheusEngine engine = build(TheusEngine.builder());

	private TheusEngine build(TheusEngineBuilder builder) {
		return builder.initialState(() -> Map.of("domain.a.other", 0))
			.processes(new Shop(this.outside))
			.process("shop.place",
					(spec) -> spec.argument("id", String.class)
						.argument("fails", Boolean.class)
						.outputs("domain.orders.{id}")
						.starts("fulfil")
						.body((context, args) -> {
							context.set("domain.orders." + args.get("id"), "placed");
							context.start("fulfil", (String) args.get("id"), Map.of("id", args.get("id")));
							context.signalRun("fulfil", (String) args.get("id"), "cmd_note", "with the order");
							if (Boolean.TRUE.equals(args.get("fails"))) {
								throw new IllegalStateException("no");
							}
							return null;
						}))
			.process("shop.approve",
					(spec) -> spec.argument("id", String.class).starts("fulfil").body((context, args) -> {
						context.signalRun("fulfil", (String) args.get("id"), "cmd_approve", Map.of("by", "Ann"));
						return null;
					}))
			.process("shop.finish",
					(spec) -> spec.argument("id", String.class).outputs("domain.orders.{id}").body((context, args) -> {
						context.set("domain.orders." + args.get("id"), "finished");
						return "finished";
					}))
			.process("shop.alarm", (spec) -> spec.emits("cmd_level").body((context, args) -> {
				context.emit("cmd_level", 5);
				return null;
			}))
			.process("shop.route",
					(spec) -> spec.semantic(Semantic.GUIDE).inputs("cmd.cmd_level").body((context, args) -> {
						this.seen.add(context.find("cmd.cmd_level").orElse("nothing"));
						return null;
					}))
			.process("shop.touch", (spec) -> spec.inputs("domain.a").outputs("domain.b").body((context, args) -> {
				disturb();
				context.set("domain.b", this.attempts.get() + System.nanoTime());
				return null;
			}))
			.workflows(WorkflowParser.parse("""
					inputs: { id: text }
					steps:
					  - { flux: wait, id: note, signal: cmd_note }
					  - { flux: wait, id: approval, signal: cmd_approve }
					  - finish
					""", "fulfil.yml"), WorkflowParser.parse("steps: [alarm, route, route]", "guided.yml"),
					WorkflowParser.parse("steps: [slow, { process: route }]", "async.yml"),
					WorkflowParser.parse("steps: [{ process: touch, isolation: safe }]", "safe.yml"),
					WorkflowParser.parse("steps: [touch]", "hybrid.yml"))
			.build();
	}

	// Writes what the contract covers and nobody reads, a few times
	private void disturb() {
		if (this.attempts.incrementAndGet() <= 3) {
			OtherThreads.run(() -> this.engine.transact((tx) -> {
				tx.update("domain.a.other", Integer.class, (n) -> n + 1);
				return null;
			}));
		}
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void runBeginsWithTheCommitAndHearsOfLaterOnes() throws InterruptedException {
		this.engine.execute("place", "o-1", false);
		Run run = this.engine.workflows().find("fulfil", "o-1").orElseThrow();
		await().untilAsserted(() -> assertThat(run.awaitedSignals()).containsExactly("cmd_approve"));
		this.engine.execute("approve", "o-1");
		assertThat(run.await().results()).containsEntry("note", "with the order")
			.containsEntry("approval", Map.of("by", "Ann"));
		assertThat(this.engine.state().get("domain.orders.o-1")).isEqualTo("finished");
	}

	@Test
	void failedAttemptStartsNothing() {
		assertThatIllegalStateException().isThrownBy(() -> this.engine.execute("place", "o-1", true));
		assertThat(this.engine.workflows().runs()).isEmpty();
	}

	@Test
	void orderUnderAKeyThatIsTakenStartsNoSecondRun() {
		this.engine.execute("place", "o-1", false);
		Run first = this.engine.workflows().find("fulfil", "o-1").orElseThrow();
		this.engine.execute("place", "o-1", false);
		assertThat(this.engine.workflows().runs()).containsExactly(first);
	}

	@Test
	void orderWithWrongInputsIsRefusedInTheProcess() {
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> this.engine.transact((tx) -> {
			tx.start("fulfil", "o-1", Map.of("ID", "o-1"));
			return null;
		})).withMessageContaining("did you mean 'id'");
		assertThat(this.engine.workflows().runs()).isEmpty();
	}

	@Test
	void guideSeesTheSignalsOfItsRunUntilAStepHasCommitted() {
		this.engine.workflows().run("guided");
		assertThat(this.seen).containsExactly(5, "nothing");
	}

	@Test
	void asynchronousProcessHoldsNoThread() throws InterruptedException {
		Run run = this.engine.workflows().start("async");
		await().untilAsserted(() -> assertThat(run.state()).isEqualTo(RunState.WAITING_IO));
		assertThat(run.history()).isEmpty();
		this.outside.complete("there");
		assertThat(run.await().results()).containsEntry("slow", "there");
		assertThat(this.engine.state().get("domain.slow")).isEqualTo("there");
	}

	@Test
	void isolationOfAStepCountsForItsProcess() {
		this.engine.workflows().run("hybrid");
		assertThat(this.attempts).hasValue(1);
		this.attempts.set(0);
		this.engine.workflows().run("safe");
		assertThat(this.attempts).hasValue(4);
	}

	/**
	 * A bean with an asynchronous process.
	 */
	static class Shop {

		private final CompletableFuture<String> outside;

		Shop(CompletableFuture<String> outside) {
			this.outside = outside;
		}

		@Process
		@Output("domain.slow")
		CompletableFuture<String> slow() {
			return this.outside;
		}

	}

}
