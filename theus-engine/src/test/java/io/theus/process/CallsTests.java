package io.theus.process;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import io.theus.ProcessContext;
import io.theus.Semantic;
import io.theus.annotation.Process;
import io.theus.annotation.ProcessDefaults;
import io.theus.contract.ContractViolationException;
import io.theus.contract.InvalidContractException;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.state.State;
import io.theus.transaction.TransactionOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of which processes a process may call.
 */
class CallsTests {

	private final TheusEngineBuilder builder = TheusEngine.builder()
		.process("shop.charge",
				(spec) -> spec.sideEffects("http:payments").outputs("domain.charged").body((context, a) -> {
					context.set("domain.charged", true);
					return "charged";
				}))
		.process("shop.count", (spec) -> spec.outputs("domain.counted").body((context, a) -> {
			context.set("domain.counted", true);
			return "counted";
		}));

	private TheusEngine engine;

	@Test
	void processWithSideEffectsIsCalledByWhoDeclaresCallAndSideEffects() {
		List<String> names = List.of("charge", "shop.charge", "Charge", "shop.Charge");
		for (int i = 0; i < names.size(); i++) {
			String name = names.get(i);
			this.builder.process("caller.number" + i,
					(spec) -> spec.calls(name).sideEffects("http:payments").body((context, a) -> execute("charge")));
		}
		start();
		for (int i = 0; i < names.size(); i++) {
			assertThat(this.engine.<String>execute("number" + i)).as(names.get(i)).isEqualTo("charged");
		}
	}

	@Test
	void processWithSideEffectsHasToBeNamed() {
		refused((spec) -> spec, "charge", "call of 'shop.charge' is not declared by process 'shop.order': "
				+ "declared=[], it has sideEffects=[http:payments], add it to calls and declare sideEffects");
		refused((spec) -> spec.sideEffects("mail"), "charge",
				"call of 'shop.charge' is not declared by process 'shop.order': declared=[], "
						+ "it has sideEffects=[http:payments], add it to calls");
		refused((spec) -> spec.calls("count").sideEffects("mail"), "charge",
				"call of 'shop.charge' is not declared by process 'shop.order': declared=[count], "
						+ "it has sideEffects=[http:payments], add it to calls");
		refused((spec) -> spec.calls("charge"), "charge",
				"call of 'shop.charge' by process 'shop.order' is refused: it has sideEffects=[http:payments] "
						+ "and would be run again with its caller, declare sideEffects of the caller too");
	}

	@Test
	void violationHasItsFacts() {
		this.builder.process("shop.order", (spec) -> spec.calls("charge").body((context, a) -> execute("count")));
		start();
		assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> execute("order"))
			.satisfies((ex) -> {
				assertThat(ex.process()).isEqualTo("shop.order");
				assertThat(ex.subject()).isEqualTo("shop.count");
				assertThat(ex.declared()).containsExactly("charge");
			});
	}

	@Test
	void namesAreACompleteListOnceThereAreAny() {
		refused((spec) -> spec.calls("charge"), "count", "call of 'shop.count' is not declared by process "
				+ "'shop.order': declared=[charge], add it to calls");
	}

	@Test
	void processWithoutSideEffectsNeedsNoNameWhereThereIsNone() {
		this.builder.process("shop.order", (spec) -> spec.body((context, a) -> execute("count")));
		start();
		assertThat(this.engine.<String>execute("order")).isEqualTo("counted");
	}

	@Test
	void calleeIsBoundByItsOwnCallsOnly() {
		this.builder.process("shop.inner", (spec) -> spec.calls("count").body((context, a) -> execute("count")))
			.process("shop.order", (spec) -> spec.calls("inner").body((context, a) -> execute("inner")));
		start();
		assertThat(this.engine.<String>execute("order")).isEqualTo("counted");
	}

	@Test
	void callWithinATransactionOfTheBodyIsACallOfTheProcess() {
		refusedIn((spec) -> spec.calls("charge"), (context) -> this.engine.transact((tx) -> execute("count")),
				"call of 'shop.count' is not declared by process 'shop.order': declared=[charge], add it to calls");
	}

	@Test
	void executionApartIsACall() {
		refusedIn((spec) -> spec.calls("charge"), (context) -> this.engine.executeAsync("count").join(),
				"call of 'shop.count' is not declared by process 'shop.order': declared=[charge], add it to calls");
		refusedIn((spec) -> spec.calls("charge"), (context) -> this.engine.executeAsync("charge").join(),
				"call of 'shop.charge' by process 'shop.order' is refused: it has sideEffects=[http:payments] "
						+ "and would be run again with its caller, declare sideEffects of the caller too");
	}

	@Test
	void repeatedTransactionCannotCallWhatHasSideEffects() {
		start();
		assertThatExceptionOfType(ContractViolationException.class)
			.isThrownBy(() -> this.engine.transact(TransactionOptions.named("batch").withAttempts(2),
					(tx) -> execute("charge")))
			.withMessage("call of 'shop.charge' by transaction 'batch' is refused: it has sideEffects=[http:payments] "
					+ "and would be run again with its caller, run the transaction with one attempt");
		assertThat(this.engine.<String>transact((tx) -> this.engine.execute("charge"))).isEqualTo("charged");
	}

	@Test
	void undeclaredCallIsRecordedWhereContractsAreNotStrict() {
		this.builder.strict(false)
			.process("shop.order", (spec) -> spec.calls("count").body((context, a) -> execute("other")))
			.process("shop.other", (spec) -> spec.body((context, a) -> "other"))
			.process("shop.pay", (spec) -> spec.body((context, a) -> execute("charge")));
		start();
		assertThat(this.engine.<String>execute("order")).isEqualTo("other");
		assertThat(this.engine.processes().get("order").contract().use().missingCalls()).containsExactly("shop.other");
		assertThatExceptionOfType(ContractViolationException.class).as("never run twice, strict or not")
			.isThrownBy(() -> execute("pay"))
			.withMessageContaining("declare sideEffects of the caller too");
	}

	@Test
	void nameThatMeansNoProcessIsFoundAtStartUp() {
		this.builder.process("shop.order", (spec) -> spec.calls("chrage").body((context, a) -> null));
		assertThatExceptionOfType(InvalidContractException.class).isThrownBy(this.builder::build)
			.withMessage("process 'shop.order' is declared wrongly: it calls 'chrage', and no process has that name, "
					+ "did you mean 'charge', name the id or the unique name of a process");
	}

	@Test
	void nameThatMeansSeveralProcessesIsFoundAtStartUp() {
		this.builder.process("bar.count", (spec) -> spec.body((context, a) -> null))
			.process("shop.order", (spec) -> spec.calls("count").body((context, a) -> null));
		assertThatExceptionOfType(InvalidContractException.class).isThrownBy(this.builder::build)
			.withMessage("process 'shop.order' is declared wrongly: it calls 'count', and several processes have that "
					+ "name, name one of the ids [shop.count, bar.count]");
	}

	@Test
	void annotationsDeclareCallsTogether() {
		CurrentContext context = new CurrentContext();
		this.builder.processes(new Orders(context));
		start();
		assertThat(this.engine.processes().get("place").contract().spec().calls()).containsExactly("charge", "count");
		assertThat(this.engine.processes().get("look").contract().spec().calls()).containsExactly("count");
		assertThat(this.engine.processes().get("look").timeout()).isNull();
	}

	@Test
	void pureProcessNamesPureProcessesInVain() {
		this.builder.process("shop.order",
				(spec) -> spec.semantic(Semantic.PURE).calls("count").body((context, a) -> execute("count")));
		start();
		assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> execute("order"))
			.withMessage("call of 'shop.count' by process 'shop.order' is refused: a PURE process calls PURE processes "
					+ "only, called=EFFECT");
	}

	private void refused(UnaryOperator<ProcessSpec> contract, String callee, String message) {
		refusedIn(contract, (context) -> execute(callee), message);
	}

	private void refusedIn(UnaryOperator<ProcessSpec> contract, Function<ProcessContext, Object> body, String message) {
		TheusEngineBuilder own = TheusEngine.builder();
		own.process("shop.charge", (spec) -> spec.sideEffects("http:payments").body((context, a) -> "charged"))
			.process("shop.count", (spec) -> spec.body((context, a) -> "counted"))
			.process("shop.order", (spec) -> contract.apply(spec).outputs("domain.x").body((context, a) -> {
				context.set("domain.x", 1);
				return body.apply(context);
			}));
		this.engine = own.processTimeout(Duration.ofSeconds(60)).build();
		State before = this.engine.state();
		assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> execute("order"))
			.withMessage(message);
		assertThat(this.engine.state()).isSameAs(before);
	}

	private Object execute(String process) {
		return this.engine.execute(process);
	}

	private void start() {
		this.engine = this.builder.build();
	}

	@ProcessDefaults(calls = "count")
	static class Orders {

		private final ProcessContext context;

		Orders(ProcessContext context) {
			this.context = context;
		}

		@Process(calls = "charge", sideEffects = "http:payments")
		String place() {
			return this.context.processId();
		}

		@Process
		String look() {
			return this.context.processId();
		}

	}

}
