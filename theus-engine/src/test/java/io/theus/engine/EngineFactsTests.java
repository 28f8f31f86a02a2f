package io.theus.engine;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.theus.OtherThreads;
import io.theus.Semantic;
import io.theus.TransactionContext;
import io.theus.TypeRef;
import io.theus.contract.ContractViolationException;
import io.theus.contract.InvalidContractException;
import io.theus.initial.InvalidInitialStateException;
import io.theus.process.ProcessSpec;
import io.theus.run.Run;
import io.theus.run.StepVisit;
import io.theus.state.InvalidWriteException;
import io.theus.state.NoSuchPathException;
import io.theus.state.State;
import io.theus.workflow.Workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EngineFactsTests {

	private static final Instant STARTED = Instant.parse("2030-01-02T03:04:05Z");

	private TheusEngine engine = builder().build();

	private static TheusEngineBuilder builder() {
		return TheusEngine.builder()
			.clock(Clock.fixed(STARTED, ZoneOffset.UTC))
			.node("n-1")
			.initialState(() -> Map.of("domain.a", 1, "meta.mode", "calm"))
			.process("send", (spec) -> spec.sends("topic").body((state, args) -> {
				state.outbox().send("topic", null, "text");
				return null;
			}))
			.process("look",
					(spec) -> spec.semantic(Semantic.GUIDE)
						.inputs("meta.engine.outbox")
						.body((state, args) -> state.get("meta.engine.outbox", Long.class)))
			.workflows(Workflow.named("empty").build());
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void factsAreComputedWhenTheyAreRead() {
		assertThat(facts()).containsExactlyInAnyOrderEntriesOf(
				Map.of("version", 1L, "started", STARTED, "node", "n-1", "processes", 2, "workflows", 1, "outbox", 0L));
		this.engine.execute("send");
		this.engine.workflows().add(Workflow.named("second").build());
		assertThat(facts()).containsEntry("version", 2L).containsEntry("outbox", 1L).containsEntry("workflows", 2);
		assertThat(this.engine.<Long>execute("look")).isEqualTo(1);
	}

	private Map<String, Object> facts() {
		return this.engine.transact((tx) -> tx.get("meta.engine", new TypeRef<Map<String, Object>>() {
		}));
	}

	@Test
	void factsAreReadAsPathsKeysAndTypes() {
		this.engine.transact((tx) -> {
			assertThat(tx.get("meta.engine.started", Instant.class)).isEqualTo(STARTED);
			assertThat(tx.get("meta.engine.processes", Long.class)).isEqualTo(2);
			assertThat(tx.keys("meta.engine")).containsExactlyInAnyOrder("version", "started", "node", "processes",
					"workflows", "outbox");
			assertThat(tx.size("meta.engine")).isEqualTo(6);
			assertThat(tx.contains("meta.engine.colour")).isFalse();
			assertThat(tx.find("meta.engine.node.below")).isEmpty();
			assertThat(tx.find("meta.engines")).isEmpty();
			assertThatExceptionOfType(NoSuchPathException.class).isThrownBy(() -> tx.get("meta.engine.nod"))
				.withMessageContaining("did you mean 'node'");
			assertThatExceptionOfType(UnsupportedOperationException.class)
				.isThrownBy(() -> tx.get("meta.engine", Map.class).clear());
			return null;
		});
	}

	@Test
	void nodeHasANameOfItsOwnByDefault() {
		TheusEngineBuilder twice = TheusEngine.builder();
		try (TheusEngine one = twice.build(); TheusEngine other = twice.build()) {
			String name = node(one);
			assertThat(name).matches(".+-[0-9a-f]{8}").isEqualTo(node(one)).isNotEqualTo(node(other));
		}
		assertThatIllegalArgumentException().isThrownBy(() -> TheusEngine.builder().node(" "))
			.withMessage("node has no name: value=' ', use a text that is not blank");
	}

	private static String node(TheusEngine engine) {
		return engine.transact((tx) -> tx.get("meta.engine.node", String.class));
	}

	@Test
	void factsAreNoPartOfASnapshot() {
		State state = this.engine.state();
		assertThat(state.find("meta.engine")).isEmpty();
		assertThat(state.find("meta.engine.node")).isEmpty();
		assertThat(state.toMap()).extractingByKey("meta").isEqualTo(Map.of("mode", "calm"));
		this.engine.transact((tx) -> {
			State running = this.engine.state();
			assertThat(running.toMap()).isEqualTo(state.toMap());
			assertThat(running.diff(state)).isEmpty();
			assertThat(tx.get("meta")).isEqualTo(Map.of("mode", "calm"));
			assertThat(tx.keys("meta")).containsExactly("mode");
			return null;
		});
	}

	@Test
	void factThatChangesIsNoConflict() {
		this.engine.transact((tx) -> {
			long before = tx.get("meta.engine.version", Long.class);
			assertThat(tx.size("meta.engine")).isEqualTo(6);
			assertThat(tx.get("meta.engine")).isNotNull();
			OtherThreads.run(() -> this.engine.edit("beside the facts", (other) -> other.set("meta.mode", "busy")));
			assertThat(tx.get("meta.engine.version", Long.class)).isEqualTo(before + 1);
			assertThat(tx.version()).isEqualTo(before);
			tx.set("domain.a", 2);
			return null;
		});
		assertThat(this.engine.state().get("domain.a")).isEqualTo(2);
	}

	@Test
	void readIsSubjectToTheContractAndTheFirewall() {
		assertThatExceptionOfType(ContractViolationException.class)
			.isThrownBy(() -> run(true, (spec) -> spec.semantic(Semantic.GUIDE).inputs("meta.engine.node"), "outbox"))
			.withMessage("read of 'meta.engine.outbox' is not declared by process 'read': declared=[meta.engine.node], "
					+ "add it to inputs");
		assertThat(run(true, (spec) -> spec.semantic(Semantic.GUIDE).inputs("meta.**"), "node")).isEqualTo("n-1");
		assertThat(run(false, (spec) -> spec.inputs("meta.engine.node"), "node")).isEqualTo("n-1");
		assertThatExceptionOfType(InvalidContractException.class)
			.isThrownBy(() -> run(true, (spec) -> spec.inputs("meta.engine.node"), "node"))
			.withMessageContaining("input 'meta.engine.node' lies in control zone META");
		assertThatExceptionOfType(ContractViolationException.class)
			.isThrownBy(() -> run(true, (spec) -> spec.inputs("domain.**"), "node"))
			.withMessage(
					"read of 'meta.engine.node' by process 'read' is refused: control zone META is not visible to a "
							+ "EFFECT process, declare semantic = GUIDE");
	}

	@Test
	void ownWritesAroundThemMakeFactsNoMoreReadable() {
		assertThatExceptionOfType(ContractViolationException.class).isThrownBy(
				() -> run(true, (spec) -> spec.outputs("meta.**"), (tx) -> tx.set("meta", Map.of("mode", "x")), "node"))
			.withMessageStartingWith("read of 'meta.engine.node' by process 'read' is refused");
	}

	private static Object run(boolean strict, Consumer<ProcessSpec> declaration, String fact) {
		return run(strict, declaration, (tx) -> {
		}, fact);
	}

	private static Object run(boolean strict, Consumer<ProcessSpec> declaration, Consumer<TransactionContext> before,
			String fact) {
		try (TheusEngine own = builder().strict(strict)
			.process("read", (spec) -> declaration.accept(spec.body((state, args) -> {
				before.accept(state);
				return state.get("meta.engine." + fact);
			})))
			.build()) {
			return own.execute("read");
		}
	}

	@Test
	void nobodyWritesFacts() {
		refused("meta.engine", (tx) -> tx.set("meta.engine", Map.of()));
		refused("meta.engine.node", (tx) -> tx.set("meta.engine.node", "n-2"));
		refused("meta.engine.node", (tx) -> tx.create("meta.engine.node", "n-2"));
		refused("meta.engine.mine", (tx) -> tx.set("meta.engine.mine", 1));
		refused("meta.engine.mine.a", (tx) -> tx.set("meta.engine.mine.a", 1));
		refused("meta.engine.node", (tx) -> tx.update("meta.engine.node", String.class, (node) -> node + "!"));
		refused("meta.engine.list", (tx) -> tx.append("meta.engine.list", 1));
		refused("meta.engine.node", (tx) -> tx.remove("meta.engine.node"));
		refused("meta.engine", (tx) -> tx.set("meta", Map.of("mode", "calm", "engine", Map.of())));
		refused("meta.engine.a", (tx) -> tx.set("meta", Map.of("mode", "calm", "engine", Map.of("a", 1))));
		refused("meta.engine.a", (tx) -> tx.merge("meta", Map.of("engine", Map.of("a", 1))));
		assertThatExceptionOfType(InvalidWriteException.class)
			.isThrownBy(() -> this.engine.compareAndSwap(1, Map.of("meta.engine.node", "n-2")))
			.withMessage(refusal("meta.engine.node"));
		assertThatExceptionOfType(InvalidInitialStateException.class)
			.isThrownBy(() -> builder().initialState(() -> Map.of("meta.engine.node", "n-2")).build())
			.withMessageStartingWith("initial content at 'meta.engine.node' is refused: ")
			.withMessageEndingWith(refusal("meta.engine.node"));
		assertThat(this.engine.state().version()).isEqualTo(1);
	}

	private void refused(String path, Consumer<TransactionContext> write) {
		for (boolean edit : List.of(true, false)) {
			assertThatExceptionOfType(InvalidWriteException.class).isThrownBy(() -> {
				if (edit) {
					this.engine.edit("test", write);
				}
				else {
					this.engine.transact((tx) -> {
						write.accept(tx);
						return null;
					});
				}
			}).withMessage(refusal(path)).satisfies((ex) -> assertThat(ex.path()).hasToString(path));
		}
	}

	private static String refusal(String path) {
		return "path '" + path + "' cannot be written: the engine computes what is there, write elsewhere below 'meta'";
	}

	@Test
	void namesThatOnlyLookLikeFactsAreFree() {
		this.engine.transact((tx) -> {
			tx.set("meta.engines", 1);
			tx.set("domain.meta_x.engine", 2);
			tx.set("domain.engine", 3);
			tx.set("local.engine", 4);
			return null;
		});
		assertThat(this.engine.state().get("domain.meta_x.engine")).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "meta.engine.version == 1", "meta.engine.node == 'n-1'", "meta['engine'].processes == 2",
			"meta.engine['outbox'] == 0", "meta.engine.workflows == 2", "meta.engine.colour is None",
			"len(meta.engine) == 6", "meta.engine.started is not None", "meta.mode == 'calm'", "len(meta) == 1",
			"meta.nothing is None", "'engine' not in meta", "domain.engine is None" })
	void expressionsOfWorkflowsSeeFacts(String condition) {
		assertThat(holds(condition)).isTrue();
	}

	@Test
	void expressionsSeeFactsWhereNothingElseIsStored() {
		this.engine.close();
		this.engine = TheusEngine.builder().node("n-2").build();
		assertThat(holds("meta.engine.node == 'n-2' and not meta and meta.mode is None")).isTrue();
	}

	@Test
	void expressionsDoNotSeeWhatIsPrivateBesideFacts() {
		this.engine.edit("test", (tx) -> tx.set("domain.internal_x", 1));
		assertThat(holds("domain.internal_x is None and meta.engine.node == 'n-1'")).isTrue();
	}

	private boolean holds(String condition) {
		this.engine.workflows().add(Workflow.named("check").when(condition, (then) -> then.group("in", (steps) -> {
		})).build());
		Run run = this.engine.workflows().run("check");
		return run.history().get(0).outcome() == StepVisit.Outcome.ENTERED;
	}

}
