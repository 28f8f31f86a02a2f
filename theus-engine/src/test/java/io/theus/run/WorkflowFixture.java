package io.theus.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.theus.annotation.Process;
import io.theus.contract.ContractVariables;
import io.theus.engine.TheusEngine;
import io.theus.path.ZoneDeclarations;
import io.theus.path.Zones;
import io.theus.process.AsyncExecutor;
import io.theus.process.AsynchronousType;
import io.theus.process.ProcessFactory;
import io.theus.process.ProcessSettings;
import io.theus.process.ProcessSpec;
import io.theus.process.SharedPlaces;
import io.theus.state.EngineFacts;
import io.theus.state.Snapshot;
import io.theus.transaction.TransactionOptions;
import io.theus.workflow.Workflow;
import io.theus.workflow.WorkflowParser;

/**
 * A real engine below the workflows, with processes to call.
 */
final class WorkflowFixture implements AutoCloseable {

	private volatile Runnable afterCommit = () -> {
	};

	private final TheusEngine engine = TheusEngine.builder().commitListener((record) -> this.afterCommit.run()).build();

	// Processes that a test adds later, and an executor that outlives no test
	private final ProcessFactory factory = new ProcessFactory(this.engine.processes(), this.engine.runner(),
			new ProcessSettings(new Zones(ZoneDeclarations.NONE), true, true, ContractVariables.NONE,
					List.of(AsynchronousType.STAGES)));

	private final AsyncExecutor executor = new AsyncExecutor(Duration.ofSeconds(30));

	private final Workflows workflows;

	/** A gate for processes that have to be caught while they run. */
	private final CountDownLatch entered = new CountDownLatch(1);

	private final CountDownLatch released = new CountDownLatch(1);

	private volatile Runnable beforeEvaluation = () -> {
	};

	WorkflowFixture() {
		this(WorkflowSettings.DEFAULT);
	}

	WorkflowFixture(WorkflowSettings settings) {
		this.workflows = new Workflows(this.engine.processes(), () -> {
			this.beforeEvaluation.run();
			return head();
		}, () -> this.engine.audit().stop().orElse(null), new EngineFacts(),
				(origin, topic, payload) -> this.engine.transact(TransactionOptions.named(origin), (tx) -> {
					tx.emit(topic, payload);
					return null;
				}), this.executor, ContractVariables.NONE, SharedPlaces.NONE, settings, (results, listener) -> {
					throw new UnsupportedOperationException("simulations have engines of their own");
				});
		this.engine.signals().tap(this.workflows::published);
		this.afterCommit = this.workflows::changed;
		this.factory.register(new Greeter());
		process("counter.increment", (spec) -> spec.updates("domain.n").body((state, args) -> {
			long next = state.getOrDefault("domain.n", 0L) + 1;
			state.set("domain.n", next);
			return next;
		}));
		process("counter.addAmount",
				(spec) -> spec.updates("domain.n").argument("amount", Long.class).body((state, args) -> {
					long next = state.getOrDefault("domain.n", 0L) + (Long) args.get("amount");
					state.set("domain.n", next);
					return next;
				}));
		process("journal.note",
				(spec) -> spec.updates("domain.notes").argument("text", Object.class).body((state, args) -> {
					List<Object> notes = new ArrayList<>(state.getOrDefault("domain.notes", List.of()));
					notes.add(String.valueOf(args.get("text")));
					state.set("domain.notes", notes);
					return null;
				}));
		process("echo", (spec) -> spec.argument("value", Object.class).body((state, args) -> args.get("value")));
		process("alarm.raise",
				(spec) -> spec.emits("cmd_stop", "level").argument("level", Object.class).body((state, args) -> {
					state.emit("cmd_stop", "True");
					state.emit("level", args.get("level"));
					return null;
				}));
		process("alarm.stop", (spec) -> spec.emits("cmd_stop").body((state, args) -> {
			state.emit("cmd_stop", true);
			return null;
		}));
		process("stock.reserve", (spec) -> spec.error(OutOfStock.class).body((state, args) -> {
			throw new OutOfStock("none left");
		}));
		process("gate.hold", (spec) -> spec.updates("domain.n").body((state, args) -> {
			this.entered.countDown();
			if (!this.released.await(10, TimeUnit.SECONDS)) {
				throw new IllegalStateException("the gate was never opened");
			}
			state.set("domain.n", 100L);
			return null;
		}));
		process("left.twin", (spec) -> spec.body((state, args) -> null));
		process("right.twin", (spec) -> spec.body((state, args) -> null));
		pythonStyle();
	}

	// The processes that documents in the style of Theus for Python use
	private void pythonStyle() {
		process("p_init", (spec) -> spec.updates("domain.x", "domain.items").body((state, args) -> {
			state.set("domain.x", true);
			state.set("domain.items", List.of("a", "b", "c"));
			return null;
		}));
		process("p_consume", (spec) -> spec.updates("domain.items", "domain.done").body((state, args) -> {
			List<?> items = state.get("domain.items", List.class);
			List<Object> done = new ArrayList<>(state.getOrDefault("domain.done", List.of()));
			done.add(items.get(0));
			state.set("domain.done", done);
			state.set("domain.items", items.subList(1, items.size()));
			return null;
		}));
		process("p_check", (spec) -> spec.inputs("domain.items").emits("cmd_stop").body((state, args) -> {
			state.emit("cmd_stop", state.get("domain.items", List.class).isEmpty() ? "True" : "False");
			return null;
		}));
		process("p_finish", (spec) -> spec.outputs("domain.status").body((state, args) -> {
			state.set("domain.status", "finished");
			return null;
		}));
	}

	void process(String id, Consumer<ProcessSpec> declaration) {
		ProcessSpec spec = new ProcessSpec();
		declaration.accept(spec);
		this.factory.register(id, spec);
	}

	void register(Object bean) {
		this.factory.register(bean);
	}

	Workflows workflows() {
		return this.workflows;
	}

	TheusEngine engine() {
		return this.engine;
	}

	Snapshot head() {
		return (Snapshot) this.engine.state();
	}

	Workflow add(String text) {
		Workflow workflow = WorkflowParser.parse(text, "test.yml");
		this.workflows.add(workflow);
		return workflow;
	}

	Run run(String text) {
		return this.workflows.run(add(text).name());
	}

	@Nullable Object state(String path) {
		return head().find(path).orElse(null);
	}

	void set(Map<String, ?> values) {
		Map<String, Object> ordered = new LinkedHashMap<>(values);
		this.engine.transact((tx) -> {
			ordered.forEach(tx::set);
			return null;
		});
	}

	void beforeEvaluation(Runnable action) {
		this.beforeEvaluation = action;
	}

	void awaitGate() throws InterruptedException {
		if (!this.entered.await(10, TimeUnit.SECONDS)) {
			throw new AssertionError("nobody came to the gate");
		}
	}

	void openGate() {
		this.released.countDown();
	}

	@Override
	public void close() {
		this.executor.close();
		this.engine.close();
	}

	/**
	 * A failure that a process declares.
	 */
	static final class OutOfStock extends Exception {

		OutOfStock(String message) {
			super(message);
		}

	}

	/**
	 * A bean with an argument that may be left out.
	 */
	static class Greeter {

		@Process
		String greet(String name, @Nullable String title) {
			return "Hello " + ((title != null) ? title + " " : "") + name;
		}

	}

}
