package io.theus.transaction;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.theus.OtherThreads;
import io.theus.TransactionContext;
import io.theus.TypeRef;
import io.theus.conflict.ConflictException;
import io.theus.engine.TheusEngine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class ConcurrentCommitTests {

	private static final int THREADS = 8;

	private final TheusEngine engine = TheusEngine.builder().build();

	@Test
	void incrementsOfManyThreadsAddUp() {
		write((tx) -> tx.set("domain.counter", 0L));
		OtherThreads.runAll(THREADS, (thread) -> {
			for (int i = 0; i < 500; i++) {
				this.engine.transact(persistently(), (tx) -> {
					tx.update("domain.counter", Long.class, (value) -> value + 1);
					return null;
				});
			}
		});
		assertThat(this.engine.state().get("domain.counter", Long.class)).isEqualTo(4000L);
		assertThat(this.engine.state().version()).isEqualTo(4001L);
	}

	@Test
	void incrementsByComparisonAddUp() {
		write((tx) -> tx.set("domain.counter", 0L));
		OtherThreads.runAll(THREADS, (thread) -> {
			int done = 0;
			while (done < 100) {
				var state = this.engine.state();
				long next = state.get("domain.counter", Long.class) + 1;
				try {
					this.engine.compareAndSwap(state.version(), Map.of("domain.counter", next));
					done++;
				}
				catch (ConflictException ex) {
					Thread.onSpinWait();
				}
			}
		});
		assertThat(this.engine.state().get("domain.counter", Long.class)).isEqualTo(800L);
	}

	@Test
	void writeSkewIsRefusedAlsoAtVersionZero() {
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> write((tx) -> {
			boolean both = tx.getOrDefault("domain.a", true) && tx.getOrDefault("domain.b", true);
			elsewhere((other) -> {
				assertThat(other.getOrDefault("domain.a", true) && other.getOrDefault("domain.b", true)).isTrue();
				other.set("domain.b", false);
			});
			assertThat(both).isTrue();
			tx.set("domain.a", false);
		})).withMessageContaining("conflict on 'domain.b'");
		assertThat(this.engine.state().contains("domain.a")).isFalse();
		assertThat(this.engine.state().version()).isEqualTo(1);
	}

	@Test
	void insertionAfterCountingIsRefused() {
		write((tx) -> tx.set("domain.seats", Map.of("a", 1)));
		assertRefused("domain.seats", (tx) -> {
			assertThat(tx.size("domain.seats")).isEqualTo(1);
			elsewhere((other) -> other.set("domain.seats.b", 2));
			tx.set("domain.seats.c", 3);
		});
	}

	@Test
	void insertionAfterListingKeysIsRefused() {
		write((tx) -> tx.set("domain.seats", Map.of("a", 1)));
		assertRefused("domain.seats", (tx) -> {
			assertThat(tx.keys("domain.seats")).containsExactly("a");
			elsewhere((other) -> other.set("domain.seats.b", 2));
			tx.set("domain.total", 1);
		});
	}

	@Test
	void insertionAfterIterationIsRefused() {
		write((tx) -> tx.set("domain.seats", Map.of("a", 1)));
		assertRefused("domain.seats", (tx) -> {
			assertThat(tx.get("domain.seats", new TypeRef<Map<String, Integer>>() {
			})).hasSize(1);
			elsewhere((other) -> other.remove("domain.seats.a"));
			tx.set("domain.total", 1);
		});
	}

	@Test
	void creationAfterAbsenceWasReadIsRefused() {
		assertRefused("domain.user", (tx) -> {
			assertThat(tx.find("domain.user")).isEmpty();
			elsewhere((other) -> other.set("domain.user", "bob"));
			tx.set("domain.created", true);
		});
	}

	@Test
	void twoCreationsOfOneKeyConflict() {
		assertRefused("domain.user", (tx) -> {
			tx.create("domain.user", "alice");
			elsewhere((other) -> other.create("domain.user", "bob"));
		});
		assertThat(this.engine.state().get("domain.user")).isEqualTo("bob");
	}

	@Test
	void blindWritesOfOneKeyConflict() {
		assertRefused("domain.x", (tx) -> {
			tx.set("domain.x", 1);
			elsewhere((other) -> other.set("domain.x", 2));
		});
	}

	@Test
	void deletionThatComesBackWithAnEqualValueIsNoConflict() {
		write((tx) -> tx.set("domain.a", List.of(1, 2)));
		assertThatNoException().isThrownBy(() -> write((tx) -> {
			tx.get("domain.a");
			elsewhere((other) -> other.remove("domain.a"));
			elsewhere((other) -> other.set("domain.a", List.of(1, 2)));
			tx.set("domain.b", 1);
		}));
		assertThat(this.engine.state().version()).isEqualTo(4);
	}

	@Test
	void deletionThatComesBackWithAnotherValueIsAConflict() {
		write((tx) -> tx.set("domain.a", 1));
		assertRefused("domain.a", (tx) -> {
			tx.get("domain.a");
			elsewhere((other) -> other.remove("domain.a"));
			elsewhere((other) -> other.set("domain.a", 2));
			tx.set("domain.b", 1);
		});
	}

	@Test
	void replacedRootConflictsWithALeafThatItChanged() {
		write((tx) -> tx.set("domain.shop.price", 1));
		assertRefused("domain.shop.price", (tx) -> {
			tx.set("domain.shop.price", 2);
			elsewhere((other) -> other.set("domain", Map.of("shop", Map.of("price", 3))));
		});
	}

	@Test
	void leafOfARemovedParentIsNotRevived() {
		write((tx) -> tx.set("domain.shop.price", 1));
		assertRefused("domain.shop", (tx) -> {
			tx.set("domain.shop.name", "corner");
			elsewhere((other) -> other.remove("domain.shop"));
		});
	}

	@Test
	void leafBelowAParentThatBecameAScalarIsRefused() {
		write((tx) -> tx.set("domain.shop.price", 1));
		assertRefused("domain.shop", (tx) -> {
			tx.set("domain.shop.name", "corner");
			elsewhere((other) -> other.set("domain.shop", "closed"));
		});
	}

	@Test
	void replacedParentConflictsWithAStaleWholeRead() {
		write((tx) -> tx.set("domain.shop", Map.of("price", 1, "name", "x")));
		assertRefused("domain.shop", (tx) -> {
			tx.set("domain.shop", Map.of("price", 2));
			elsewhere((other) -> other.set("domain.shop.name", "y"));
		});
	}

	@Test
	void differentKeysOfOneMapDoNotConflict() {
		write((tx) -> tx.set("domain.m", Map.of("a", 1, "b", 1)));
		write((tx) -> {
			tx.update("domain.m.a", Integer.class, (value) -> value + 1);
			elsewhere((other) -> other.update("domain.m.b", Integer.class, (value) -> value + 1));
		});
		assertThat(this.engine.state().get("domain.m")).isEqualTo(Map.of("a", 2, "b", 2));
	}

	@Test
	void differentKeysOfAMapThatBothCreateDoNotConflict() {
		write((tx) -> {
			tx.set("domain.new.a", 1);
			elsewhere((other) -> other.set("domain.new.b", 2));
		});
		assertThat(this.engine.state().get("domain.new")).isEqualTo(Map.of("a", 1, "b", 2));
	}

	@Test
	void differentComponentsOfOneRecordDoNotConflict() {
		write((tx) -> tx.set("domain.range", new Range(1, 9)));
		write((tx) -> {
			tx.set("domain.range.low", 2);
			elsewhere((other) -> other.set("domain.range.high", 8));
		});
		assertThat(this.engine.state().get("domain.range")).isEqualTo(new Range(2, 8));
	}

	@Test
	void recordThatRefusesBothComponentsTogetherIsAConflict() {
		write((tx) -> tx.set("domain.range", new Range(1, 9)));
		assertRefused("domain.range.low", (tx) -> {
			tx.set("domain.range.low", 6);
			elsewhere((other) -> other.set("domain.range.high", 5));
		});
		assertThat(this.engine.state().get("domain.range")).isEqualTo(new Range(1, 5));
	}

	@Test
	void listIsOneUnit() {
		write((tx) -> tx.set("domain.list", List.of("a", "b", "b")));
		assertRefused("domain.list", (tx) -> {
			tx.set("domain.list[1]", "c");
			elsewhere((other) -> other.remove("domain.list[0]"));
		});
		assertRefused("domain.list", (tx) -> {
			tx.get("domain.list[0]");
			elsewhere((other) -> other.append("domain.list", "z"));
			tx.set("domain.other", 1);
		});
	}

	@Test
	void listWithinARecordIsOneUnit() {
		write((tx) -> tx.set("domain.order", new Order("o", List.of("a", "b"))));
		assertRefused("domain.order.lines", (tx) -> {
			tx.set("domain.order.lines[0]", "x");
			elsewhere((other) -> other.set("domain.order.lines[1]", "y"));
		});
	}

	@Test
	void setIsOneUnit() {
		write((tx) -> tx.set("domain.set", Set.of("a")));
		assertRefused("domain.set", (tx) -> {
			tx.append("domain.set", "b");
			elsewhere((other) -> other.append("domain.set", "c"));
		});
	}

	@Test
	void appendsToALogByManyThreadsAllArriveWithoutConflict() {
		OtherThreads.runAll(THREADS, (thread) -> {
			for (int i = 0; i < 200; i++) {
				int number = thread * 1000 + i;
				write((tx) -> tx.append("domain.log_events", number));
			}
		});
		List<Integer> expected = IntStream.range(0, THREADS)
			.flatMap((thread) -> IntStream.range(thread * 1000, thread * 1000 + 200))
			.boxed()
			.toList();
		List<?> stored = this.engine.state().get("domain.log_events", List.class);
		assertThat(stored).hasSize(1600);
		assertThat(List.<Object>copyOf(stored)).containsExactlyInAnyOrderElementsOf(expected);
	}

	@Test
	void appendsOfOneThreadKeepTheirOrder() {
		write((tx) -> {
			tx.append("log.audit", 1);
			elsewhere((other) -> other.append("log.audit", "between"));
			tx.append("log.audit", 2);
			tx.append("log.audit", 3);
		});
		assertThat(this.engine.state().get("log.audit")).isEqualTo(List.of("between", 1, 2, 3));
	}

	@Test
	void logThatWasReadIsValidated() {
		write((tx) -> tx.append("log.audit", 1));
		assertRefused("log.audit", (tx) -> {
			tx.append("log.audit", tx.size("log.audit"));
			elsewhere((other) -> other.append("log.audit", "other"));
		});
	}

	@Test
	void appendBelowAContainerThatWasReplacedIsNotRepeated() {
		write((tx) -> {
			tx.set("domain.shop", Map.of("name", "corner"));
			tx.append("domain.shop.log_sales", "first");
			elsewhere((other) -> other.set("domain.unrelated", 1));
		});
		assertThat(this.engine.state().get("domain.shop.log_sales")).isEqualTo(List.of("first"));
	}

	@Test
	void removalAndRecreationInOneTransactionMeetsOthers() {
		write((tx) -> tx.set("domain.m", Map.of("a", 1, "b", 2)));
		write((tx) -> {
			tx.remove("domain.m");
			tx.set("domain.m.c", 3);
			elsewhere((other) -> other.set("domain.unrelated", 1));
		});
		assertThat(this.engine.state().get("domain")).isEqualTo(Map.of("m", Map.of("c", 3), "unrelated", 1));
	}

	@Test
	void parentsOfWhatIsRemovedAgainAreNotLeftBehind() {
		List<Consumer<TransactionContext>> others = List.of((other) -> {
		}, (other) -> other.set("domain.unrelated", 1));
		for (Consumer<TransactionContext> other : others) {
			write((tx) -> {
				tx.set("domain.new.deep.a", 1);
				tx.remove("domain.new.deep.a");
				tx.set("domain.empty", Map.of("a", 1));
				tx.remove("domain.empty.a");
				tx.set("domain.kept", tx.contains("domain.new"));
				elsewhere(other);
			});
			assertThat(this.engine.state().contains("domain.new")).isFalse();
			assertThat(this.engine.state().get("domain.kept")).isEqualTo(false);
			assertThat(this.engine.state().get("domain.empty")).isEqualTo(Map.of());
			write((tx) -> tx.remove("domain.empty"));
		}
	}

	@Test
	void manyWritesInOneTransactionAreRepeatedOnTheLiveState() {
		write((tx) -> {
			for (int i = 0; i < 50; i++) {
				tx.set("domain.m.k" + i, i);
				tx.remove("domain.m.k" + (i - 10));
			}
			elsewhere((other) -> other.set("domain.m.other", true));
		});
		assertThat(this.engine.state().size("domain.m")).isEqualTo(11);
		assertThat(this.engine.state().keys("domain.m")).contains("k40", "k49", "other").doesNotContain("k39");
	}

	@Test
	void readersWithoutEffectNeverConflict() {
		write((tx) -> tx.set("domain.a", 1));
		assertThatNoException().isThrownBy(() -> write((tx) -> {
			tx.get("domain.a");
			elsewhere((other) -> other.set("domain.a", 2));
			assertThat(tx.get("domain.a")).as("one snapshot").isEqualTo(1);
		}));
	}

	@Test
	void signalsAloneStillDependOnWhatWasRead() {
		write((tx) -> tx.set("domain.a", 1));
		assertRefused("domain.a", (tx) -> {
			tx.get("domain.a");
			elsewhere((other) -> other.set("domain.a", 2));
			tx.emit("sig_seen", 1);
		});
	}

	private void write(Consumer<TransactionContext> body) {
		this.engine.transact((tx) -> {
			body.accept(tx);
			return null;
		});
	}

	private void elsewhere(Consumer<TransactionContext> body) {
		OtherThreads.run(() -> write(body));
	}

	private void assertRefused(String key, Consumer<TransactionContext> body) {
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> write(body))
			.satisfies((ex) -> assertThat(ex.conflict().path()).hasToString(key));
	}

	private static TransactionOptions persistently() {
		return TransactionOptions.named("increment").withAttempts(10_000);
	}

	record Range(int low, int high) {

		Range {
			if (low > high) {
				throw new IllegalArgumentException("low=" + low + " high=" + high);
			}
		}

	}

	record Order(String id, List<String> lines) {

	}

}
