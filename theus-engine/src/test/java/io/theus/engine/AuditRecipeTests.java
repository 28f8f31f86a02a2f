package io.theus.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.theus.AuditLevel;
import io.theus.ProcessContext;
import io.theus.StateUpdate;
import io.theus.annotation.Output;
import io.theus.annotation.Process;
import io.theus.audit.AuditAbortException;
import io.theus.audit.AuditBlockException;
import io.theus.audit.AuditEntry;
import io.theus.audit.AuditStopException;
import io.theus.audit.recipe.AuditRecipe;
import io.theus.audit.recipe.AuditRecipeParser;
import io.theus.audit.recipe.EnforcedRule;
import io.theus.audit.recipe.InvalidAuditRecipeException;
import io.theus.state.State;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Recipes in an engine: what they let pass and what they refuse.
 */
class AuditRecipeTests {

	private TheusEngine engine = TheusEngine.builder().build();

	@AfterEach
	void close() {
		this.engine.close();
	}

	private void engine(String yaml) {
		engine((builder) -> builder.audit("audit.yml", yaml.replace("\t", "  ")));
	}

	private void engine(Consumer<TheusEngineBuilder> more) {
		this.engine.close();
		TheusEngineBuilder builder = TheusEngine.builder()
			.initialState(() -> Map.of("domain",
					Map.of("accounts", Map.of("alice", 100L, "bob", 50L, "carol", -5L), "limit", 80L)))
			.processes(new Shop())
			.process("transfer",
					(spec) -> spec.updates("domain.accounts.{from}", "domain.accounts.{to}")
						.argument("from", String.class)
						.argument("to", String.class)
						.argument("amount", Long.class)
						.body((state, args) -> {
							long amount = (Long) args.get("amount");
							state.update("domain.accounts." + args.get("from"), Long.class, (old) -> old - amount);
							state.update("domain.accounts." + args.get("to"), Long.class, (old) -> old + amount);
							return null;
						}))
			.process("load",
					(spec) -> spec.outputs("domain.accounts", "domain.orders.*")
						.argument("path", String.class)
						.argument("value", Object.class)
						.body((state, args) -> {
							if (args.get("value") == null) {
								state.remove((String) args.get("path"));
							}
							else {
								state.set((String) args.get("path"), args.get("value"));
							}
							return null;
						}))
			.process("nothing",
					(spec) -> spec.inputs("domain.limit").outputs("domain.receipt").body((state, args) -> null));
		more.accept(builder);
		this.engine = builder.build();
	}

	private void refused(Runnable call, String message) {
		State before = this.engine.state();
		assertThatExceptionOfType(AuditBlockException.class).isThrownBy(call::run)
			.satisfies((ex) -> assertThat(ex.problem()).isEqualTo(message));
		assertThat(this.engine.state()).isSameAs(before);
	}

	@Test
	void argumentsAreCheckedHoweverTheyArePassed() {
		engine("processes: { transfer: { inputs: [ { field: amount, min: 1, max: 50 } ] } }");
		this.engine.execute("transfer", "alice", "bob", 50L);
		refused(() -> this.engine.execute("transfer", "alice", "bob", 51L), "'amount' is above max=50");
		refused(() -> this.engine.execute("transfer", Map.of("from", "alice", "to", "bob", "amount", 0L)),
				"'amount' is below min=1");
		assertThat(this.engine.executeAsync("transfer", "alice", "bob", 51L)).failsWithin(Duration.ofSeconds(30))
			.withThrowableThat()
			.withCauseInstanceOf(AuditBlockException.class);
	}

	@Test
	void partsOfArgumentsAreChecked() {
		engine("""
				processes:
				  order:
				    inputs:
				      - { field: "cmd.lines[*].price", min: 0 }
				      - { field: "cmd.lines[0].sku", required: true }
				      - { field: cmd.customer.name, min-len: 2 }
				      - { field: cmd.options.gift, type: boolean }
				""");
		this.engine.execute("order", Shop.cmd("ab", Map.of("gift", true), new Line("x", 1), new Line(null, 0)));
		refused(() -> this.engine.execute("order", Shop.cmd("ab", Map.of(), new Line("x", 1), new Line("y", -1))),
				"'cmd.lines.1.price' is below min=0");
		refused(() -> this.engine.execute("order", Shop.cmd("ab", Map.of(), new Line(null, 1))),
				"'cmd.lines.0.sku' is missing");
		refused(() -> this.engine.execute("order", Shop.cmd("ab", Map.of())), "'cmd.lines.0.sku' is missing");
		refused(() -> this.engine.execute("order", Shop.cmd("a", Map.of(), new Line("x", 1))),
				"'cmd.customer.name' is shorter than min-len=2");
		refused(() -> this.engine.execute("order", Shop.cmd("ab", Map.of("gift", "yes"), new Line("x", 1))),
				"'cmd.options.gift' is a text, expected type=boolean");
	}

	@Test
	void partsOfArraysMapsAndRecordsAreChecked() {
		engine("""
				processes:
				  parts:
				    inputs:
				      - { field: "names[1]", min-len: 2 }
				      - { field: "amounts[*]", min: 0 }
				      - { field: byNumber.7, max: 10 }
				      - { field: "line.*", neq: forbidden }
				""");
		Line line = new Line("x", 1);
		this.engine.execute("parts", new String[] { "a" }, new long[] { 0, 1 }, Map.of(7, 10L, 8, 11L), line);
		refused(() -> this.engine.execute("parts", new String[] { "a", "b" }, new long[0], Map.of(), line),
				"'names.1' is shorter than min-len=2");
		refused(() -> this.engine.execute("parts", new String[0], new long[] { -1, 1 }, Map.of(), line),
				"'amounts.0' is below min=0");
		refused(() -> this.engine.execute("parts", new String[0], new long[] { 1, -1 }, Map.of(), line),
				"'amounts.1' is below min=0");
		refused(() -> this.engine.execute("parts", new String[0], new long[0], Map.of(8, 1L, 7, 11L), line),
				"'byNumber.7' is above max=10");
		refused(() -> this.engine.execute("parts", new String[0], new long[0], Map.of(), new Line("forbidden", 1)),
				"'line.sku' is the value neq=forbidden");
	}

	@Test
	void parametersThatAreNoArgumentsAreNotCounted() {
		engine("processes: { noted: { inputs: [ { field: amount, max: 5 } ] } }");
		this.engine.execute("noted", "x", 5L);
		refused(() -> this.engine.execute("noted", "x", 6L), "'amount' is above max=5");
	}

	@Test
	void checksAreMadeInTheOrderOfTheFile() {
		engine("processes: { transfer: { inputs: [ { field: amount, regex: x, max: 10 } ] } }");
		refused(() -> this.engine.execute("transfer", "alice", "bob", 11L),
				"'amount' is an integer, and 'regex' needs a text");
	}

	@Test
	void inputsMayBePlacesOfTheState() {
		engine("""
				processes:
				  transfer:
				    inputs:
				      - { field: "domain.accounts.{from}", min: 60, required: true }
				  nothing:
				    inputs:
				      - { field: "domain.accounts.*", min: 0 }
				""");
		this.engine.execute("transfer", "alice", "bob", 10L);
		refused(() -> this.engine.execute("transfer", "carol", "alice", 1L), "'domain.accounts.carol' is below min=60");
		refused(() -> this.engine.execute("transfer", "dave", "alice", 1L), "'domain.accounts.dave' is missing");
		refused(() -> this.engine.execute("nothing"), "'domain.accounts.carol' is below min=0");
	}

	@Test
	void conditionsAndExpressionsSeeArgumentsAndState() {
		engine("""
				processes:
				  transfer:
				    inputs:
				      - { field: amount, max: 10, condition: "to == 'bob'" }
				      - { field: amount, expression: "value <= domain.limit" }
				    outputs:
				      - { field: "domain.accounts.{from}", expression: "value >= amount", condition: "from != 'bob'" }
				""");
		refused(() -> this.engine.execute("transfer", "alice", "bob", 11L), "'amount' is above max=10");
		refused(() -> this.engine.execute("transfer", "alice", "carol", 81L),
				"'amount' does not satisfy expression=value <= domain.limit");
		refused(() -> this.engine.execute("transfer", "alice", "carol", 51L),
				"'domain.accounts.alice' does not satisfy expression=value >= amount");
		this.engine.execute("transfer", "bob", "carol", 51L);
	}

	@Test
	void expressionsAboutOutputsSeeTheStateThatWouldBe() {
		engine("""
				processes:
				  transfer:
				    outputs:
				      - field: "domain.accounts.{from}"
				        expression: "value + domain.accounts.bob == 150"
				        condition: "domain.accounts.bob > 55"
				""");
		this.engine.execute("transfer", "alice", "bob", 10L);
		refused(() -> this.engine.execute("transfer", "carol", "bob", 10L),
				"'domain.accounts.carol' does not satisfy expression=value + domain.accounts.bob == 150");
	}

	@Test
	void outputsAreCheckedWhereTheyWereTouched() {
		engine("processes: { transfer: { outputs: [ { field: 'domain.accounts.*', min: 0 } ] } }");
		// Carol is overdrawn, and nobody's business here
		this.engine.execute("transfer", "alice", "bob", 100L);
		refused(() -> this.engine.execute("transfer", "alice", "bob", 1L), "'domain.accounts.alice' is below min=0");
		refused(() -> this.engine.execute("transfer", "bob", "carol", 1L), "'domain.accounts.carol' is below min=0");
	}

	@Test
	void outputsAreCheckedBelowAndAboveWhatChanged() {
		engine("""
				processes:
				  load:
				    outputs:
				      - { field: "domain.accounts.*", min: 0 }
				      - { field: domain.accounts, max-len: 3 }
				      - { field: "domain.orders.*", max-len: 2 }
				      - { field: "domain.orders.*.lines.*.price", min: 0 }
				      - { field: "domain.orders.*.id", required: true }
				      - { field: "domain.orders.**", neq: forbidden }
				""");
		refused(() -> this.engine.execute("load", "domain.accounts", Map.of("a", 1L, "b", -1L)),
				"'domain.accounts.b' is below min=0");
		refused(() -> this.engine.execute("load", "domain.accounts.d", 1L),
				"'domain.accounts' is longer than max-len=3");
		this.engine.execute("load", "domain.accounts.carol", null);
		this.engine.execute("load", "domain.accounts.d", 1L);
		this.engine.execute("load", "domain.orders.o1", Map.of("id", 1L, "lines", List.of(Map.of("price", 1L))));
		refused(() -> this.engine.execute("load", "domain.orders.o1.more", 1L),
				"'domain.orders.o1' is longer than max-len=2");
		refused(() -> this.engine.execute("load", "domain.orders.o1.lines",
				List.of(Map.of("price", 1L), Map.of("price", -1L))), "'domain.orders.o1.lines.1.price' is below min=0");
		refused(() -> this.engine.execute("load", "domain.orders.o2", Map.of("no", 1L)),
				"'domain.orders.o2.id' is missing");
		refused(() -> this.engine.execute("load", "domain.orders.o1.id", null), "'domain.orders.o1.id' is missing");
		refused(() -> this.engine.execute("load", "domain.orders.o1.id", "forbidden"),
				"'domain.orders.o1.id' is the value neq=forbidden");
		this.engine.execute("load", "domain.orders.o1", null);
	}

	@Test
	void requiredOutputIsMissedEvenIfNothingWasWritten() {
		engine("processes: { nothing: { outputs: [ { field: receipt, required: true } ] } }");
		refused(() -> this.engine.execute("nothing"), "'domain.receipt' is missing");
		this.engine.edit("for the test", (tx) -> tx.set("domain.receipt", "r-1"));
		this.engine.execute("nothing");
	}

	@Test
	void outputThatIsRequiredIsCheckedFurtherOnlyIfItWasTouched() {
		engine("processes: { nothing: { outputs: [ { field: receipt, required: true, max-len: 3 } ] } }");
		this.engine.edit("for the test", (tx) -> tx.set("domain.receipt", "r-123"));
		this.engine.execute("nothing");
	}

	@Test
	void outputThatIsRequiredAndThereResetsThoughNobodyTouchedIt() {
		engine("processes: { nothing: { level: C, outputs: [ { field: receipt, required: true } ] } }");
		this.engine.execute("nothing");
		assertThat(this.engine.audit().counts()).containsEntry("nothing:output:domain.receipt", 1L);
		this.engine.edit("for the test", (tx) -> tx.set("domain.receipt", "r-1"));
		this.engine.execute("nothing");
		assertThat(this.engine.audit().counts()).isEmpty();
	}

	@Test
	void outputIsCheckedWhenWhatIsAboveItChanges() {
		engine("""
				processes:
				  load:
				    outputs:
				      - { field: domain.accounts.alice, min: 0, required: true }
				      - { field: domain.orders.o1.total, min: 0 }
				""");
		refused(() -> this.engine.execute("load", "domain.accounts", Map.of("alice", -1L)),
				"'domain.accounts.alice' is below min=0");
		refused(() -> this.engine.execute("load", "domain.accounts", Map.of("bob", 1L)),
				"'domain.accounts.alice' is missing");
		refused(() -> this.engine.execute("load", "domain.orders.o1", Map.of("total", -1L)),
				"'domain.orders.o1.total' is below min=0");
	}

	@Test
	void returnedValuesAreChecked() {
		engine("""
				processes:
				  total: { outputs: [ { field: total, max: 100 } ] }
				  shop.update: { outputs: [ { field: "domain.orders.{id}.total", max: 100 } ] }
				""");
		this.engine.execute("total", "o-1", 100L);
		refused(() -> this.engine.execute("total", "o-1", 101L), "'domain.orders.o-1.total' is above max=100");
		refused(() -> this.engine.execute("update", "o-1", 101L), "'domain.orders.o-1.total' is above max=100");
	}

	@Test
	void rulesOfACalleeHoldForItsCaller() {
		engine((builder) -> builder
			.process("outer", (spec) -> spec.updates("domain.other").calls("transfer").body((state, args) -> {
				state.set("domain.other", 1L);
				return this.engine.execute("transfer", "alice", "bob", 101L);
			}))
			.audit("audit.yml", "processes: { transfer: { outputs: [ { field: 'domain.accounts.*', min: 0 } ] } }"));
		refused(() -> this.engine.execute("outer"), "'domain.accounts.alice' is below min=0");
	}

	@Test
	void outputsOfACalleeMayBeNamedByItsCaller() {
		engine((builder) -> builder
			.process("outer",
					(spec) -> spec.calls("transfer")
						.body((state, args) -> this.engine.execute("transfer", "alice", "bob", 101L)))
			.audit("audit.yml", "processes: { outer: { outputs: [ { field: 'domain.accounts.*', min: 0 } ] } }"));
		refused(() -> this.engine.execute("outer"), "'domain.accounts.alice' is below min=0");
	}

	@Test
	void outputsOfACalleeThatIsNotKnownYetMayBeNamedByItsCaller() {
		engine((builder) -> builder.lateProcesses()
			.process("outer", (spec) -> spec.calls("later").body((state, args) -> null))
			.audit("audit.yml", "processes: { outer: { outputs: [ { field: 'domain.accounts.*', min: 0 } ] } }"));
		this.engine.execute("outer");
		assertThat(this.engine.audit().rules("outer")).hasSize(1);
	}

	@Test
	void levelsAreThoseOfTheRecipe() {
		engine("""
				audit: { level: C }
				processes:
				  transfer:
				    inputs:
				      - { field: amount, max: 10 }
				      - { field: from, neq: bob, level: A }
				      - { field: to, neq: carol, level: S, message: "carol is closed" }
				""");
		this.engine.execute("transfer", "alice", "bob", 11L);
		assertThat(this.engine.audit().counts()).containsEntry("transfer:input:amount", 1L);
		assertThatExceptionOfType(AuditAbortException.class)
			.isThrownBy(() -> this.engine.execute("transfer", "bob", "alice", 1L));
		assertThatExceptionOfType(AuditStopException.class)
			.isThrownBy(() -> this.engine.execute("transfer", "alice", "carol", 1L))
			.satisfies((ex) -> assertThat(ex.problem()).isEqualTo("carol is closed"));
		assertThat(this.engine.audit().stop()).isPresent();
	}

	@Test
	void rulesAboutOneFieldAreCountedApart() {
		engine("""
				processes:
				  transfer:
				    inputs:
				      - { field: amount, max: 10, level: C }
				      - { field: amount, max: 20, threshold-max: 1 }
				""");
		this.engine.execute("transfer", "alice", "bob", 15L);
		this.engine.execute("transfer", "alice", "bob", 25L);
		assertThat(this.engine.audit().counts()).containsOnly(Map.entry("transfer:input:amount", 2L),
				Map.entry("transfer:input:amount#2", 1L));
		refused(() -> this.engine.execute("transfer", "alice", "bob", 25L), "'amount' is above max=20");
		this.engine.execute("transfer", "alice", "bob", 15L);
		assertThat(this.engine.audit().counts()).containsEntry("transfer:input:amount", 4L)
			.doesNotContainKey("transfer:input:amount#2");
	}

	@Test
	void whatWasNotCheckedDoesNotReset() {
		engine("""
				processes:
				  load: { level: C, outputs: [ { field: "domain.accounts.*", min: 0 } ] }
				""");
		this.engine.execute("load", "domain.accounts.a", -1L);
		this.engine.execute("load", "domain.orders.a", 1L);
		assertThat(this.engine.audit().counts()).containsEntry("load:output:domain.accounts.*", 1L);
		this.engine.execute("load", "domain.accounts.a", 1L);
		assertThat(this.engine.audit().counts()).isEmpty();
	}

	@Test
	void ruleWhoseConditionIsNotMetDoesNotReset() {
		engine("""
				processes:
				  transfer: { level: C, inputs: [ { field: amount, max: 10, condition: "to == 'bob'" } ] }
				""");
		this.engine.execute("transfer", "alice", "bob", 11L);
		this.engine.execute("transfer", "alice", "carol", 1L);
		assertThat(this.engine.audit().counts()).containsEntry("transfer:input:amount", 1L);
		this.engine.execute("transfer", "alice", "bob", 1L);
		assertThat(this.engine.audit().counts()).isEmpty();
	}

	@Test
	void oneValueThatKeepsTheRuleResetsWhereOthersAreMissing() {
		engine("processes: { order: { level: C, inputs: [ { field: 'cmd.lines[*].sku', max-len: 1 } ] } }");
		this.engine.execute("order", Shop.cmd("ab", Map.of(), new Line("xx", 1)));
		this.engine.execute("order", Shop.cmd("ab", Map.of(), new Line(null, 1)));
		assertThat(this.engine.audit().counts()).containsEntry("shop.order:input:cmd.lines[*].sku", 1L);
		this.engine.execute("order", Shop.cmd("ab", Map.of(), new Line("x", 1), new Line(null, 1)));
		assertThat(this.engine.audit().counts()).isEmpty();
	}

	@Test
	void recipesAreBuiltInJavaAndMerged() {
		AuditRecipe built = AuditRecipe.builder()
			.capacity(5)
			.template("money", (money) -> money.input("amount", (amount) -> amount.min(1).max(50)))
			.process("transfer",
					(transfer) -> transfer.inherits("money")
						.output("domain.accounts.*", (account) -> account.min(0).level(AuditLevel.ABORT)))
			.build();
		engine((builder) -> builder.audit(built)
			.audit("audit.yml", "processes: { load: { inputs: [ { field: path, min-len: 1 } ] } }"));
		refused(() -> this.engine.execute("transfer", "alice", "bob", 51L), "'amount' is above max=50");
		assertThat(this.engine.audit().trail().capacity()).isEqualTo(5);
		assertThat(this.engine.audit().rules()).extracting(EnforcedRule::id)
			.containsExactly("load:input:path", "transfer:input:amount", "transfer:output:domain.accounts.*");
		assertThat(this.engine.audit().rules("transfer")).first().satisfies((rule) -> {
			assertThat(rule.checks().keySet()).containsExactly("min", "max");
			assertThat(rule.source()).isEqualTo("in Java code");
		});
		assertThat(this.engine.audit().rules("nothing")).isEmpty();
	}

	@Test
	void processHasOneRecipe() {
		AuditRecipe built = AuditRecipe.builder()
			.process("transfer", (transfer) -> transfer.level(AuditLevel.COUNT))
			.build();
		assertThatExceptionOfType(InvalidAuditRecipeException.class)
			.isThrownBy(
					() -> engine((builder) -> builder.audit("audit.yml", "processes: { transfer: {} }").audit(built)))
			.withMessage("invalid audit recipe: process 'transfer' has two recipes, the other one is 'transfer', "
					+ "resource='audit.yml', line=1, keep one of them");
	}

	@Test
	void recipeThatCannotBeEnforcedFailsTheStart() {
		assertThatExceptionOfType(InvalidAuditRecipeException.class)
			.isThrownBy(() -> engine("processes: { transfr: {} }"))
			.withMessage("invalid audit recipe: process 'transfr' not found, did you mean 'transfer', "
					+ "name the id or the unique name of a process: resource='audit.yml', line=1, column=14\n"
					+ "processes: { transfr: {} }\n             ^");
	}

	@Test
	void otherRecipesAreEnforcedAtOnceOrNotAtAll() {
		engine("processes: { transfer: { inputs: [ { field: amount, max: 10 } ] } }");
		AuditRecipe wrong = AuditRecipeParser.parse("processes: { transfer: { inputs: [ { field: no, max: 1 } ] } }",
				"audit.yml");
		assertThatExceptionOfType(InvalidAuditRecipeException.class)
			.isThrownBy(() -> this.engine.audit().enforce(List.of(wrong)));
		assertThat(this.engine.audit().trail().entries()).singleElement().satisfies((entry) -> {
			assertThat(entry.kind()).isEqualTo(AuditEntry.Kind.RELOAD_FAILED);
			assertThat(entry.message()).startsWith(
					"recipes are not in force, those before stay: invalid audit recipe: process 'transfer' has no argument 'no'")
				.endsWith("resource='audit.yml', line=1, column=45");
		});
		refused(() -> this.engine.execute("transfer", "alice", "bob", 11L), "'amount' is above max=10");
		this.engine.audit()
			.enforce(List.of(AuditRecipeParser
				.parse("processes: { transfer: { inputs: [ { field: amount, max: 20 } ] } }", "other.yml")));
		this.engine.execute("transfer", "alice", "bob", 11L);
		assertThat(this.engine.audit().trail().entries()).filteredOn((entry) -> entry.kind() == AuditEntry.Kind.RELOAD)
			.singleElement()
			.satisfies((entry) -> assertThat(entry.message()).isEqualTo("recipes=[other.yml] are in force"));
	}

	@Test
	void forkHasRulesOfItsOwn() {
		engine("processes: { transfer: { inputs: [ { field: amount, max: 10 } ] } }");
		AuditRecipe more = AuditRecipeParser
			.parse("processes: { transfer: { inputs: [ { field: amount, max: 20 } ] } }", "more.yml");
		AuditRecipe less = AuditRecipeParser.parse("processes: { transfer: { inputs: [ { field: amount, max: 5 } ] } }",
				"less.yml");
		try (TheusEngine fork = this.engine.fork(this.engine.state().version())) {
			refused(() -> fork.execute("transfer", "alice", "bob", 11L), "'amount' is above max=10");
			fork.audit().enforce(List.of(more));
			fork.execute("transfer", "alice", "bob", 11L);
			refused(() -> this.engine.execute("transfer", "alice", "bob", 11L), "'amount' is above max=10");
			assertThat(this.engine.audit().rules()).singleElement()
				.satisfies((rule) -> assertThat(rule.source()).contains("audit.yml"));
			this.engine.audit().enforce(List.of(less));
			fork.execute("transfer", "alice", "bob", 11L);
			refused(() -> this.engine.execute("transfer", "alice", "bob", 6L), "'amount' is above max=5");
			try (TheusEngine inner = fork.fork(fork.state().version())) {
				inner.execute("transfer", "alice", "bob", 11L);
			}
			assertThat(fork.audit().trail().entries()).filteredOn((entry) -> entry.kind() == AuditEntry.Kind.RELOAD)
				.hasSize(1);
		}
	}

	@Test
	void forkBeforeAllProcessesAreKnownHasTheRules() {
		engine((builder) -> builder.lateProcesses()
			.audit("audit.yml", "processes: { transfer: { inputs: [ { field: amount, max: 10 } ] } }"));
		try (TheusEngine fork = this.engine.fork(this.engine.state().version())) {
			this.engine.audit().enforce(List.of());
			refused(() -> fork.execute("transfer", "alice", "bob", 11L), "'amount' is above max=10");
			this.engine.execute("transfer", "alice", "bob", 11L);
		}
	}

	@Test
	void rulesHoldBeforeAllProcessesAreKnown() {
		engine((builder) -> builder.lateProcesses().audit("audit.yml", """
				processes:
				  transfer: { inputs: [ { field: amount, max: 10 } ] }
				  later: { inputs: [ { field: amount, max: 10 } ] }
				"""));
		refused(() -> this.engine.execute("transfer", "alice", "bob", 11L), "'amount' is above max=10");
		assertThatExceptionOfType(InvalidAuditRecipeException.class)
			.isThrownBy(() -> this.engine.audit().checkRecipes())
			.withMessageStartingWith("invalid audit recipe: process 'later' not found");
	}

	record Line(String sku, long price) {

	}

	record Customer(String name) {

	}

	record Cmd(Optional<Customer> customer, List<Line> lines, Map<String, Object> options) {

	}

	static class Shop {

		static Cmd cmd(String name, Map<String, Object> options, Line... lines) {
			return new Cmd(Optional.of(new Customer(name)), new ArrayList<>(Arrays.asList(lines)), options);
		}

		@Process
		void order(Cmd cmd) {
		}

		@Process
		void parts(String[] names, long[] amounts, Map<Integer, Long> byNumber, Line line) {
		}

		@Process
		void noted(ProcessContext context, String note, long amount) {
		}

		@Process(outputs = "domain.orders.{id}.total")
		@Output("domain.orders.{id}.total")
		long total(String id, long sum) {
			return sum;
		}

		@Process(outputs = "domain.orders.{id}.total")
		StateUpdate update(String id, long sum) {
			return StateUpdate.set("domain.orders." + id + ".total", sum);
		}

	}

}
