package io.theus.store;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import io.theus.OtherThreads;
import io.theus.store.CommitOrigin.Kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MemoryCommitLogTests {

	private final MemoryCommitLog log = new MemoryCommitLog(4);

	@Test
	void newLogIsEmpty() {
		assertThat(this.log.read(0)).isEmpty();
		assertThat(this.log.capacity()).isEqualTo(4);
	}

	@Test
	void commitsAreReadInOrderAfterAVersion() {
		this.log.append(List.of(record(1), record(2)));
		this.log.append(List.of(record(3)));
		assertThat(versions(0)).containsExactly(1L, 2L, 3L);
		assertThat(versions(1)).containsExactly(2L, 3L);
		assertThat(versions(3)).isEmpty();
		assertThat(versions(99)).isEmpty();
	}

	@Test
	void oldCommitsGoWhenTheLogIsFull() {
		this.log.append(LongStream.rangeClosed(1, 10).mapToObj(MemoryCommitLogTests::record).toList());
		assertThat(versions(0)).containsExactly(7L, 8L, 9L, 10L);
		assertThat(versions(8)).containsExactly(9L, 10L);
	}

	@Test
	void readCommitsCannotBeChanged() {
		this.log.append(List.of(record(1)));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> this.log.read(0).clear());
	}

	@Test
	void readersNeverSeeAnOlderCommitInPlaceOfANewerOne() {
		OtherThreads.runAll(3, (thread) -> {
			for (int i = 1; i <= 20_000; i++) {
				if (thread == 0) {
					this.log.append(List.of(record(i)));
				}
				else {
					List<Long> versions = versions(0);
					assertThat(versions).isSorted().doesNotHaveDuplicates();
					assertThat(versions).hasSizeLessThanOrEqualTo(4);
				}
			}
		});
		assertThat(versions(0)).containsExactly(19_997L, 19_998L, 19_999L, 20_000L);
	}

	@Test
	void originSaysWhoCommits() {
		assertThat(new CommitOrigin(Kind.PROCESS, "shop.run", "1")).hasToString("process 'shop.run'");
		assertThat(new CommitOrigin(Kind.TRANSACTION, "", null)).hasToString("transaction");
		assertThat(new CommitOrigin(Kind.EDIT, "by hand", null).isAdministrative()).isTrue();
		assertThat(new CommitOrigin(Kind.INITIAL, "", null).isAdministrative()).isTrue();
		assertThat(new CommitOrigin(Kind.PROCESS, "a", null).isAdministrative()).isFalse();
		assertThat(new CommitOrigin(Kind.TRANSACTION, "a", null).isAdministrative()).isFalse();
		assertThat(new CommitOrigin(Kind.COMPARE_AND_SWAP, "a", null).isAdministrative()).isFalse();
	}

	private List<Long> versions(long after) {
		return this.log.read(after).stream().map(CommitRecord::version).toList();
	}

	private static CommitRecord record(long version) {
		return new CommitRecord(version, new CommitOrigin(Kind.TRANSACTION, "", null), Instant.EPOCH, List.of(),
				List.of(), List.of());
	}

}
