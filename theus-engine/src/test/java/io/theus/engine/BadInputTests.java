package io.theus.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.theus.ProcessContext;
import io.theus.StateUpdate;
import io.theus.contract.ContractViolationException;
import io.theus.contract.InvalidContractException;
import io.theus.error.TheusException;
import io.theus.internal.yaml.InvalidYamlException;
import io.theus.outbox.MessageFilter;
import io.theus.outbox.OutboxEntry;
import io.theus.outbox.OutboxLimits;
import io.theus.outbox.OversizedMessageException;
import io.theus.outbox.TooManyMessagesException;
import io.theus.path.InvalidPathException;
import io.theus.path.InvalidTopicException;
import io.theus.process.InvalidArgumentException;
import io.theus.process.ProcessNotFoundException;
import io.theus.run.WorkflowNotFoundException;
import io.theus.signal.Signal;
import io.theus.state.InvalidValueException;
import io.theus.state.NoSuchPathException;
import io.theus.state.State;
import io.theus.workflow.InputType;
import io.theus.workflow.InvalidInputException;
import io.theus.workflow.InvalidWorkflowException;
import io.theus.workflow.Workflow;
import io.theus.workflow.WorkflowParser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Whatever is wrong with what the engine is given: the exception has its type, its text
 * and its facts, nothing changes, and nothing that was there is lost.
 */
class BadInputTests {

	private static final String MUTABLE = "value of type int[] cannot be stored at '%s': an array is mutable, use a List";

	private final TheusEngine engine = TheusEngine.builder()
		.messageLimits(new OutboxLimits(100, 3))
		.workflows(Workflow.named("order")
			.input("who", InputType.TEXT)
			.input("amount", InputType.INTEGER)
			.process("pay")
			.build())
		.process("shop.pay",
				(spec) -> spec.argument("who", String.class)
					.argument("amount", long.class)
					.outputs("domain.paid")
					.body((context, arguments) -> {
						context.set("domain.paid", arguments.get("amount"));
						return null;
					}))
		.process("shop.run",
				(spec) -> spec.argument("then", Function.class)
					.inputs("domain.a")
					.outputs("domain.a", "domain.b")
					.emits("sig_a")
					.sends("orders")
					.body((context, arguments) -> run(context, arguments.get("then"))))
		.build();

	// Two writes, a signal and a message come before what is wrong
	@SuppressWarnings("unchecked")
	private static Object run(ProcessContext context, Object then) {
		context.set("domain.a", "lost");
		context.set("domain.b", "lost");
		context.emit("sig_a", "lost");
		context.outbox().send("orders", "k", "lost");
		return ((Function<ProcessContext, Object>) then).apply(context);
	}

	static Stream<Bad<?>> badInput() {
		List<Bad<?>> all = new ArrayList<>();
		addArguments(all);
		addUndeclared(all);
		addPaths(all);
		addWorkflows(all);
		addValues(all);
		return all.stream();
	}

	private static void addArguments(List<Bad<?>> all) {
		all.add(new Bad<>("unknown process", (engine) -> engine.execute("pey", "bob", 7L),
				ProcessNotFoundException.class,
				"process 'pey' not found, did you mean 'pay', known=[pay, run, shop.pay, shop.run]",
				(ex) -> List.of(ex.process()), "pey"));
		all.add(new Bad<>("unknown process, asynchronously", (engine) -> engine.executeAsync("shop.pey").join(),
				ProcessNotFoundException.class,
				"process 'shop.pey' not found, did you mean 'shop.pay', known=[pay, run, shop.pay, shop.run]",
				(ex) -> List.of(ex.process()), "shop.pey"));
		all.add(new Bad<>("unknown argument", (engine) -> engine.execute("pay", Map.of("who", "bob", "amuont", 7L)),
				InvalidArgumentException.class,
				"argument 'amuont' of process 'shop.pay' is invalid: the process has no such argument, did you mean "
						+ "'amount', expected=[who, amount]",
				(ex) -> List.of(ex.process(), ex.argument()), "shop.pay", "amuont"));
		all.add(new Bad<>("missing argument", (engine) -> engine.execute("pay", Map.of("who", "bob")),
				InvalidArgumentException.class,
				"argument 'amount' of process 'shop.pay' is invalid: it is missing, expected=[who, amount]",
				(ex) -> List.of(ex.process(), ex.argument()), "shop.pay", "amount"));
		all.add(new Bad<>("argument of another type", (engine) -> engine.execute("pay", "bob", "seven"),
				InvalidArgumentException.class,
				"argument 'amount' of process 'shop.pay' is invalid: the type does not fit, expected=long "
						+ "actual=java.lang.String",
				(ex) -> List.of(ex.process(), ex.argument()), "shop.pay", "amount"));
		all.add(new Bad<>("too many arguments", (engine) -> engine.execute("pay", "bob", 7L, 8L),
				InvalidArgumentException.class,
				"argument '#3' of process 'shop.pay' is invalid: the process takes other arguments, expected=[who, amount] "
						+ "given=3",
				(ex) -> List.of(ex.process(), ex.argument()), "shop.pay", "#3"));
	}

	private static void addUndeclared(List<Bad<?>> all) {
		all.add(undeclared("undeclared read", (context) -> context.get("domain.kept"),
				"read of 'domain.kept' is not declared by process 'shop.run': declared=[domain.a], add it to inputs",
				"domain.kept", List.of("domain.a")));
		all.add(undeclared("undeclared write", (context) -> {
			context.set("domain.kept", "lost");
			return null;
		}, "write to 'domain.kept' is not declared by process 'shop.run': declared=[domain.a, domain.b], add it to outputs",
				"domain.kept", List.of("domain.a", "domain.b")));
		all.add(undeclared("undeclared write by the return value", (context) -> StateUpdate.set("domain.kept", "lost"),
				"write to 'domain.kept' is not declared by process 'shop.run': declared=[domain.a, domain.b], add it to "
						+ "outputs",
				"domain.kept", List.of("domain.a", "domain.b")));
		all.add(undeclared("undeclared signal", (context) -> {
			context.emit("sig_b", "lost");
			return null;
		}, "emission of 'sig_b' is not declared by process 'shop.run': declared=[sig_a], add it to emits", "sig_b",
				List.of("sig_a")));
		all.add(undeclared("undeclared message", (context) -> {
			context.outbox().send("invoices", "k", "lost");
			return null;
		}, "message to 'invoices' is not declared by process 'shop.run': declared=[orders], add it to sends",
				"invoices", List.of("orders")));
	}

	private static Bad<?> undeclared(String name, Function<ProcessContext, Object> then, String message, String subject,
			List<String> declared) {
		return new Bad<>(name, (engine) -> engine.execute("run", then), ContractViolationException.class, message,
				(ex) -> List.of(ex.process(), ex.subject(), ex.declared()), "shop.run", subject, declared);
	}

	private static void addPaths(List<Bad<?>> all) {
		all.add(path("domian.a", 0,
				"unknown layer 'domian', did you mean 'domain', a path begins with domain, global or local"));
		all.add(path("domain..a", 7, "a segment is missing"));
		all.add(path("domain.a[x", 8, "'[' takes a list index or a quoted key, write ['key'] or [0]"));
		all.add(path("domain.*", 7, "'*' is for patterns only, quote it as ['*'] if it is a key"));
		all.add(new Bad<>("absent path",
				(engine) -> engine.execute("run",
						(Function<ProcessContext, Object>) (context) -> context.get("domain.a.x")),
				NoSuchPathException.class, "path 'domain.a.x' not found, use find or getOrDefault if it may be absent",
				(ex) -> List.of(ex.path().toString()), "domain.a.x"));
		all.add(new Bad<>("pattern of a process",
				(engine) -> TheusEngine.builder()
					.process("shop.bad", (spec) -> spec.inputs("domain.a*").body((context, arguments) -> null))
					.build(),
				InvalidContractException.class,
				"process 'shop.bad' is declared wrongly: input 'domain.a*' is no pattern at position=7, '*' stands for a "
						+ "whole segment and cannot be part of 'a*', use '*' or quote the key",
				(ex) -> List.of(ex.process()), "shop.bad"));
		all.add(new Bad<>("pattern of topics", (engine) -> engine.signals().subscribe("sig a"),
				InvalidTopicException.class,
				"invalid topic pattern 'sig a': position=3, use letters, digits, '.', '_', '-' and '*'",
				(ex) -> List.of(ex.topic(), ex.position()), "sig a", 3));
		all.add(topic("", 0, "topic '' is empty: length=0, give it a name"));
		all.add(topic("sig a", 3, "invalid topic 'sig a': position=3, use letters, digits, '.', '_' and '-'"));
	}

	private static Bad<?> topic(String topic, int position, String message) {
		return new Bad<>("topic '" + topic + "'", (engine) -> engine.transact((tx) -> {
			tx.set("domain.a", "lost");
			tx.emit("sig_a", "lost");
			tx.emit(topic, 1);
			return null;
		}), InvalidTopicException.class, message, (ex) -> List.of(ex.topic(), ex.position()), topic, position);
	}

	private static Bad<?> path(String path, int position, String problem) {
		return new Bad<>("path " + path,
				(engine) -> engine.execute("run", (Function<ProcessContext, Object>) (context) -> {
					context.set(path, "lost");
					return null;
				}), InvalidPathException.class,
				"path '%s' is invalid: %s, position=%d".formatted(path, problem, position),
				(ex) -> List.of(ex.path(), ex.position(), ex.problem()), path, position, problem);
	}

	private static void addWorkflows(List<Bad<?>> all) {
		all.add(new Bad<>("unknown workflow", (engine) -> engine.workflows().run("ordr"),
				WorkflowNotFoundException.class, "workflow 'ordr' not found, did you mean 'order', known=[order]",
				(ex) -> List.of(ex.workflow()), "ordr"));
		all.add(new Bad<>("input of a workflow",
				(engine) -> engine.workflows().run("order", Map.of("who", 7, "amount", 7)), InvalidInputException.class,
				"input 'who' of workflow 'order' is invalid: the type does not fit, expected=text, actual=java.lang.Integer, "
						+ "pass another value",
				(ex) -> List.of(ex.workflow(), ex.input()), "order", "who"));
		all.add(new Bad<>("workflow that is no YAML", (engine) -> add(engine, "name: a\nsteps: b: c\n"),
				InvalidYamlException.class,
				"invalid YAML: mapping values are not allowed here: resource='flow.yml', line=2, column=9\nsteps: b: c\n        ^",
				(ex) -> List.of(ex.resource(), ex.line(), ex.column()), "flow.yml", 2, 9));
		all.add(new Bad<>("workflow with an unknown key", (engine) -> add(engine, "name: a\nstepz: []\n"),
				InvalidWorkflowException.class,
				"invalid workflow 'flow': unknown key 'stepz', did you mean 'steps', known=[inputs, isolation, max-ops, "
						+ "name, on, on-error, steps, timeout, version]: resource='flow.yml', line=2, column=1\nstepz: []\n^",
				(ex) -> List.of(ex.position().line(), ex.position().column()), 2, 1));
		all.add(new Bad<>("initial state that is no YAML",
				(engine) -> TheusEngine.builder().initialState("state.yml", "domain:\n  a: b: c\n").build(),
				InvalidYamlException.class,
				"invalid YAML: mapping values are not allowed here: resource='state.yml', line=2, column=7\n  a: b: c\n      ^",
				(ex) -> List.of(ex.resource(), ex.line(), ex.column()), "state.yml", 2, 7));
	}

	private static Object add(TheusEngine engine, String yaml) {
		engine.workflows().add(WorkflowParser.parse(yaml, "flow.yml"));
		return engine;
	}

	private static void addValues(List<Bad<?>> all) {
		all.add(mutable("mutable value", (context) -> context.set("domain.a", new int[0]), "domain.a"));
		all.add(mutable("mutable value within a list", (context) -> context.set("domain.a", List.of(1, new int[0])),
				"domain.a.1"));
		all.add(mutable("mutable payload", (context) -> context.emit("sig_a", new int[0]), "signal.sig_a"));
		all.add(new Bad<>("mutable value to swap",
				(engine) -> engine.compareAndSwap(engine.state().version(), Map.of("domain.kept", new int[0])),
				InvalidValueException.class, MUTABLE.formatted("domain.kept"),
				(ex) -> List.of(ex.path().toString(), ex.type()), "domain.kept", "int[]"));
		all.add(new Bad<>("oversized message",
				(engine) -> engine.execute("run", (Function<ProcessContext, Object>) (context) -> {
					context.outbox().send("orders", "k", "x".repeat(100));
					return null;
				}), OversizedMessageException.class,
				"message to 'orders' is too large: size=101, limit=100, send less, send a reference to content kept "
						+ "elsewhere, or raise theus.outbox.max-message-size and the limit of the broker",
				(ex) -> List.of(ex.topic(), ex.size(), ex.limit()), "orders", 101L, 100));
		all.add(new Bad<>("too many messages",
				(engine) -> engine.execute("run", (Function<ProcessContext, Object>) (context) -> {
					for (int i = 0; i < 3; i++) {
						context.outbox().send("orders", "k", "x");
					}
					return null;
				}), TooManyMessagesException.class,
				"message to 'orders' is one too many for its commit: count=4, limit=3, send fewer in one commit or raise "
						+ "theus.outbox.max-messages-per-commit",
				(ex) -> List.of(ex.topic(), ex.count(), ex.limit()), "orders", 4, 3));
	}

	private static Bad<?> mutable(String name, Consumer<ProcessContext> use, String path) {
		return new Bad<>(name, (engine) -> engine.execute("run", (Function<ProcessContext, Object>) (context) -> {
			use.accept(context);
			return null;
		}), InvalidValueException.class, MUTABLE.formatted(path), (ex) -> List.of(ex.path().toString(), ex.type()),
				path, "int[]");
	}

	@ParameterizedTest
	@MethodSource
	void badInput(Bad<?> bad) {
		this.engine.transact((tx) -> {
			tx.set("domain", Map.of("kept", 1, "a", "kept"));
			tx.emit("sig_kept", 1);
			tx.outbox().send("kept", "k", "kept");
			return null;
		});
		State before = this.engine.state();
		List<Signal> signals = this.engine.signals().recent();
		List<OutboxEntry> messages = messages();
		bad.check(this.engine);
		assertThat(this.engine.state()).isSameAs(before);
		assertThat(this.engine.signals().recent()).isEqualTo(signals).hasSize(1);
		assertThat(messages()).isEqualTo(messages).hasSize(1);
		assertThat(this.engine.metaLog().entries()).hasSize(1);
		assertThat(this.engine.workflows().names()).containsExactly("order");
		this.engine.execute("pay", "bob", 7);
		assertThat(this.engine.state().version()).as("the engine goes on").isEqualTo(before.version() + 1);
	}

	private List<OutboxEntry> messages() {
		return this.engine.outbox().messages(MessageFilter.all(), 0, 10);
	}

	private record Bad<X extends TheusException>(String name, Function<TheusEngine, Object> use, Class<X> type,
			String message, Function<X, List<?>> facts, List<?> expected) {

		Bad(String name, Function<TheusEngine, Object> use, Class<X> type, String message, Function<X, List<?>> facts,
				Object... expected) {
			this(name, use, type, message, facts, List.of(expected));
		}

		void check(TheusEngine engine) {
			assertThatExceptionOfType(this.type).isThrownBy(() -> this.use.apply(engine))
				.withMessage(this.message)
				.satisfies((ex) -> assertThat(this.facts.apply(ex)).isEqualTo(this.expected));
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

}
