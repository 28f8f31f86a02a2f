package io.theus.engine;

import java.time.Duration;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.theus.AuditLevel;
import io.theus.ProcessContext;
import io.theus.audit.AuditAbortException;
import io.theus.audit.AuditStopException;
import io.theus.audit.EngineStoppedException;
import io.theus.audit.recipe.AuditRecipe;
import io.theus.run.Run;
import io.theus.run.RunState;
import io.theus.workflow.WorkflowParser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StoppedRunTests {

	private static final String CAREFUL = """
			name: careful
			inputs: { amount: long }
			steps:
			  - process: add
			    with: { amount: 1 }
			    compensate: remove
			  - process: pay
			    with: { amount: "#{inputs.amount}" }
			    catch:
			      RuntimeException:
			        - process: add
			          with: { amount: 1000 }
			""";

	private static final String PATIENT = """
			name: patient
			steps:
			  - flux: wait
			    signal: go
			  - process: add
			    with: { amount: 10 }
			""";

	private TheusEngine engine = TheusEngine.builder().build();

	@AfterEach
	void close() {
		this.engine.close();
	}

	private void engine(AuditRecipe rules) {
		this.engine.close();
		this.engine = TheusEngine.builder()
			.audit(rules)
			.initialState(() -> Map.of("domain", Map.of("balance", 0L)))
			.process("pay",
					(spec) -> spec.updates("domain.balance")
						.error(RuntimeException.class)
						.argument("amount", Long.class)
						.body((state, args) -> add(state, (Long) args.get("amount"))))
			.process("add",
					(spec) -> spec.updates("domain.balance")
						.argument("amount", Long.class)
						.body((state, args) -> add(state, (Long) args.get("amount"))))
			.process("remove",
					(spec) -> spec.updates("domain.balance")
						.argument("amount", Long.class)
						.body((state, args) -> add(state, -(Long) args.get("amount"))))
			.workflows(WorkflowParser.parse(CAREFUL, "careful.yml"), WorkflowParser.parse(PATIENT, "patient.yml"))
			.build();
	}

	private static Object add(ProcessContext state, long amount) {
		long next = state.get("domain.balance", Long.class) + amount;
		state.set("domain.balance", next);
		return next;
	}

	private long balance() {
		return this.engine.state().get("domain.balance", Long.class);
	}

	private void await(Run run, RunState state) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> run.state() == state);
	}

	@Test
	void abortPassesEveryCatch() {
		engine(LimitRecipes.input("pay", AuditLevel.ABORT, 0, true, 50));
		Run run = this.engine.workflows().start("careful", Map.of("amount", 51L));
		await(run, RunState.FAILED);
		assertThat(run.error()).containsInstanceOf(AuditAbortException.class);
		assertThat(balance()).isZero();
	}

	@Test
	void blockCanBeCaught() {
		engine(LimitRecipes.input("pay", AuditLevel.BLOCK, 0, true, 50));
		Run run = this.engine.workflows().start("careful", Map.of("amount", 51L));
		await(run, RunState.COMPLETED);
		assertThat(balance()).isEqualTo(1001);
	}

	@Test
	void compensationsOfTheRunThatStopsTheEngineWaitUntilItIsResumed() {
		engine(LimitRecipes.input("pay", AuditLevel.STOP, 0, true, 50));
		Run run = this.engine.workflows().start("careful", Map.of("amount", 51L));
		await(run, RunState.PAUSED);
		assertThat(run.error()).containsInstanceOf(AuditStopException.class);
		assertThat(balance()).isEqualTo(1);
		this.engine.resume("the rule was wrong");
		await(run, RunState.FAILED);
		assertThat(balance()).isZero();
	}

	@Test
	void otherRunsPauseWhileTheEngineIsStopped() {
		engine(LimitRecipes.input("pay", AuditLevel.STOP, 0, true, 50));
		Run waiting = this.engine.workflows().start("patient");
		await(waiting, RunState.WAITING);
		assertThatExceptionOfType(AuditStopException.class).isThrownBy(() -> this.engine.execute("pay", 51L));
		await(waiting, RunState.PAUSED);
		waiting.signal("go", null);
		assertThatExceptionOfType(EngineStoppedException.class)
			.isThrownBy(() -> this.engine.workflows().start("patient"))
			.withMessageStartingWith("run of workflow 'patient' is refused, the engine is stopped");
		// The signal wakes it for as long as it takes to see that it may not go on
		await(waiting, RunState.PAUSED);
		assertThat(balance()).isZero();
		this.engine.resume("checked");
		await(waiting, RunState.COMPLETED);
		assertThat(balance()).isEqualTo(10);
	}

	@Test
	void runThatMeetsAStoppedEngineGoesOnWithTheSameStep() {
		engine(LimitRecipes.input("pay", AuditLevel.STOP, 0, true, 50));
		for (int round = 0; round < 200; round++) {
			long before = balance();
			Run run = this.engine.workflows().start("patient");
			run.signal("go", null);
			assertThatExceptionOfType(AuditStopException.class).isThrownBy(() -> this.engine.execute("pay", 51L));
			this.engine.resume("checked");
			await(run, RunState.COMPLETED);
			assertThat(balance()).isEqualTo(before + 10);
		}
	}

	@Test
	void pausedRunStaysPausedWhenTheEngineIsResumed() {
		engine(LimitRecipes.input("pay", AuditLevel.STOP, 0, true, 50));
		Run run = this.engine.workflows().start("patient");
		await(run, RunState.WAITING);
		run.pause();
		run.signal("go", null);
		// The signal wakes it for as long as it takes to see that it may not go on
		await(run, RunState.PAUSED);
		assertThatExceptionOfType(AuditStopException.class).isThrownBy(() -> this.engine.execute("pay", 51L));
		this.engine.resume("checked");
		assertThat(run.state()).isEqualTo(RunState.PAUSED);
		run.resume();
		await(run, RunState.COMPLETED);
	}

}
