package io.theus.signal;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.theus.Semantic;
import io.theus.engine.TheusEngine;
import io.theus.state.State;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What of signals shows in the state, and of the state when signals arrive.
 */
@Timeout(60)
class SignalStateTests {

	private final TheusEngine engine = TheusEngine.builder()
		.process("shop.announce", (spec) -> spec.emits("cmd_*").outputs("domain.n").body((context, arguments) -> {
			context.emit("cmd_go", "north");
			context.emit("cmd_go", "south");
			context.emit("cmd_fast", true);
			context.set("domain.n", 1);
			return null;
		}))
		.process("shop.guide",
				(spec) -> spec.semantic(Semantic.GUIDE)
					.inputs("signal.*")
					.body((context, arguments) -> context.find("signal.cmd_go").orElse("nothing")))
		.build();

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void stateShowsTheLastPayloadByTopicOfTheCommitThatMadeIt() {
		this.engine.execute("announce");
		State announced = this.engine.state();
		assertThat(announced.signals()).isEqualTo(Map.of("cmd_go", "south", "cmd_fast", true));
		assertThat(announced.get("signal.cmd_go")).isEqualTo("south");
		this.engine.edit("quiet", (edit) -> edit.set("domain.n", 2));
		assertThat(this.engine.state().signals()).isEmpty();
		assertThat(announced.signals()).hasSize(2);
	}

	@Test
	void commitOfNothingButASignalMakesAState() {
		long before = this.engine.state().version();
		this.engine.transact((tx) -> {
			tx.emit("sig_a", 1);
			assertThat(this.engine.state().signals()).as("not before the commit").isEmpty();
			return true;
		});
		assertThat(this.engine.state().version()).isEqualTo(before + 1);
		assertThat(this.engine.state().signals()).isEqualTo(Map.of("sig_a", 1));
	}

	@Test
	void signalOutsideOfCommitsDoesNotShow() {
		State before = this.engine.state();
		this.engine.signals().publish("sig_a", 1);
		assertThat(this.engine.state()).isSameAs(before);
		assertThat(before.signals()).isEmpty();
	}

	@Test
	void guideOutsideOfRunsSeesTheSignalsOfTheCommitThatMadeItsSnapshot() {
		String guided = this.engine.execute("guide");
		assertThat(guided).isEqualTo("nothing");
		this.engine.execute("announce");
		guided = this.engine.execute("guide");
		assertThat(guided).isEqualTo("south");
		this.engine.edit("quiet", (edit) -> edit.set("domain.n", 2));
		guided = this.engine.execute("guide");
		assertThat(guided).isEqualTo("nothing");
	}

	@Test
	void subscriberSeesTheStateThatTheCommitLeft() throws Exception {
		Subscription subscription = this.engine.signals().subscribe("cmd_fast");
		this.engine.execute("announce");
		Signal signal = Objects.requireNonNull(subscription.poll(Duration.ofSeconds(30)));
		assertThat(signal.commitVersion()).isEqualTo(this.engine.state().version());
		assertThat(this.engine.state().get("domain.n", Integer.class)).isEqualTo(1);
	}

	@Test
	void failedTransactionPublishesNothing() {
		Subscription subscription = this.engine.signals().subscribe("*");
		assertThatIllegalStateException().isThrownBy(() -> this.engine.transact((tx) -> {
			tx.emit("sig_a", 1);
			throw new IllegalStateException("no");
		}));
		assertThat(subscription.poll()).isNull();
		assertThat(this.engine.signals().recent()).isEmpty();
	}

}
