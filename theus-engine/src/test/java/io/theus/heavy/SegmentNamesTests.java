package io.theus.heavy;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.theus.DType;
import io.theus.internal.memory.NamedMemory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What memory is called on disk.
 */
class SegmentNamesTests {

	@RegisterExtension
	final Heaps heaps = new Heaps();

	@Test
	void nameSaysWhoseItIs() {
		assertThat(SegmentNames.name("s1", 42, "frame", 7, 250)).isEqualTo("theus-s1-42-frame.7");
	}

	@ParameterizedTest
	@ValueSource(ints = { 30, 200, 250 })
	void namesFitAndNeverCollide(int limit) {
		Set<String> names = new HashSet<>();
		int count = 0;
		for (String session : new String[] { "a", "b", "a-1", "a_1", "a/1", "ä1", "x".repeat(300) }) {
			for (long pid : new long[] { 1, 11, 4194304 }) {
				for (String key : new String[] { "frame", "1-frame", "fra/me", "fra_me", "fra me", "k".repeat(300) }) {
					for (long number : new long[] { 1, 11 }) {
						names.add(SegmentNames.name(session, pid, key, number, limit));
						count++;
					}
				}
			}
		}
		assertThat(names).hasSize(count).allSatisfy((name) -> {
			assertThat(name).hasSizeLessThanOrEqualTo(limit);
			assertThat(SegmentNames.isValid(name)).isTrue();
		});
	}

	@Test
	void onlyOwnNamesAreValid() {
		for (String name : new String[] { "theus-", "theus-../x", "/theus-a", "other", "theus-a b",
				"theus-" + "x".repeat(251) }) {
			assertThat(SegmentNames.isValid(name)).as(name).isFalse();
		}
	}

	@Test
	void heapWorksWithShortNames() {
		HeavyHeap heap = this.heaps.heap("a", new ShortNames(NamedMemory.ofSystem()));
		String name = heap.alloc("a key of some length", DType.INT8, 10).fill(1).descriptor().segment();
		assertThat(name).hasSize(30).startsWith("theus-");
		assertThat(heap.alloc("a key of some length", DType.INT8, 10).descriptor().segment()).isNotEqualTo(name);
	}

	@Test
	void nameThatIsTakenIsNotUsed() throws Exception {
		NamedMemory memory = NamedMemory.ofSystem();
		HeavyHeap heap = this.heaps.heap();
		String next = heap.alloc("x", DType.INT8, 10).descriptor().segment();
		int dot = next.lastIndexOf('.') + 1;
		String taken = next.substring(0, dot) + (Long.parseLong(next.substring(dot)) + 1);
		memory.create(taken, 10);
		try {
			assertThat(heap.alloc("x", DType.INT8, 10).descriptor().segment()).isNotEqualTo(taken).isNotEqualTo(next);
			assertThat(this.heaps.registered()).hasSize(2).noneMatch((line) -> line.contains(taken));
		}
		finally {
			assertThat(memory.remove(taken)).isTrue();
		}
	}

}
