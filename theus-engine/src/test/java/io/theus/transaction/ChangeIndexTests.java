package io.theus.transaction;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.theus.path.Path;
import io.theus.state.StateChange;
import io.theus.store.CommitOrigin;
import io.theus.store.CommitOrigin.Kind;
import io.theus.store.CommitRecord;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChangeIndex}.
 */
class ChangeIndexTests {

	private static final CommitOrigin ORIGIN = new CommitOrigin(Kind.TRANSACTION, "", null);

	@Test
	void changesCountForThePathItselfForWhatIsAboveAndForWhatIsBelow() {
		ChangeIndex index = new ChangeIndex(100, 0);
		index.add(commit(1, "domain.a.b"));
		index.add(commit(2, "domain.c"));
		assertThat(index.lastChange(Path.parse("domain.a.b"))).isEqualTo(1);
		assertThat(index.lastChange(Path.parse("domain.a.b.deeper"))).isEqualTo(1);
		assertThat(index.lastChange(Path.parse("domain.a"))).isEqualTo(1);
		assertThat(index.lastChange(Path.parse("domain.a.sibling"))).isZero();
		assertThat(index.lastChange(Path.parse("domain"))).isEqualTo(2);
		assertThat(index.lastChange(Path.parse("global"))).isZero();
	}

	@Test
	void answersLikeAFullLogAndIsNeverOlderWhenItForgets() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		ChangeIndex full = new ChangeIndex(10_000, 0);
		ChangeIndex small = new ChangeIndex(12, 0);
		List<CommitRecord> log = new ArrayList<>();
		for (int version = 1; version <= 2000; version++) {
			CommitRecord commit = commit(version, path(random), path(random));
			log.add(commit);
			full.add(commit);
			small.add(commit);
			Path asked = Path.parse(path(random));
			long expected = lastChange(log, asked);
			assertThat(full.lastChange(asked)).as("seed=%d version=%d path=%s", seed, version, asked)
				.isEqualTo(expected);
			long bounded = small.lastChange(asked);
			assertThat(bounded).as("seed=%d version=%d path=%s", seed, version, asked).isGreaterThanOrEqualTo(expected);
			assertThat(bounded == expected || bounded <= small.floor())
				.as("seed=%d version=%d path=%s", seed, version, asked)
				.isTrue();
		}
		assertThat(small.floor()).as("it has forgotten something").isPositive();
	}

	private static String path(Random random) {
		String[] keys = { "a", "b", "c" };
		StringBuilder path = new StringBuilder("domain");
		for (int depth = random.nextInt(4); depth > 0; depth--) {
			path.append('.').append(keys[random.nextInt(keys.length)]);
		}
		return path.toString();
	}

	private static long lastChange(List<CommitRecord> log, Path path) {
		for (int i = log.size() - 1; i >= 0; i--) {
			for (StateChange change : log.get(i).changes()) {
				if (change.path().startsWith(path) || path.startsWith(change.path())) {
					return log.get(i).version();
				}
			}
		}
		return 0;
	}

	private static CommitRecord commit(long version, String... paths) {
		List<StateChange> changes = new ArrayList<>();
		for (String path : paths) {
			changes.add(new StateChange(Path.parse(path), 1, 2));
		}
		return new CommitRecord(version, ORIGIN, Instant.EPOCH, changes, List.of(), List.of());
	}

}
