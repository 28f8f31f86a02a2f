package io.theus.process;

import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.theus.ProcessContext;
import io.theus.Semantic;
import io.theus.annotation.Input;
import io.theus.annotation.Output;
import io.theus.annotation.Process;
import io.theus.contract.ContractViolationException;
import io.theus.engine.TheusEngine;
import io.theus.path.Path;
import io.theus.path.ZoneViolationException;
import io.theus.state.NoSuchPathException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PlaceholderTests {

	private final Shop shop = new Shop();

	private final TheusEngine engine = TheusEngine.builder()
		.processes(this.shop)
		.initialState(() -> Map.of("domain",
				Map.of("accounts", Map.of("alice", 10, "bob", 20, "a.b", 30, "*", 40, "x']", 50, "7", 60), "orders",
						Map.of("o1", new Order("bob", "o2", List.of("alice", "bob"))), "meta_secret", "steering",
						"internal_pin", 4711)))
		.build();

	@BeforeEach
	void inject() {
		this.shop.state = this.engine.context();
	}

	@Test
	void argumentNarrowsTheContract() {
		assertThat(read("alice", "alice")).isEqualTo(10);
		assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> read("alice", "bob"))
			.withMessage("read of 'domain.accounts.bob' is not declared by process 'shop.read': "
					+ "declared=[domain.accounts.{name}], add it to inputs");
	}

	@Test
	void valueIsOneLiteralSegmentAndNeverParsed() {
		assertThat(read("a.b", "a.b")).isEqualTo(30);
		assertThat(read("*", "*")).isEqualTo(40);
		assertThat(read("x']", "x']")).isEqualTo(50);
		for (String hostile : List.of("*", "**", "a.b", "alice.x", "{name}", "x']", "[0]", "domain")) {
			assertThatExceptionOfType(ContractViolationException.class).as(hostile)
				.isThrownBy(() -> read(hostile, "alice"));
		}
	}

	@Test
	void integersEnumsAndIdentifiersAreKeys() {
		UUID id = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");
		assertThat(this.engine.<String>execute("any", 7, "7")).isEqualTo("60");
		assertThat(this.engine.<String>execute("any", 7L, "7")).isEqualTo("60");
		assertThat(this.engine.<String>execute("any", DayOfWeek.MONDAY, "MONDAY")).isEqualTo("absent");
		assertThat(this.engine.<String>execute("any", id, id.toString())).isEqualTo("absent");
	}

	@Test
	void valueThatIsNoKeyFailsBeforeTheBody() {
		refused(null, "null cannot be a key of the state");
		refused("", "a value of type java.lang.String that is empty cannot be a key of the state");
		refused(1.5, "a value of type java.lang.Double cannot be a key of the state");
		refused(true, "a value of type java.lang.Boolean cannot be a key of the state");
		refused(new Order("a", "b", List.of()),
				"a value of type " + Order.class.getName() + " cannot be a key of the state");
		refused(Arrays.asList("alice", null), "null cannot be a key of the state");
		assertThat(this.shop.runs).isZero();
	}

	private void refused(Object value, String problem) {
		assertThatExceptionOfType(InvalidArgumentException.class)
			.isThrownBy(() -> this.engine.execute("any", value, "x"))
			.withMessage("argument 'key' of process 'shop.any' is invalid: " + problem
					+ ", pass non-empty text, an integer, an enum or a UUID")
			.satisfies((ex) -> assertThat(ex.argument()).isEqualTo("key"));
	}

	@Test
	void componentOfAnArgumentNarrowsTheContract() {
		assertThat(this.engine.<Integer>execute("byComponent", new Command(new Target("bob")), "bob")).isEqualTo(20);
		assertThat(this.engine.<Integer>execute("byComponent",
				Map.of("command", new Command(new Target("alice")), "read", "alice")))
			.isEqualTo(10);
		assertThatExceptionOfType(ContractViolationException.class)
			.isThrownBy(() -> this.engine.execute("byComponent", new Command(new Target("bob")), "alice"));
		assertThatExceptionOfType(InvalidArgumentException.class)
			.isThrownBy(() -> this.engine.execute("byComponent", new Command(null), "bob"))
			.withMessage("argument 'command.target.account' of process 'shop.byComponent' is invalid: "
					+ "a value of type null has no component 'account'");
		assertThatExceptionOfType(InvalidArgumentException.class)
			.isThrownBy(() -> this.engine.execute("byComponent", null, "bob"))
			.withMessage("argument 'command.target.account' of process 'shop.byComponent' is invalid: "
					+ "a value of type null has no component 'target'");
	}

	@Test
	void collectionStandsForEachOfItsElements() {
		assertThat(this.engine.<Integer>execute("sum", List.of("alice", "bob"))).isEqualTo(30);
		assertThat(this.engine.<Integer>execute("sum", List.of())).isZero();
		assertThatExceptionOfType(ContractViolationException.class)
			.isThrownBy(() -> this.engine.execute("other", Set.of("alice"), "bob"));
		assertThatExceptionOfType(ContractViolationException.class)
			.isThrownBy(() -> this.engine.execute("other", Set.of(), "bob"));
	}

	@Test
	void inputsAreBoundInOrderOfDependency() {
		assertThat(this.engine.<Integer>execute("chain", "o1")).isEqualTo(20);
	}

	@Test
	void listOfAnInputNarrowsTheContract() {
		assertThat(this.engine.<Integer>execute("partners", "o1", "alice")).isEqualTo(10);
		assertThatExceptionOfType(ContractViolationException.class)
			.isThrownBy(() -> this.engine.execute("partners", "o1", "a.b"));
	}

	@Test
	void absentInputIsAnErrorUnlessItMayBeAbsent() {
		assertThatExceptionOfType(NoSuchPathException.class).isThrownBy(() -> this.engine.execute("chain", "o7"))
			.withMessage("path 'domain.orders.o7' not found, parameter 'order' of process 'shop.chain' is supplied "
					+ "from it, make it an Optional or @Nullable if it may be absent");
		assertThat(this.engine.<String>execute("maybe", "carol")).isEqualTo("null and Optional.empty");
		assertThat(this.engine.<String>execute("maybe", "bob")).isEqualTo("20 and Optional[20]");
	}

	@Test
	void suppliedParametersAreNoArguments() {
		assertThat(this.engine.processes().get("chain").arguments()).extracting(Parameter::name)
			.containsExactly("orderId");
		assertThatExceptionOfType(InvalidArgumentException.class)
			.isThrownBy(() -> this.engine.execute("chain", "o1", "x"))
			.withMessage("argument '#2' of process 'shop.chain' is invalid: the process takes other arguments, "
					+ "expected=[orderId] given=2");
	}

	@Test
	void inputMustNameOnePath() {
		assertThatExceptionOfType(InvalidArgumentException.class)
			.isThrownBy(() -> this.engine.execute("single", List.of("alice", "bob")))
			.withMessage(
					"argument 'balance' of process 'shop.single' is invalid: input 'domain.accounts.{names}' names 2 "
							+ "paths in this call, pass just one value");
		assertThatExceptionOfType(InvalidArgumentException.class)
			.isThrownBy(() -> this.engine.execute("single", List.of()));
		assertThat(this.engine.<Integer>execute("single", List.of("bob"))).isEqualTo(20);
	}

	@Test
	void inputIsReadUnderTheRulesOfAnyRead() {
		assertThatExceptionOfType(ContractViolationException.class)
			.isThrownBy(() -> this.engine.execute("top", "meta_secret"))
			.withMessage(
					"read of 'domain.meta_secret' by process 'shop.top' is refused: control zone META is not visible "
							+ "to a EFFECT process, declare semantic = GUIDE");
		assertThatExceptionOfType(ContractViolationException.class)
			.isThrownBy(() -> this.engine.execute("topPure", "meta_secret"));
		assertThatExceptionOfType(ZoneViolationException.class)
			.isThrownBy(() -> this.engine.execute("top", "internal_pin"));
		assertThat(this.engine.processes().get("chain").contract().use().unusedInputs()).hasSize(2);
		this.engine.execute("chain", "o1");
		assertThat(this.engine.processes().get("chain").contract().use().unusedInputs()).isEmpty();
	}

	@Test
	void outputIsNarrowedLikeAnyPattern() {
		this.engine.execute("store", "x.y");
		assertThat(this.engine.state().get("domain.stored['x.y'].value")).isEqualTo("x.y");
		assertThatExceptionOfType(InvalidArgumentException.class).isThrownBy(() -> this.engine.execute("store", ""));
	}

	private Object read(String name, String read) {
		return this.engine.execute("read", name, read);
	}

	static class Shop {

		private ProcessContext state;

		private int runs;

		@Process(inputs = "domain.accounts.{name}")
		Object read(String name, String read) {
			return this.state.get(Path.of("domain.accounts", read).toString());
		}

		@Process(inputs = "domain.accounts.{key}")
		String any(Object key, String read) {
			this.runs++;
			return this.state.find("domain.accounts." + read).map(Object::toString).orElse("absent");
		}

		@Process(inputs = "domain.accounts.{command.target.account}")
		Object byComponent(Command command, String read) {
			return this.state.get("domain.accounts." + read);
		}

		@Process(inputs = "domain.accounts.{names}")
		int sum(List<String> names) {
			return names.stream().mapToInt((name) -> this.state.get("domain.accounts." + name, Integer.class)).sum();
		}

		@Process(inputs = "domain.accounts.{names}")
		Object other(Set<String> names, String read) {
			return this.state.get("domain.accounts." + read);
		}

		@Process
		int chain(@Input("domain.accounts.{order.customer}") int balance, @Input("domain.orders.{orderId}") Order order,
				String orderId) {
			return balance;
		}

		@Process(inputs = "domain.accounts.{order.partners}")
		Object partners(String orderId, @Input("domain.orders.{orderId}") Order order, String read) {
			return this.state.get(Path.of("domain.accounts", read).toString());
		}

		@Process
		String maybe(String name, @Input("domain.accounts.{name}") @Nullable Integer balance,
				@Input("domain.accounts.{name}") Optional<Integer> same) {
			return balance + " and " + same;
		}

		@Process
		int single(List<String> names, @Input("domain.accounts.{names}") int balance) {
			return balance;
		}

		@Process
		Object top(String key, @Input("domain.{key}") Object value) {
			return value;
		}

		@Process(semantic = Semantic.PURE)
		Object topPure(String key, @Input("domain.{key}") Object value) {
			return value;
		}

		@Process
		@Output("domain.stored.{key}.value")
		String store(String key) {
			return key;
		}

	}

	record Command(@Nullable Target target) {

	}

	record Target(String account) {

	}

	record Order(String customer, String next, List<String> partners) {

	}

}
