package io.theus.transaction;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.theus.OtherThreads;
import io.theus.engine.TheusEngine;
import io.theus.store.CommitOrigin.Kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class MetaLogTests {

	private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

	private final TheusEngine engine = TheusEngine.builder()
		.metaCapacity(5)
		.clock(Clock.fixed(NOW, ZoneOffset.UTC))
		.initialState(() -> Map.of("domain.a", 0))
		.process("shop.run", (spec) -> spec.outputs("domain.a").body((context, arguments) -> {
			context.set("domain.a", 1);
			return null;
		}))
		.build();

	@Test
	void everyKindOfCommitIsNoted() {
		this.engine.execute("run");
		this.engine.transact(TransactionOptions.named("import"), (tx) -> {
			tx.set("domain.a", 2);
			return null;
		});
		this.engine.compareAndSwap(3, Map.of("domain.a", 3));
		this.engine.edit("by hand", (tx) -> tx.set("domain.a", 4));
		assertThat(this.engine.metaLog().entries()).extracting((entry) -> entry.version() + " " + entry.origin())
			.containsExactly("1 initial state", "2 process 'shop.run'", "3 transaction 'import'", "4 compare-and-swap",
					"5 edit 'by hand'");
		assertThat(this.engine.metaLog().entries()).allSatisfy((entry) -> assertThat(entry.time()).isEqualTo(NOW));
		assertThat(this.engine.metaLog().entries()).extracting((entry) -> entry.origin().kind())
			.containsExactly(Kind.INITIAL, Kind.PROCESS, Kind.TRANSACTION, Kind.COMPARE_AND_SWAP, Kind.EDIT);
	}

	@Test
	void onlyCommitsThatReallyHappenedAreNoted() {
		this.engine.transact((tx) -> tx.get("domain.a"));
		this.engine.edit("no change", (tx) -> tx.set("domain.a", 0));
		assertThatIllegalStateException().isThrownBy(() -> this.engine.edit("fails", (tx) -> {
			tx.set("domain.a", 9);
			throw new IllegalStateException("broken on purpose");
		}));
		assertThat(this.engine.metaLog().entries()).hasSize(1);
	}

	@Test
	void lastCommitsAreKeptOldestFirst() {
		for (int i = 1; i <= 7; i++) {
			this.engine.compareAndSwap(i, Map.of("domain.a", i));
		}
		assertThat(this.engine.metaLog().entries()).extracting(CommitSummary::version)
			.containsExactly(4L, 5L, 6L, 7L, 8L);
	}

	@Test
	void readersSeeOrderedEntriesWhileOthersCommit() {
		OtherThreads.runAll(4, (thread) -> {
			for (int i = 0; i < 500; i++) {
				if (thread == 0) {
					assertThat(this.engine.metaLog().entries()).extracting(CommitSummary::version)
						.isSorted()
						.doesNotHaveDuplicates();
				}
				else {
					int value = i;
					this.engine.transact((tx) -> {
						tx.set("domain.t" + thread, value);
						return null;
					});
				}
			}
		});
		assertThat(this.engine.metaLog().entries()).hasSize(5);
	}

}
