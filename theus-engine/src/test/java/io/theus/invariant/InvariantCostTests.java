package io.theus.invariant;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.theus.audit.AuditTrail;
import io.theus.audit.Auditor;
import io.theus.audit.ValueMask;
import io.theus.audit.Verdicts;
import io.theus.audit.recipe.AuditRules;
import io.theus.internal.collection.PersistentMap;
import io.theus.path.Path;
import io.theus.state.Snapshot;
import io.theus.state.StateChange;
import io.theus.state.StateDiff;
import io.theus.state.StateTree;
import io.theus.store.CommitOrigin;
import io.theus.store.CommitOrigin.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Counts how many values are read, by records that count.
 */
class InvariantCostTests {

	private static final int ACCOUNTS = 100_000;

	private static final String BALANCES = "domain.accounts.*.balance";

	private static final CommitOrigin ORIGIN = new CommitOrigin(Kind.TRANSACTION, "test", null);

	private final Auditor auditor = new Auditor(new AuditRules(), new AuditTrail(10), ValueMask.HIDDEN,
			Clock.systemUTC());

	private final Invariants invariants = Invariants
		.of(List.of(Invariant.named("sum").sumConserved(List.of(BALANCES), List.of()),
				Invariant.named("range").range(BALANCES, -1000, 1000), Invariant.named("step").step(BALANCES, -9, 9),
				Invariant.named("tick").tick(Tick.path("domain.time")).step(BALANCES, -9, 9),
				Invariant.named("up").increasing("domain.accounts.*.opened"),
				Invariant.named("rate").rate(BALANCES, 100, Duration.ofSeconds(1)),
				Invariant.named("match").match(BALANCES, "domain.accounts.*.shown", Lag.changes(9)),
				Invariant.named("order").order("domain.accounts.*.opened", BALANCES),
				Invariant.named("expression").expression("len(now.domain.accounts) >= 0")));

	@BeforeEach
	void reset() {
		Account.reads = 0;
	}

	private static Snapshot accounts() {
		Map<String, Object> accounts = new HashMap<>();
		for (int i = 0; i < ACCOUNTS; i++) {
			accounts.put("k" + i, new Account(5L, 5L, 1L));
		}
		PersistentMap<Object> root = StateTree.put(PersistentMap.empty(), Path.parse("domain.accounts"),
				PersistentMap.copyOf(accounts), null);
		return new Snapshot(0, root, Map.of(), List.of());
	}

	private Judged judge(PersistentMap<Object> before, PersistentMap<Object> after, InvariantMemory memory) {
		List<StateChange> changes = new ArrayList<>();
		StateDiff.between(Path.parse("domain"), StateTree.child(before, "domain"), StateTree.child(after, "domain"),
				changes::add);
		Account.reads = 0;
		Verdicts verdicts = this.auditor.verdicts(ORIGIN);
		Judged judged = this.invariants.judge(
				new Proposal(before, after, changes, ORIGIN, 0, Instant.EPOCH, (version) -> null), memory, verdicts,
				true);
		assertThat(verdicts.isEmpty()).isTrue();
		return judged;
	}

	@Test
	void judgingReadsWhatTheCommitTouched() {
		Snapshot begin = accounts();
		InvariantMemory memory = this.invariants.begin(begin, Instant.EPOCH);
		assertThat(Account.reads).as("all are looked at once").isGreaterThanOrEqualTo(ACCOUNTS);
		PersistentMap<Object> before = begin.root();
		for (int i = 0; i < 10; i++) {
			PersistentMap<Object> after = StateTree.put(before, Path.of("domain.accounts", "k" + i),
					new Account(4L - i % 2, 5L, 1L), null);
			after = StateTree.put(after, Path.of("domain.accounts", "k" + (i + 50)), new Account(6L + i % 2, 5L, 1L),
					null);
			memory = judge(before, after, memory).memory();
			assertThat(Account.reads).as("of 2 accounts, by 8 rules").isBetween(2, 100);
			before = after;
		}
	}

	@Test
	void commitThatTouchesNothingReadsNothing() {
		Snapshot begin = accounts();
		InvariantMemory memory = this.invariants.begin(begin, Instant.EPOCH);
		judge(begin.root(), StateTree.put(begin.root(), Path.parse("domain.time"), 1L, null), memory);
		assertThat(Account.reads).isZero();
	}

	record Account(Long balance, Long shown, Long opened) {

		private static int reads;

		@Override
		public Long balance() {
			reads++;
			return this.balance;
		}

	}

}
