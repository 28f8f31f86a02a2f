package io.theus.history;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.theus.conflict.ConflictException;
import io.theus.engine.TheusEngine;
import io.theus.state.State;
import io.theus.state.StateChange;
import io.theus.store.CommitRecord;
import io.theus.transaction.TransactionOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link History}.
 */
class HistoryTests {

	private final TheusEngine engine = TheusEngine.builder()
		.historyVersions(8)
		.initialState(
				() -> Map.of("domain", Map.of("a", 1, "b", Map.of("x", 1), "const_rate", 7, "log_moves", List.of()),
						"global", Map.of("mode", "open")))
		.process("shop.move",
				(process) -> process.updates("domain.a", "domain.log_moves").body((context, arguments) -> {
					context.update("domain.a", Integer.class, (value) -> value + 1);
					context.append("domain.log_moves", "moved");
					return null;
				}))
		.process("shop.revert", (process) -> process.body((context, arguments) -> revert()))
		.build();

	private final History history = this.engine.history();

	private Long revert() {
		return this.engine.history().revert(1, "from within");
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void oldVersionsGoEarlierWhereTheyHoldTooMuch() {
		String large = "x".repeat(10_000);
		try (TheusEngine bounded = TheusEngine.builder().historyMemory(100_000).build()) {
			for (int i = 0; i < 50; i++) {
				String text = large + i;
				bounded.edit("fill", (edit) -> edit.set("domain.text", text));
			}
			assertThat(bounded.history().oldest()).isBetween(38L, 46L);
			assertThat(bounded.history().commits()).hasSizeBetween(5, 13)
				.extracting(CommitRecord::version)
				.contains(50L)
				.doesNotContain(37L);
			assertThatExceptionOfType(VersionNotKeptException.class).isThrownBy(() -> bounded.history().at(30));
			assertThat(bounded.history().at(49).get("domain.text")).isEqualTo(large + 48);
			for (int i = 0; i < 300; i++) {
				int number = i;
				bounded.edit("count", (edit) -> edit.set("domain.n", number));
			}
			assertThat(bounded.history().oldest()).isBetween(90L, 160L);
			assertThat(bounded.history().commits()).hasSizeBetween(190, 256);
		}
	}

	@Test
	void appendToALongListCountsAsWhatIsAppended() {
		try (TheusEngine bounded = TheusEngine.builder().historyMemory(1_000_000).build()) {
			List<String> elements = IntStream.range(0, 100_000).mapToObj((i) -> "element " + i).toList();
			bounded.edit("fill", (edit) -> edit.set("domain.log_events", elements));
			for (int i = 0; i < 200; i++) {
				bounded.transact((transaction) -> {
					transaction.append("domain.log_events", "another one");
					return true;
				});
			}
			assertThat(bounded.history().oldest()).isZero();
		}
	}

	@Test
	void newestVersionIsKeptWhateverItsSize() {
		try (TheusEngine bounded = TheusEngine.builder().historyMemory(1).build()) {
			bounded.edit("fill", (edit) -> edit.set("domain.text", "text"));
			assertThat(bounded.history().oldest()).isEqualTo(1);
			assertThat(bounded.history().at(1)).isSameAs(bounded.state());
			assertThat(bounded.history().store()).isEqualTo(new StoreStatus("memory", false, 1, 1, 1, 256));
			bounded.compareAndSwap(1, Map.of("domain.text", "other"));
			assertThatExceptionOfType(VersionNotKeptException.class)
				.isThrownBy(() -> bounded.history().revert(1, "back"));
			assertThatExceptionOfType(ConflictException.class)
				.isThrownBy(() -> bounded.compareAndSwap(1, Map.of("domain.text", "third")));
		}
	}

	@Test
	void earlierVersionsAreTheSameObjectsThatWereRead() {
		State first = this.engine.state();
		set("domain.a", 2);
		assertThat(this.history.at(1)).isSameAs(first);
		assertThat(this.history.at(0).toMap()).isEmpty();
		assertThat(this.history.at(2).get("domain.a")).isEqualTo(2);
	}

	@Test
	void versionsOutOfTheWindowAreRefused() {
		for (int i = 2; i <= 12; i++) {
			set("domain.a", i);
		}
		assertThat(this.history.oldest()).isEqualTo(5);
		assertThat(this.history.at(5).get("domain.a")).isEqualTo(5);
		for (long version : List.of(4L, 13L, -1L, Long.MAX_VALUE, Long.MIN_VALUE)) {
			assertThatExceptionOfType(VersionNotKeptException.class).isThrownBy(() -> this.history.at(version))
				.withMessage("version is not kept: version=%d oldest=5 newest=12, use one between or raise "
						+ "theus.history.versions", version);
		}
		assertThatExceptionOfType(VersionNotKeptException.class).isThrownBy(() -> this.history.revert(3, "too late"));
		assertThat(this.engine.state().version()).isEqualTo(12);
	}

	@Test
	void differenceIsToldInBothDirections() {
		set("domain.b.y", 2);
		set("domain.a", 3);
		assertThat(this.history.diff(1, 3)).extracting(StateChange::toString)
			.containsExactlyInAnyOrder("domain.a: 1 -> 3", "domain.b.y: absent -> 2");
		assertThat(this.history.diff(3, 2)).extracting(StateChange::toString).containsExactly("domain.a: 3 -> 1");
		assertThat(this.history.diff(2, 2)).isEmpty();
	}

	@Test
	void logTellsWhoChangedAPathOrSomethingAboveOrBelow() {
		set("domain.b.x", 2);
		set("domain.a", 2);
		set("domain.b", Map.of("x", 3));
		assertThat(this.history.log("domain.b.x")).extracting(CommitRecord::version).containsExactly(1L, 2L, 4L);
		assertThat(this.history.log("domain.b")).extracting(CommitRecord::version).containsExactly(1L, 2L, 4L);
		assertThat(this.history.log("domain.nowhere")).extracting(CommitRecord::version).containsExactly(1L);
		assertThat(this.history.commits()).hasSize(4);
	}

	@Test
	void revertUndoesOneCommitAndKeepsWhatCameAfter() {
		this.engine.transact(TransactionOptions.named("mistake"), (transaction) -> {
			transaction.set("domain.b.x", 9);
			transaction.set("domain.b.y", 9);
			transaction.remove("global.mode");
			return true;
		});
		set("domain.a", 5);
		assertThat(this.history.revert(2, "typing error")).isEqualTo(4);
		assertThat(this.engine.state().get("domain.b")).isEqualTo(Map.of("x", 1));
		assertThat(this.engine.state().get("global.mode")).isEqualTo("open");
		assertThat(this.engine.state().get("domain.a")).isEqualTo(5);
		assertThat(this.engine.metaLog().entries()).last()
			.satisfies((entry) -> assertThat(entry.origin()).hasToString("revert 'typing error'"));
		assertThat(this.history.revert(4, "it was right")).isEqualTo(5);
		assertThat(this.engine.state().get("domain.b")).isEqualTo(Map.of("x", 9, "y", 9));
	}

	@Test
	void revertIsRefusedWhenSomethingThatWasWrittenHasChangedSince() {
		set("domain.b.x", 2);
		set("domain.b.x", 3);
		State before = this.engine.state();
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> this.history.revert(2, "too late"))
			.withMessageContaining(
					"conflict on 'domain.b.x' in revert 'too late': changed by transaction 'set' in commit "
							+ "version=3 after snapshot version=2");
		assertThat(this.engine.state()).isSameAs(before);
	}

	@Test
	void restoreSetsEverythingButLogsAndConstantsBack() {
		State first = this.engine.state();
		this.engine.execute("shop.move");
		set("domain.b", Map.of("z", 1));
		set("domain.fresh.deep", 1);
		this.engine.transact((transaction) -> {
			transaction.remove("global.mode");
			return true;
		});
		assertThat(this.history.restore(1, "start again")).isEqualTo(6);
		assertThat(this.history.diff(1, 6)).extracting(StateChange::toString)
			.containsExactly("domain.log_moves: [] -> [moved]");
		assertThat(this.engine.state().get("domain.b")).isEqualTo(first.get("domain.b"));
		assertThat(this.history.restore(1, "again")).as("nothing differs").isEqualTo(6);
	}

	@Test
	void goingBackNeedsAReasonAndIsNoPartOfABody() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.history.revert(1, " "))
			.withMessage("revert needs a reason: reason='', say why the state is changed by hand");
		assertThatIllegalArgumentException().isThrownBy(() -> this.history.restore(1, ""))
			.withMessage("restore needs a reason: reason='', say why the state is changed by hand");
		assertThatIllegalStateException().isThrownBy(() -> this.engine.execute("shop.revert"))
			.withMessage(
					"revert 'from within' cannot be part of a running transaction, call it from outside of process "
							+ "'shop.revert'");
	}

	@Test
	void anyCommitCanBeUndoneFromTheNewestBackwards() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		for (int round = 0; round < 50; round++) {
			long begin = this.engine.state().version();
			State before = this.engine.state();
			for (int i = 0; i < 3; i++) {
				change(random);
			}
			for (long version = this.engine.state().version(), last = version; version > begin; version--) {
				this.history.revert(version, "undo " + last);
			}
			assertThat(before.diff(this.engine.state())).as("seed=%d round=%d", seed, round).isEmpty();
		}
	}

	private void change(Random random) {
		String path = "domain.r" + random.nextInt(2) + (random.nextBoolean() ? ".k" + random.nextInt(2) : "");
		this.engine.transact((transaction) -> {
			if (random.nextInt(3) == 0) {
				transaction.remove(path);
			}
			else if (path.contains(".k")) {
				transaction.remove(path.substring(0, path.indexOf(".k")));
				transaction.set(path, random.nextInt(5));
			}
			else {
				transaction.set(path, Map.of("k" + random.nextInt(2), random.nextInt(5)));
			}
			return true;
		});
	}

	private void set(String path, Object value) {
		this.engine.transact(TransactionOptions.named("set").withAttempts(50), (transaction) -> {
			transaction.set(path, value);
			return true;
		});
	}

}
