package io.theus.run;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.theus.expression.Expression;
import io.theus.path.Path;
import io.theus.state.Snapshot;
import io.theus.state.State;

import static org.assertj.core.api.Assertions.assertThat;

class VisibleStateTests {

	private final WorkflowFixture fixture = new WorkflowFixture();

	@BeforeEach
	void write() {
		this.fixture.engine().edit("test", (tx) -> {
			tx.set("domain.n", 1L);
			tx.set("domain.internal_key", "secret");
			tx.set("domain.accounts",
					Map.of("a", Map.of("total", 5, "internal_pin", "secret"), "b", Map.of("total", 6)));
			tx.set("domain.list", List.of(Map.of("x", 1), Map.of("x", 2)));
			tx.set("domain.card", new Card("visa", "secret"));
			tx.set("global.internal_only", "secret");
		});
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "domain.internal_key is None", "domain['internal_key'] is None",
			"domain.get('internal_key', 'hidden') == 'hidden'", "'internal_key' not in domain", "len(domain) == 4",
			"domain.accounts.a.internal_pin is None", "domain.accounts.a.total == 5", "len(domain.accounts.a) == 1",
			"len(domain.accounts) == 2", "domain.accounts.b == domain['accounts'].get('b')",
			"domain.accounts.a != domain.accounts.b", "domain.list[1].x == 2", "domain.card.brand == 'visa'",
			"domain.card.internal_pin is None", "len(global) == 0", "domain.n == 1", "meta.anything is None",
			"not meta" })
	void conditionsDoNotSeeWhatIsPrivate(String condition) {
		Run run = this.fixture
			.run("name: a\nsteps: [{ flux: if, id: check, condition: \"" + condition + "\", then: [] }]");
		assertThat(run.history()).extracting(StepVisit::outcome).containsExactly(StepVisit.Outcome.ENTERED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "domain.list[1].internal_x is None", "domain.list[-1].internal_x is None",
			"domain.list[1].x == 2", "domain.list[-2].x == 1", "len(domain.list[1]) == 1", "len(domain.list) == 2",
			"domain.list[2] is None", "domain.list[-3] is None", "domain.list == [domain.list[0], domain.list[1]]" })
	void listsAreEnteredByIndex(String condition) {
		Snapshot snapshot = (Snapshot) State
			.fromMap(Map.of("domain", Map.of("list", List.of(Map.of("x", 1), Map.of("x", 2, "internal_x", "secret")))));
		Snapshot withPrivate = new Snapshot(1, snapshot.root(), Map.of(),
				List.of(Path.parse("domain.list[1].internal_x")));
		Expression expression = Expression.compile(condition, RunScope.ROOTS);
		assertThat(expression.test((root) -> VisibleState.of(withPrivate, root))).isTrue();
	}

	@Test
	void argumentsDoNotSeeWhatIsPrivate() {
		Run run = this.fixture
			.run("name: a\nsteps: [{ process: echo, with: { value: ['#{domain}', '#{domain.card}', '#{global}'] } }]");
		assertThat(run.result()).isEqualTo(List.of(
				Map.of("n", 1L, "accounts", Map.of("a", Map.of("total", 5), "b", Map.of("total", 6)), "list",
						List.of(Map.of("x", 1), Map.of("x", 2)), "card", Map.of("brand", "visa")),
				Map.of("brand", "visa"), Map.of()));
	}

	@Test
	void stateWithoutPrivateValuesIsNotCopied() {
		this.fixture.engine().edit("test", (tx) -> {
			for (String path : List.of("domain.internal_key", "domain.card", "domain.list", "domain.accounts")) {
				tx.remove(path);
			}
			tx.set("domain.shared", Map.of("k", List.of(1, 2)));
		});
		Run run = this.fixture.run("name: a\nsteps: [{ process: echo, with: { value: '#{domain.shared}' } }]");
		assertThat(run.result()).isSameAs(this.fixture.state("domain.shared"));
	}

	/**
	 * A record with a component that processes do not see.
	 *
	 * @param brand visible
	 * @param internal_pin private
	 */
	record Card(String brand, String internal_pin) {

	}

}
