package io.theus.contract;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.theus.ContractVariable;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ContractVariablesTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "@tenant", "a.b", "{tenant}", "a b", "*" })
	void nameMustBePlain(String name) {
		TheusEngineBuilder builder = TheusEngine.builder().contractVariables(ContractVariable.of(name, () -> "a"));
		assertThatExceptionOfType(InvalidVariableException.class).isThrownBy(builder::build)
			.withMessage(
					"contract variable '" + name + "' is declared wrongly: its name cannot stand in a placeholder, "
							+ "use letters, digits, '_' and '-', without the '@'")
			.satisfies((ex) -> {
				assertThat(ex.variable()).isEqualTo(name);
				assertThat(ex.problem()).isEqualTo("its name cannot stand in a placeholder");
				assertThat(ex.action()).isEqualTo("use letters, digits, '_' and '-', without the '@'");
			});
	}

	@Test
	void nameMustBeUnique() {
		TheusEngineBuilder builder = TheusEngine.builder()
			.contractVariables(ContractVariable.of("tenant", () -> "a"), ContractVariable.of("tenant", () -> "b"));
		assertThatExceptionOfType(InvalidVariableException.class).isThrownBy(builder::build)
			.withMessage("contract variable 'tenant' is declared wrongly: its name is taken by another one, "
					+ "rename one of them");
	}

	@Test
	void valueIsTakenWhenItIsFirstNeededAndNeverAgain() {
		List<String> asked = new ArrayList<>();
		VariableValues values = new VariableValues(twoVariables(asked));
		assertThat(asked).isEmpty();
		assertThat(values.get("@b")).isEqualTo("b1");
		assertThat(values.get("@b")).isEqualTo("b1");
		assertThat(values.takeAll().get("@a")).isEqualTo("a2");
		assertThat(values.get("@a")).isEqualTo("a2");
		assertThat(asked).containsExactly("b", "a");
	}

	@Test
	void valuesThatWereTakenCountWhileTheyAreGiven() {
		List<String> asked = new ArrayList<>();
		ContractVariables variables = twoVariables(asked);
		VariableValues outer = new VariableValues(variables).takeAll();
		VariableValues inner = new VariableValues(variables).takeAll();
		String seen = outer.during(() -> inner.during(() -> "" + new VariableValues(variables).get("@a"))
				+ new VariableValues(variables).get("@a"));
		assertThat(seen).isEqualTo("a3a1");
		assertThat(new VariableValues(variables).get("@a")).isEqualTo("a5");
		assertThatIllegalStateException().isThrownBy(() -> outer.during(() -> {
			throw new IllegalStateException("broken on purpose");
		}));
		assertThat(new VariableValues(variables).get("@a")).isEqualTo("a6");
	}

	@Test
	void valuesOfAnotherEngineDoNotCount() {
		VariableValues given = new VariableValues(twoVariables(new ArrayList<>())).takeAll();
		ContractVariables other = new ContractVariables(List.of(ContractVariable.of("a", () -> "other")));
		assertThat(given.<@Nullable Object, RuntimeException>during(() -> new VariableValues(other).get("@a")))
			.isEqualTo("other");
	}

	private static ContractVariables twoVariables(List<String> asked) {
		return new ContractVariables(List.of(variable("a", asked), variable("b", asked)));
	}

	// Its value has the number of the question
	private static ContractVariable variable(String name, List<String> asked) {
		return ContractVariable.of(name, () -> {
			asked.add(name);
			return name + asked.size();
		});
	}

}
