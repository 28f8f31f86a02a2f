package io.theus.spring;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.theus.Isolation;
import io.theus.contract.ContractViolationException;
import io.theus.engine.TheusEngine;
import io.theus.transaction.TransactionOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class InboxTests {

	private final TheusEngine engine = TheusEngine.builder()
		.process("count", (spec) -> spec.updates("domain.count").sends("counts").body((context, arguments) -> {
			int count = context.getOrDefault("domain.count", 0) + 1;
			context.set("domain.count", count);
			context.outbox().send("counts", null, count);
			return count;
		}))
		.process("charge", (spec) -> spec.sideEffects("http:payments").body((context, arguments) -> null))
		.build();

	private final Inbox inbox = new Inbox(this.engine, new TransactionOptions("", 5, null, Isolation.DEFAULT),
			Duration.ofDays(7));

	private final AtomicInteger runs = new AtomicInteger();

	@AfterEach
	void close() {
		this.engine.outbox().close(Duration.ZERO);
		this.engine.close();
	}

	@Test
	void repeatedMessageIsRecognisedCountedAndAnsweredAsBefore() {
		assertThat(receive(this.inbox, "m-1")).isEqualTo(1);
		assertThat(receive(this.inbox, "m-2")).isEqualTo(2);
		assertThat(receive(this.inbox, "m-1")).isEqualTo(1);
		assertThat(this.engine.state().get("domain.count")).isEqualTo(2);
		assertThat(this.engine.outbox().status().held()).isEqualTo(2);
		assertThat(this.inbox.processed()).isEqualTo(2);
		assertThat(this.inbox.repeated()).isEqualTo(1);
	}

	private int receive(Inbox consumer, String id) {
		return consumer.process(id, Integer.class, () -> this.engine.execute("count"));
	}

	@Test
	void eachConsumerProcessesAMessage() {
		receive(this.inbox.of("billing"), "m-1");
		receive(this.inbox.of("shipping"), "m-1");
		receive(this.inbox.of("billing"), "m-1");
		assertThat(this.engine.state().get("domain.count")).isEqualTo(2);
		assertThat(this.inbox.processed()).isEqualTo(2);
		assertThat(this.inbox.repeated()).isEqualTo(1);
	}

	@Test
	void failureReachesTheListenerAndTheMessageIsProcessedWhenItComesAgain() throws IOException {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.inbox.process("m-1", this::failOnce))
			.withMessage("disk is full");
		assertThat(this.engine.state().contains("domain.count")).isFalse();
		assertThat(this.inbox.processed()).isZero();
		this.inbox.process("m-1", this::failOnce);
		assertThat(this.engine.state().get("domain.count")).isEqualTo(1);
		assertThat(this.inbox.repeated()).isZero();
	}

	private void failOnce() throws IOException {
		this.engine.execute("count");
		if (this.runs.incrementAndGet() == 1) {
			throw new IOException("disk is full");
		}
	}

	@Test
	void processWithSideEffectsIsRefused() {
		assertThatExceptionOfType(ContractViolationException.class)
			.isThrownBy(() -> this.inbox.process("m-1", () -> this.engine.execute("charge")))
			.withMessageContaining("would be run again with its caller, run the transaction with one attempt");
	}

	@Test
	void blankIdsAndNamesAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> receive(this.inbox, " "))
			.withMessage("execution key is blank: key=' ', use for example the id of a message");
		assertThatIllegalArgumentException().isThrownBy(() -> this.inbox.of(""))
			.withMessage("consumer of an inbox has no name: consumer='', use for example its group");
	}

}
