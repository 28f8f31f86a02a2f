package io.theus.test;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.contract.ContractViolationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TheusHarnessTests {

	private final TheusHarness harness = TheusHarness.with(new Accounts(TheusHarness.context()))
		.given("domain.accounts.a", 100)
		.given(Map.of("domain.accounts.b", 0));

	@Test
	void deltaTellsWhatTheCallChanged() {
		this.harness.when("transfer", "a", "b", 30)
			.thenDelta(Map.of("domain.accounts.a", 70, "domain.accounts.b", 30))
			.thenReturns(70L)
			.thenSignals(Map.of("sig_transferred", 30L))
			.thenSends("transfers")
			.thenState("domain.accounts.a", 70L)
			.and()
			.whenNamed("transfer", Map.of("from", "b", "to", "a", "amount", 30))
			.thenDelta(Map.of("domain.accounts.a", 100, "domain.accounts.b", 0));
	}

	@Test
	void messagesCanBeLookedInto() {
		HarnessOutcome outcome = this.harness.when("transfer", "a", "b", 30).thenSucceeds();
		assertThat(outcome.messages()).singleElement()
			.satisfies((message) -> TheusAssertions.assertThat(message)
				.hasTopic("transfers")
				.hasKey("a")
				.hasBody("{\"amount\":30}"));
	}

	@Test
	void failureLeavesNothing() {
		this.harness.when("transfer", "a", "b", 101).thenFails(IllegalStateException.class, "too little");
		this.harness.when("peek").thenFails(ContractViolationException.class, "add it to inputs");
	}

	@Test
	void removalIsPartOfADelta() {
		this.harness.when((engine) -> engine.transact((tx) -> {
			tx.remove("domain.accounts.b");
			return "done";
		})).thenDelta("domain.accounts.b", StateAssert.REMOVED).thenReturns("done");
		TheusAssertions.assertThat(this.harness.engine().state())
			.doesNotContain("domain.accounts.b")
			.contains("domain.accounts", Map.of("a", 100))
			.hasVersion(3);
	}

	@Test
	void wrongDeltaIsShownInPlainNumbers() {
		HarnessOutcome outcome = this.harness.when("transfer", "a", "b", 30);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> outcome.thenDelta("domain.accounts.a", 80))
			.withMessageContaining("{\"domain.accounts.a\"=80}")
			.withMessageContaining("{\"domain.accounts.a\"=70, \"domain.accounts.b\"=30}");
	}

	@Test
	void everyExpectationCanFail() {
		HarnessOutcome outcome = this.harness.when("transfer", "a", "b", 30);
		for (Runnable wrong : List.<Runnable>of(() -> outcome.thenDelta("domain.accounts.a", 70),
				() -> outcome.thenReturns(1), () -> outcome.thenSignals(Map.of()), () -> outcome.thenSends(),
				() -> outcome.thenState("domain.accounts.a", 71), () -> outcome.thenState("domain.nothing", 1),
				() -> outcome.thenFails(IllegalStateException.class), outcome::thenNothingHappens,
				() -> this.harness.when("transfer", "a", "b", 1000).thenSucceeds(),
				() -> TheusAssertions.assertThat(this.harness.engine().state()).doesNotContain("domain.accounts"),
				() -> TheusAssertions.assertThat(this.harness.engine().state()).hasVersion(1),
				() -> TheusAssertions.assertThat(outcome.messages().get(0)).hasTopic("x"),
				() -> TheusAssertions.assertThat(outcome.messages().get(0)).hasKey("x"),
				() -> TheusAssertions.assertThat(outcome.messages().get(0)).hasBody("x"),
				() -> TheusAssertions.assertThatSignals(outcome.signals()).areAbsent())) {
			assertThatExceptionOfType(AssertionError.class).isThrownBy(wrong::run);
		}
	}

	static class Accounts {

		private final ProcessContext state;

		Accounts(ProcessContext state) {
			this.state = state;
		}

		@Process(updates = { "domain.accounts.{from}", "domain.accounts.{to}" }, emits = "sig_transferred",
				sends = "transfers")
		long transfer(String from, String to, long amount) {
			long left = this.state.get("domain.accounts." + from, Long.class) - amount;
			if (left < 0) {
				throw new IllegalStateException("too little");
			}
			this.state.set("domain.accounts." + from, left);
			this.state.update("domain.accounts." + to, Long.class, (has) -> has + amount);
			this.state.emit("sig_transferred", amount);
			this.state.outbox().send("transfers", from, Map.of("amount", amount));
			return left;
		}

		@Process
		Object peek() {
			return this.state.get("domain.accounts.a");
		}

	}

}
