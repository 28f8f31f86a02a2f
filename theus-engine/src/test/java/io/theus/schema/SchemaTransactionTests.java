package io.theus.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.theus.annotation.TheusState;
import io.theus.engine.TheusEngine;
import io.theus.state.State;
import io.theus.store.CommitRecord;
import io.theus.transaction.TransactionOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SchemaTransactionTests {

	private static final TransactionOptions RETRIED = TransactionOptions.named("retried").withAttempts(3);

	private final List<CommitRecord> commits = new ArrayList<>();

	private final TheusEngine engine = TheusEngine.builder()
		.schema(Domain.class, Account.class)
		.constraints((type) -> (type == Range.class) ? new Ordered() : null)
		.commitListener(this.commits::add)
		.build();

	private void set(String path, Object value) {
		this.engine.transact((tx) -> {
			tx.set(path, value);
			return null;
		});
	}

	@Test
	void violationCommitsLogsAndSendsNothing() {
		set("domain.name", "bank");
		State before = this.engine.state();
		assertThatExceptionOfType(SchemaViolationException.class).isThrownBy(() -> this.engine.transact((tx) -> {
			tx.set("domain.accounts.a", new Account("Ann", 5));
			tx.emit("account_opened", "a");
			tx.outbox().send("accounts", "a", "opened");
			tx.set("domain.colour", "red");
			return null;
		})).withMessageContaining("'domain.colour'");
		assertThat(this.engine.state()).isSameAs(before);
		assertThat(this.engine.signals().recent()).isEmpty();
		assertThat(this.engine.metaLog().entries()).hasSize(1);
		assertThat(this.commits).hasSize(1);
	}

	@Test
	void keyThatIsDeclaredElsewhereIsDeclared() {
		set("domain", Map.of("name", "bank", "accounts", Map.of("a", Map.of("owner", "Ann", "balance", 5))));
		assertThat(this.engine.state().get("domain.accounts.a", Account.class)).isEqualTo(new Account("Ann", 5));
		assertThatExceptionOfType(SchemaViolationException.class).isThrownBy(() -> set("domain.acounts.a", 5))
			.withMessageContaining("expected=one of [name, range, accounts]")
			.withMessageEndingWith("did you mean 'accounts'");
	}

	@Test
	void transactionsThatAreValidAloneAreNotCommittedTogether() {
		this.engine.transact((tx) -> {
			tx.set("domain.name", "bank");
			tx.set("domain.range", new Range(1, 5));
			return null;
		});
		AtomicInteger attempts = new AtomicInteger();
		assertThatExceptionOfType(SchemaViolationException.class)
			.isThrownBy(() -> this.engine.transact(RETRIED, (tx) -> {
				tx.set("domain.range.from", 4);
				if (attempts.incrementAndGet() == 1) {
					CompletableFuture.runAsync(() -> set("domain.range.to", 2)).join();
				}
				return null;
			}))
			.withMessageStartingWith("value at 'domain.range' does not fit the schema: expected=from at most to");
		assertThat(attempts).hasValueGreaterThan(1);
		assertThat(this.engine.state().get("domain.range")).isEqualTo(new Range(1, 2));
	}

	@TheusState("domain")
	record Domain(String name, @Nullable Range range) {

	}

	@TheusState("domain.accounts.*")
	record Account(String owner, long balance) {

	}

	record Range(int from, int to) {

	}

	static final class Ordered implements RecordConstraints {

		@Override
		public boolean isOnRecord() {
			return true;
		}

		@Override
		public List<Breach> check(Record instance) {
			Range range = (Range) instance;
			return (range.from() <= range.to()) ? List.of() : List.of(new Breach(List.of(), "from at most to"));
		}

		@Override
		public List<Breach> check(String component, @Nullable Object value, @Nullable Object changed) {
			return List.of();
		}

	}

}
