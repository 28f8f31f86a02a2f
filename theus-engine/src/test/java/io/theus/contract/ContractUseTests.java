package io.theus.contract;

import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.theus.ProcessContext;
import io.theus.engine.TheusEngine;
import io.theus.path.ZoneViolationException;
import io.theus.process.ProcessSpec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ContractUseTests {

	private TheusEngine engine;

	@Test
	void grantsThatNobodyUsesAreReported() {
		ContractUse use = start(true,
				(spec) -> spec.argument("id", String.class)
					.inputs("domain.a", "domain.{id}.x", "domain.never")
					.outputs("domain.b", "domain.unused.*"),
				(context) -> {
					context.find("domain.a.deep");
					context.find("domain.one.x");
					context.set("domain.b", 1);
				});
		assertThat(use.unusedInputs()).containsExactly("domain.a", "domain.{id}.x", "domain.never");
		assertThat(use.unusedOutputs()).containsExactly("domain.b", "domain.unused.*");
		this.engine.execute("run", "one");
		assertThat(use.unusedInputs()).containsExactly("domain.never");
		assertThat(use.unusedOutputs()).containsExactly("domain.unused.*");
		assertThat(use.missingInputs()).isEmpty();
		assertThat(use.missingOutputs()).isEmpty();
	}

	@Test
	void undeclaredAccessIsRecordedInsteadOfRefusedWhenNotStrict() {
		ContractUse use = start(false, (spec) -> spec.inputs("domain.a").outputs("domain.b"), (context) -> {
			context.find("domain.z");
			context.find("domain.y");
			context.find("domain.a");
			context.set("domain.undeclared", 1);
			context.set("domain.b", 1);
			context.emit("sig_undeclared", 1);
			context.outbox().send("undeclared", null, "text");
		});
		this.engine.execute("run");
		assertThat(this.engine.state().get("domain.undeclared")).isEqualTo(1);
		assertThat(this.engine.signals().recent()).hasSize(1);
		assertThat(use.missingInputs()).containsExactly("domain.y", "domain.z");
		assertThat(use.missingOutputs()).containsExactly("domain.undeclared");
		assertThat(use.missingEmits()).containsExactly("sig_undeclared");
		assertThat(use.missingSends()).containsExactly("undeclared");
	}

	@Test
	void zonesHoldAlsoWhenNotStrict() {
		start(false, (spec) -> {
		}, (context) -> context.set("domain.const_x", 2));
		assertThatExceptionOfType(ZoneViolationException.class).isThrownBy(() -> this.engine.execute("run"));
		assertThat(this.engine.state().version()).isEqualTo(1);
	}

	@Test
	void recordOfMissingGrantsIsBounded() {
		ContractUse use = start(false, (spec) -> {
		}, (context) -> {
			for (int i = 0; i < 500; i++) {
				context.find("domain.k" + i);
				context.set("domain.k" + i, i);
			}
		});
		this.engine.execute("run");
		assertThat(use.missingInputs()).hasSize(100);
		assertThat(use.missingOutputs()).hasSize(100);
	}

	private ContractUse start(boolean strict, Consumer<ProcessSpec> contract, Consumer<ProcessContext> body) {
		this.engine = TheusEngine.builder()
			.strict(strict)
			.initialState(() -> Map.of("domain.const_x", 1))
			.process("shop.run", (spec) -> {
				contract.accept(spec);
				spec.body((context, arguments) -> {
					body.accept(context);
					return null;
				});
			})
			.build();
		return this.engine.processes().get("run").contract().use();
	}

}
