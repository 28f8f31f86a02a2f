package io.theus.process;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.theus.annotation.Process;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ProcessRegistryTests {

	private final TheusEngine engine = TheusEngine.builder()
		.process("payments.chargeCard", (spec) -> spec.body((context, arguments) -> "charged"))
		.process("payments.cancel", (spec) -> spec.body((context, arguments) -> "payment cancelled"))
		.process("orders.cancel", (spec) -> spec.body((context, arguments) -> "order cancelled"))
		.build();

	@ParameterizedTest
	@ValueSource(strings = { "payments.chargeCard", "chargeCard", "charge_card", "charge-card", "CHARGECARD",
			"payments.charge_card", "Payments.ChargeCard" })
	void processIsFoundByIdNameAndRelaxedSpelling(String name) {
		assertThat(this.engine.<String>execute(name)).isEqualTo("charged");
		assertThat(this.engine.processes().get(name).id()).isEqualTo("payments.chargeCard");
	}

	@Test
	void unknownProcessIsNotFound() {
		assertThatExceptionOfType(ProcessNotFoundException.class).isThrownBy(() -> this.engine.execute("chargeCart"))
			.withMessage("process 'chargeCart' not found, did you mean 'chargeCard', "
					+ "known=[cancel, chargeCard, orders.cancel, payments.cancel, payments.chargeCard]")
			.satisfies((ex) -> assertThat(ex.process()).isEqualTo("chargeCart"));
		assertThatExceptionOfType(ProcessNotFoundException.class).isThrownBy(() -> this.engine.executeAsync("nothing"));
	}

	@Test
	void ambiguousNameIsRefusedNamingAll() {
		assertThatExceptionOfType(ProcessNotFoundException.class).isThrownBy(() -> this.engine.execute("cancel"))
			.withMessage("process 'cancel' not found: the name is ambiguous, use one of the ids "
					+ "[orders.cancel, payments.cancel]");
		assertThat(this.engine.<String>execute("orders.cancel")).isEqualTo("order cancelled");
	}

	@Test
	void processesAreListedById() {
		assertThat(this.engine.processes().all()).extracting(ProcessDefinition::id)
			.containsExactly("orders.cancel", "payments.cancel", "payments.chargeCard");
	}

	@Test
	void twoProcessesOfOneIdAreRefused() {
		TheusEngineBuilder builder = TheusEngine.builder().processes(new Overloads());
		assertThatExceptionOfType(DuplicateProcessException.class).isThrownBy(builder::build)
			.withMessage("process 'overloads.run' is registered twice, give one of the beans or methods another name");
	}

	@Test
	void objectWithoutProcessesIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> TheusEngine.builder().processes("text").build())
			.withMessage("class 'java.lang.String' has no process, annotate a method with @Process");
	}

	@Test
	void processWithoutBodyIsRefused() {
		assertThatIllegalStateException().isThrownBy(() -> TheusEngine.builder().process("a.b", (spec) -> {
		}).build()).withMessage("process 'a.b' has no body, give it one with body(...)");
	}

	static class Overloads {

		@Process
		void run() {
		}

		@Process
		void run(String argument) {
		}

	}

}
