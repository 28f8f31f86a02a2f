package io.theus.transaction;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.theus.Isolation;
import io.theus.OtherThreads;
import io.theus.TransactionContext;
import io.theus.audit.AuditTrail;
import io.theus.audit.Auditor;
import io.theus.audit.ValueMask;
import io.theus.audit.recipe.AuditRules;
import io.theus.conflict.BackoffPolicy;
import io.theus.conflict.ConflictException;
import io.theus.conflict.ConflictSettings;
import io.theus.heavy.HeavyHeap;
import io.theus.heavy.HeavySettings;
import io.theus.internal.collection.PersistentMap;
import io.theus.invariant.Invariants;
import io.theus.outbox.DefaultOutbox;
import io.theus.outbox.MessageEncoder;
import io.theus.outbox.Outbox;
import io.theus.outbox.OutboxLimits;
import io.theus.path.Path;
import io.theus.path.ZoneDeclarations;
import io.theus.path.Zones;
import io.theus.signal.SignalHub;
import io.theus.state.EngineFacts;
import io.theus.state.MergeRules;
import io.theus.state.State;
import io.theus.state.StateChange;
import io.theus.state.StateTree;
import io.theus.state.Values;
import io.theus.state.VolatilePaths;
import io.theus.store.MemoryCommitLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A rule over the sum of two accounts, which two commits can break together although each
 * of them keeps it.
 */
class CommitRuleTests {

	private final List<List<StateChange>> seen = new ArrayList<>();

	private final SignalHub hub = new SignalHub();

	private final DefaultOutbox outbox = Outbox.builder().build();

	private final Transactions transactions = new TransactionSettings(new Zones(ZoneDeclarations.NONE),
			new Values(Set.of()), MergeRules.NONE, VolatilePaths.NONE, List.of(this::atMostTen),
			new Auditor(new AuditRules(), new AuditTrail(10), ValueMask.HIDDEN, Clock.systemUTC()), Invariants.NONE,
			new MemoryCommitLog(16), this.hub, this.outbox, new RunOrders(),
			new MessageEncoder(OutboxLimits.defaults()), List.of(), ConflictSettings.DEFAULT,
			new BackoffPolicy(ConflictSettings.DEFAULT, new Random(1)), Clock.systemUTC(), Duration.ofSeconds(30), 16,
			1 << 20, new EngineFacts(), Isolation.HYBRID, false, SurroundingTransactions.NONE,
			HeavyHeap.open(HeavySettings.create()))
		.build();

	private void atMostTen(List<StateChange> changes, PersistentMap<Object> after) {
		this.seen.add(changes);
		int sum = balance(after, "a") + balance(after, "b");
		if (sum > 10) {
			throw new IllegalArgumentException("the sum is too large: sum=" + sum);
		}
	}

	private static int balance(PersistentMap<Object> root, String name) {
		Object balance = StateTree.find(root, Path.of("domain", name));
		return (balance instanceof Integer number) ? number : 0;
	}

	@Test
	void commitThatBreaksARuleFailsWithWhatTheRuleSays() {
		write((tx) -> tx.set("domain.a", 6));
		State before = this.transactions.head();
		assertThatIllegalArgumentException().isThrownBy(() -> write((tx) -> {
			tx.set("domain.b", 5);
			tx.emit("sig_x", 1);
			tx.outbox().send("topic", null, "text");
		})).withMessage("the sum is too large: sum=11");
		assertThat(this.transactions.head()).isSameAs(before);
		assertThat(this.hub.recent()).isEmpty();
		assertThat(this.outbox.status().held()).isZero();
	}

	@Test
	void commitsThatBreakARuleTogetherConflict() {
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> write((tx) -> {
			tx.set("domain.a", 6);
			OtherThreads.run(() -> write((other) -> other.set("domain.b", 6)));
		}))
			.withMessageStartingWith(
					"conflict on 'domain.a' in transaction: together with other commits it breaks a rule: "
							+ "the sum is too large: sum=12, changed after snapshot version=0");
		assertThat(this.transactions.head().get("domain")).isEqualTo(Map.of("b", 6));
	}

	@Test
	void ruleHoldsUnderContention() {
		OtherThreads.runAll(6, (thread) -> {
			String mine = (thread % 2 == 0) ? "a" : "b";
			Random random = new Random(thread);
			for (int i = 0; i < 300; i++) {
				int value = random.nextInt(10);
				try {
					write((tx) -> tx.set("domain." + mine, value));
				}
				catch (ConflictException | IllegalArgumentException ex) {
					assertThat(ex.getMessage()).containsAnyOf("conflict on", "the sum is too large");
				}
				State state = this.transactions.head();
				assertThat(state.getOrDefault("domain.a", 0) + state.getOrDefault("domain.b", 0))
					.isLessThanOrEqualTo(10);
			}
		});
	}

	@Test
	void ruleSeesWhatReallyChanges() {
		write((tx) -> {
			tx.set("domain.a", 1);
			OtherThreads.run(() -> write((other) -> other.set("domain.b", 1)));
		});
		assertThat(this.seen).extracting(Object::toString)
			.containsExactly("[domain.b: absent -> 1]", "[domain.a: absent -> 1]", "[domain.a: absent -> 1]");
	}

	@Test
	void ruleIsNotAskedWhereNothingChanges() {
		write((tx) -> tx.set("domain.a", 1));
		this.seen.clear();
		write((tx) -> tx.set("domain.a", 1));
		write((tx) -> tx.get("domain.a"));
		assertThat(this.seen).isEmpty();
	}

	private void write(Consumer<TransactionContext> body) {
		this.transactions.transact(TransactionOptions.DEFAULT, (tx) -> {
			body.accept(tx);
			return null;
		});
	}

}
