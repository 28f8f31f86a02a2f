package io.theus.transaction;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.theus.audit.AuditTrail;
import io.theus.audit.Auditor;
import io.theus.audit.ValueMask;
import io.theus.audit.recipe.AuditRules;
import io.theus.conflict.BackoffPolicy;
import io.theus.conflict.ConflictException;
import io.theus.conflict.ConflictSettings;
import io.theus.conflict.Tickets;
import io.theus.heavy.HeavyHeap;
import io.theus.heavy.HeavySettings;
import io.theus.internal.collection.PersistentList;
import io.theus.invariant.Invariants;
import io.theus.outbox.DefaultOutbox;
import io.theus.outbox.Outbox;
import io.theus.path.Path;
import io.theus.path.ZoneDeclarations;
import io.theus.path.Zones;
import io.theus.signal.SignalHub;
import io.theus.state.Snapshot;
import io.theus.state.StateTree;
import io.theus.state.VolatilePaths;
import io.theus.store.CommitOrigin;
import io.theus.store.CommitOrigin.Kind;
import io.theus.store.MemoryCommitLog;

/**
 * Model-checks that transactions are linearisable as a whole: every interleaving explored
 * must be explained by some order of whole transactions.
 */
class CommitPointLincheckTests {

	// The model checker takes a class that is initialised meanwhile for a deadlock
	@BeforeAll
	static void initialiseClasses() {
		Accounts accounts = new Accounts();
		accounts.append();
		accounts.readAll();
		accounts.commit((transaction) -> {
			if (Accounts.number(transaction, Accounts.A) == 0) {
				accounts.sumToA();
			}
			Accounts.put(transaction, Accounts.B, 1L);
			return 1L;
		});
	}

	@Test
	void transactionsAreLinearisable() {
		new ModelCheckingOptions().iterations(6)
			.invocationsPerIteration(100)
			.threads(2)
			.actorsPerThread(2)
			.actorsBefore(0)
			.actorsAfter(1)
			.addGuarantee(
					ManagedStrategyGuaranteeKt.forClasses(CommitPointLincheckTests::isConfined).allMethods().ignore())
			.check(Accounts.class);
	}

	// Threads are switched in the commit point and what hands records on, not within what
	// never changes, what one thread only knows, and what is model-checked on its own
	private static boolean isConfined(String className) {
		return Stream
			.of("io.theus.path.", "io.theus.internal.", "io.theus.state.", "io.theus.outbox.", "io.theus.conflict.",
					"io.theus.store.", "io.theus.transaction.AccessLog", "io.theus.transaction.Transaction",
					"io.theus.transaction.Deadline", "io.theus.transaction.MetaLog")
			.anyMatch(className::startsWith);
	}

	/**
	 * Two accounts in one map, and a log, at the commit point with everything around it.
	 */
	public static class Accounts {

		private static final Path MAP = Path.of("domain", "accounts");

		private static final Path A = MAP.child("a");

		private static final Path B = MAP.child("b");

		private static final Path LOG = Path.of("domain", "log_events");

		private static final CommitOrigin ORIGIN = new CommitOrigin(Kind.TRANSACTION, "", null);

		private static final Duration LIMIT = Duration.ofDays(1);

		private static final Zones ZONES = new Zones(ZoneDeclarations.NONE);

		private static final HeavyReferences ARRAYS = new HeavyReferences(HeavyHeap.open(HeavySettings.create()),
				ZONES);

		private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

		private final CommitPoint commitPoint = begin();

		private static CommitPoint begin() {
			Object lock = new Object();
			DefaultOutbox outbox = Outbox.builder().build();
			return new CommitPoint(lock, new Tickets(lock, () -> 0),
					new BackoffPolicy(ConflictSettings.DEFAULT, new Random(1)), new MemoryCommitLog(4), outbox,
					new AfterCommit(new SignalHub(4), outbox, new RunOrders(), List.of()),
					new Judge(List.of(), new Auditor(new AuditRules(), new AuditTrail(4), ValueMask.HIDDEN, CLOCK)),
					Invariants.NONE, ZONES, VolatilePaths.NONE, CLOCK, new MetaLog(4), 1 << 20, ARRAYS,
					Snapshot.empty());
		}

		@Operation
		public String readAll() {
			Snapshot head = this.commitPoint.head();
			return head.version() + " " + find(head, A) + " " + find(head, B) + " " + find(head, LOG);
		}

		// Reads both and changes one, so that this and the next could skew
		@Operation
		public String sumToA() {
			return commit((transaction) -> {
				long sum = number(transaction, A) + number(transaction, B) + 1;
				put(transaction, A, sum);
				return sum;
			});
		}

		@Operation
		public String sumToB() {
			return commit((transaction) -> {
				long sum = number(transaction, A) + number(transaction, B) + 1;
				put(transaction, B, sum);
				return sum;
			});
		}

		// Counts the keys of the map, so that one that comes meanwhile is a phantom
		@Operation
		public String insert() {
			return commit((transaction) -> {
				long keys = StateTree.keys(transaction.read(MAP)).size();
				put(transaction, MAP.child("k" + keys), keys);
				return keys;
			});
		}

		@Operation
		public String append() {
			return commit((transaction) -> {
				Object before = transaction.peek(LOG);
				Object list = (before != StateTree.ABSENT) ? before : null;
				transaction.merge(LOG, 1L, withElement(list, 1L), Accounts::withElement);
				return 1L;
			});
		}

		// Tells the version that was made too: the place in the order that the engine
		// claims
		private String commit(ToLongFunction<Transaction> body) {
			while (true) {
				try {
					Transaction transaction = new Transaction(this.commitPoint.head(), ORIGIN, Deadline.in(LIMIT),
							VolatilePaths.NONE, false);
					long result = body.applyAsLong(transaction);
					return this.commitPoint.commit(transaction).version() + " " + result;
				}
				catch (ConflictException ex) {
					Thread.onSpinWait();
				}
			}
		}

		private static Object withElement(Object list, Object element) {
			List<?> elements = (list instanceof List<?> present) ? present : List.of();
			return PersistentList.<Object>copyOf(elements).append(element);
		}

		private static String find(Snapshot snapshot, Path path) {
			Object found = StateTree.find(snapshot.root(), path);
			return (found != StateTree.ABSENT) ? String.valueOf(found) : "nothing";
		}

		private static long number(Transaction transaction, Path path) {
			return (transaction.read(path) instanceof Number number) ? number.longValue() : 0;
		}

		private static void put(Transaction transaction, Path path, Object value) {
			transaction.put(path, transaction.peek(path), value);
		}

	}

}
