package io.theus.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.theus.Isolation;
import io.theus.OtherThreads;
import io.theus.ProcessContext;
import io.theus.Semantic;
import io.theus.TypeRef;
import io.theus.annotation.Input;
import io.theus.annotation.Process;
import io.theus.conflict.ConflictSettings;
import io.theus.engine.TheusEngine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Calls that are told which signals they see.
 */
@Timeout(60)
class GivenSignalsTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final CallSettings GIVEN = CallSettings.DECLARED.withSignals(Map.of("cmd_go", "north"));

	private final List<Object> seen = Collections.synchronizedList(new ArrayList<>());

	private final TheusEngine engine = TheusEngine.builder()
		.conflicts(new ConflictSettings(5, Duration.ZERO, Duration.ZERO))
		.processes(new Router())
		.process("shop.announce", (spec) -> spec.emits("cmd_*").outputs("domain.count").body((context, arguments) -> {
			context.emit("cmd_go", "south");
			context.emit("cmd_stop", true);
			return null;
		}))
		.process("shop.guide", (spec) -> guide(spec).body((context, arguments) -> look(context)))
		.process("shop.raw", (spec) -> guide(spec).isolation(Isolation.RAW).body((context, arguments) -> look(context)))
		.process("shop.later",
				(spec) -> guide(spec)
					.asyncBody((context, arguments) -> CompletableFuture.completedFuture(look(context))))
		.process("shop.charge",
				(spec) -> guide(spec).sideEffects("http:bank").body((context, arguments) -> look(context)))
		.process("shop.outer", (spec) -> guide(spec).body((context, arguments) -> call("guide")))
		.process("shop.contended",
				(spec) -> guide(spec).inputs("domain.count").emits("sig_done").body((context, arguments) -> {
					context.find("domain.count");
					this.seen.add(look(context));
					if (context.attempt() == 1) {
						OtherThreads.run(() -> this.engine.edit("in between", (edit) -> edit.set("domain.count", 7)));
					}
					context.emit("sig_done", context.attempt());
					return context.attempt();
				}))
		.build();

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void callSeesTheSignalsThatItIsGiven() {
		this.engine.execute("announce");
		assertThat(call("guide")).isEqualTo("south");
		for (String process : List.of("guide", "raw", "later", "charge", "outer")) {
			assertThat(start(process, GIVEN)).as(process).isEqualTo("north");
			assertThat(start(process, CallSettings.DECLARED)).as(process).isEqualTo("south");
		}
	}

	@Test
	void signalsAreThereAsAWholeToo() {
		this.engine.execute("announce");
		assertThat(start("all", GIVEN)).isEqualTo(Map.of("cmd_go", "north"));
		assertThat(start("all", CallSettings.DECLARED)).isEqualTo(Map.of("cmd_go", "south", "cmd_stop", true));
		assertThat(start("all", CallSettings.DECLARED.withSignals(Map.of()))).isEqualTo(Map.of());
	}

	@Test
	void inputIsBoundToAGivenSignal() {
		assertThat(start("route", GIVEN)).isEqualTo("to north");
		assertThat(start("route", CallSettings.DECLARED)).isEqualTo("to null");
	}

	@Test
	void furtherAttemptsSeeThemToo() {
		assertThat(start("contended", GIVEN)).isEqualTo(2);
		assertThat(this.seen).containsExactly("north", "north");
		assertThat(this.engine.state().signals()).as("of the commit").isEqualTo(Map.of("sig_done", 2));
	}

	@Test
	void givenSignalsAreNotChangedByAnybody() {
		assertThat(start("steal", GIVEN)).isEqualTo("kept");
	}

	private static ProcessSpec guide(ProcessSpec spec) {
		return spec.semantic(Semantic.GUIDE).inputs("signal.*");
	}

	private static @Nullable Object look(ProcessContext context) {
		return context.find("signal.cmd_go").orElse("nothing");
	}

	private Object call(String process) {
		return this.engine.execute(process);
	}

	private Object start(String process, CallSettings settings) {
		CompletableFuture<CallOutcome> result = this.engine.processes().entry(process).start(Map.of(), settings);
		assertThat(result).succeedsWithin(SOON);
		return result.join().value();
	}

	public final class Router {

		@Process(semantic = Semantic.GUIDE)
		public String route(@Input("signal.cmd_go") @Nullable String where) {
			return "to " + where;
		}

		@Process(semantic = Semantic.GUIDE, inputs = "signal.*")
		public Map<String, @Nullable Object> all() {
			return GivenSignalsTests.this.engine.state().signals();
		}

		@Process(semantic = Semantic.GUIDE, inputs = "signal.*")
		public String steal(ProcessContext context) {
			Map<String, Object> signals = context.get("signal", new TypeRef<>() {
			});
			assertThatThrownBy(() -> signals.put("cmd_go", "east")).isInstanceOf(UnsupportedOperationException.class);
			return "kept";
		}

	}

}
