package io.theus.heavy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.theus.DType;
import io.theus.HeavyArray;
import io.theus.HeavyDescriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * When buffers of a ring are given out and come back.
 */
class HeavyRingTests {

	@RegisterExtension
	final Heaps heaps = new Heaps();

	private long version;

	// Swaps the reference as a commit does
	private HeavyDescriptor swap(HeavyHeap heap, HeavyArray next, HeavyDescriptor... before) {
		HeavyUse use = heap.begin(this.version);
		HeavyDescriptor descriptor = use.publish(next);
		this.version++;
		heap.replaced(this.version, List.of(before), List.of(descriptor));
		use.end(true);
		return descriptor;
	}

	@Test
	void buffersAreUsedInTurnUnderNewNumbers() throws IOException {
		HeavyHeap heap = this.heaps.heap();
		HeavyRing ring = heap.ring("heavy.frame", 2, DType.FLOAT32, 3, 5);
		assertThat(ring.path()).isEqualTo("heavy.frame");
		assertThat(this.heaps.shared()).hasSize(2);
		HeavyDescriptor first = swap(heap, ring.next().fill(1));
		HeavyDescriptor second = swap(heap, ring.next().fill(2), first);
		HeavyDescriptor third = swap(heap, ring.next().fill(3), second);
		assertThat(first.key()).isEqualTo("frame");
		assertThat(first.use()).isEqualTo(1);
		assertThat(third.segment()).isEqualTo(first.segment());
		assertThat(third.use()).isEqualTo(2);
		assertThat(third.shape()).containsExactly(3L, 5L);
		assertThat(heap.map(third).sum()).isEqualTo(45);
		assertThatExceptionOfType(HeavyGoneException.class).isThrownBy(() -> heap.map(first))
			.withMessage(
					"heavy array '%s' is gone, its ring has taken it back: segment=%s, use=1, read the descriptor that the state has now"
						.formatted(first.name(), first.segment()));
		assertThatExceptionOfType(HeavyGoneException.class).isThrownBy(() -> heap.map(second));
	}

	@Test
	void bufferThatAnAttemptMayStillShowIsNotGivenOut() {
		HeavyHeap heap = this.heaps.heap();
		HeavyRing ring = heap.ring("heavy.frame", 2, DType.FLOAT32, 10);
		HeavyDescriptor first = swap(heap, ring.next().fill(1));
		HeavyUse reader = heap.begin(this.version);
		HeavyDescriptor second = swap(heap, ring.next().fill(2), first);
		assertThat(ring.tryNext()).isEmpty();
		assertThatExceptionOfType(HeavyRingFullException.class).isThrownBy(ring::next)
			.withMessage(
					"ring 'heavy.frame' has no free buffer: buffers=2, filling=0, published=1, stillRead=1, close what is not published or give it more buffers")
			.satisfies((ex) -> assertThat(List.of(ex.path(), ex.buffers(), ex.filling(), ex.published(), ex.awaited()))
				.containsExactly("heavy.frame", 2, 0, 1, 1));
		assertThat(reader.map(first, false).sum()).isEqualTo(10);
		reader.end(true);
		HeavyArray next = ring.next();
		assertThat(next.descriptor().segment()).isEqualTo(first.segment());
		assertThat(heap.map(second).sum()).isEqualTo(20);
	}

	@Test
	void bufferThatAViewShowsIsNotGivenOut() {
		HeavyHeap heap = this.heaps.heap();
		HeavyRing ring = heap.ring("heavy.frame", 2, DType.FLOAT32, 10);
		HeavyDescriptor first = swap(heap, ring.next().fill(1));
		HeavyArray view = heap.map(first);
		swap(heap, ring.next().fill(2), first);
		assertThat(ring.tryNext()).isEmpty();
		view.close();
		assertThat(ring.tryNext()).isPresent();
	}

	@Test
	void handleOfThePublishedBufferNeitherWritesNorKeepsIt() {
		HeavyHeap heap = this.heaps.heap();
		HeavyRing ring = heap.ring("heavy.frame", 2, DType.FLOAT32, 10);
		HeavyArray handle = ring.next().fill(1);
		HeavyDescriptor first = swap(heap, handle);
		assertThat(handle.isReadOnly()).isTrue();
		assertThat(handle.sum()).isEqualTo(10);
		swap(heap, ring.next().fill(2), first);
		HeavyArray next = ring.next();
		assertThat(next.descriptor().segment()).isEqualTo(first.segment());
		assertThatExceptionOfType(HeavyGoneException.class).isThrownBy(handle::sum);
		handle.close();
		assertThat(next.fill(3).sum()).isEqualTo(30);
		assertThat(ring.tryNext()).isEmpty();
	}

	@Test
	void bufferThatIsClosedOrNotReachableComesBack() {
		HeavyHeap heap = this.heaps.heap();
		HeavyRing ring = heap.ring("heavy.frame", 1, DType.FLOAT32, 10);
		HeavyArray taken = ring.next();
		assertThat(ring.tryNext()).isEmpty();
		taken.close();
		assertThat(ring.next().descriptor().use()).isEqualTo(2);
		Awaitility.await().untilAsserted(() -> {
			System.gc();
			assertThat(heap.segments()).singleElement()
				.satisfies((segment) -> assertThat(segment.state()).isEqualTo(HeavyState.FREE));
		});
	}

	@Test
	void bufferOfAnAttemptThatFailsComesBack() {
		AtomicReference<HeavyUse> current = new AtomicReference<>();
		HeavyHeap heap = this.heaps.heap("a", HeavyAccessListener.NONE, (key) -> current.get());
		HeavyRing ring = heap.ring("heavy.frame", 1, DType.FLOAT32, 10);
		for (int i = 0; i < 3; i++) {
			HeavyUse use = heap.begin(0);
			current.set(use);
			use.publish(ring.next());
			use.end(false);
		}
		current.set(null);
		assertThat(ring.tryNext()).isPresent();
	}

	@Test
	void borrowerIsToldThatABufferWasUsedAgain() {
		HeavyHeap heap = this.heaps.heap();
		HeavyRing ring = heap.ring("heavy.frame", 2, DType.UINT8, 13);
		HeavyDescriptor first = swap(heap, ring.next().fill(1));
		HeavySlice slice = new HeavySlice(first, 0, first.shape());
		try (HeavyBorrower borrower = new HeavyBorrower()) {
			assertThat(borrower.attach(slice).sum()).isEqualTo(13);
			HeavyDescriptor second = swap(heap, ring.next().fill(2), first);
			assertThat(borrower.attach(slice).sum()).isEqualTo(13);
			swap(heap, ring.next().fill(3), second);
			assertThatExceptionOfType(HeavyGoneException.class).isThrownBy(() -> borrower.attach(slice))
				.withMessageContaining("its ring has taken it back");
		}
	}

	@Test
	void closedRingFreesBuffersWhenTheyComeBack() throws IOException {
		HeavyHeap heap = this.heaps.heap();
		HeavyRing ring = heap.ring("heavy.frame", 3, DType.FLOAT32, 10);
		HeavyDescriptor first = swap(heap, ring.next().fill(1));
		HeavyArray filling = ring.next();
		ring.close();
		ring.close();
		assertThat(this.heaps.shared()).hasSize(2);
		filling.close();
		assertThat(this.heaps.shared()).containsExactly(first.segment());
		assertThat(heap.map(first).sum()).isEqualTo(10);
		assertThatExceptionOfType(HeavyAccessException.class).isThrownBy(ring::next)
			.withMessageContaining("is refused, its ring is closed: ring=heavy.frame");
		heap.replaced(2, List.of(first), List.of());
		heap.begin(2).end(true);
		Awaitility.await().untilAsserted(() -> {
			System.gc();
			assertThat(this.heaps.shared()).isEmpty();
		});
	}

	@Test
	void ringWithoutRoomLeavesNothing() throws IOException {
		HeavyHeap heap = this.heaps.heap("a", 1 << 20);
		assertThatExceptionOfType(HeavyCapacityException.class)
			.isThrownBy(() -> heap.ring("heavy.frame", 3, DType.INT8, 500_000));
		assertThat(this.heaps.shared()).isEmpty();
		assertThatIllegalArgumentException().isThrownBy(() -> heap.ring("heavy.frame", 0, DType.INT8, 5))
			.withMessage("ring 'heavy.frame' has no buffer: buffers=0, use at least 1, mostly 3");
	}

}
