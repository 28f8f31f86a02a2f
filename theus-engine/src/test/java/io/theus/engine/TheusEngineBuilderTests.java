package io.theus.engine;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.theus.InitialState;
import io.theus.initial.InvalidInitialStateException;
import io.theus.internal.yaml.InvalidYamlException;
import io.theus.path.Right;
import io.theus.path.ZoneViolationException;
import io.theus.state.InvalidValueException;
import io.theus.state.InvalidWriteException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What is refused when an engine is made, apart from processes, workflows and the schema.
 */
class TheusEngineBuilderTests {

	static Stream<Arguments> settingsThatAreTooSmall() {
		return Stream.of(settings("history versions", (builder) -> builder.historyVersions(0)),
				settings("meta capacity", (builder) -> builder.metaCapacity(0)),
				settings("signal capacity", (builder) -> builder.signalCapacity(0)));
	}

	private static Arguments settings(String name, Consumer<TheusEngineBuilder> setting) {
		return arguments(name, setting);
	}

	@ParameterizedTest
	@MethodSource
	void settingsThatAreTooSmall(String name, Consumer<TheusEngineBuilder> setting) {
		assertThatIllegalArgumentException().isThrownBy(() -> setting.accept(TheusEngine.builder()))
			.withMessage(name + " is too small: value=0, use 1 or more");
	}

	static Stream<Arguments> initialStateThatNobodyMayStore() {
		return Stream.of(arguments("domain.sig_x", 1, ZoneViolationException.class,
				"UPDATE at 'domain.sig_x' is refused by zone SIGNAL: rights=[READ, EMIT], a signal is not stored, use emit"),
				arguments("domain.note", new int[0], InvalidValueException.class,
						"value of type int[] cannot be stored at 'domain.note': an array is mutable, use a List"),
				arguments("domain.list", List.of(Map.of("internal_x", 1)), InvalidWriteException.class,
						"path 'domain.list.0.internal_x' cannot be written: a list is read as one unit and hides nothing, "
								+ "use a map"));
	}

	@ParameterizedTest
	@MethodSource
	void initialStateThatNobodyMayStore(String path, Object value, Class<? extends Throwable> cause, String problem) {
		Content content = new Content(Map.of(path, value));
		assertThatExceptionOfType(InvalidInitialStateException.class)
			.isThrownBy(() -> TheusEngine.builder().initialState(content).build())
			.withMessage("initial content at '%s' is refused: source=initial state 1 '%s', %s",
					path.equals("domain.list") ? "domain.list.0.internal_x" : path, Content.class.getName(), problem)
			.withCauseInstanceOf(cause)
			.satisfies((ex) -> assertThat(ex.sources())
				.containsExactly("initial state 1 '" + Content.class.getName() + "'"));
	}

	@Test
	void documentThatNobodyMayStoreIsRefusedAtItsLine() {
		assertThatExceptionOfType(InvalidYamlException.class)
			.isThrownBy(() -> TheusEngine.builder().initialState("state.yml", "domain:\n  a: 1\n  sig_x: 2\n").build())
			.withMessage(
					"invalid YAML: UPDATE at 'domain.sig_x' is refused by zone SIGNAL: rights=[READ, EMIT], a signal "
							+ "is not stored, use emit: resource='state.yml', line=3, column=10\n  sig_x: 2\n         ^")
			.havingCause()
			.isInstanceOfSatisfying(ZoneViolationException.class,
					(ex) -> assertThat(ex.right()).isEqualTo(Right.UPDATE));
	}

	private record Content(Map<String, ?> content) implements InitialState {

	}

}
