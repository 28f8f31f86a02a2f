package io.theus.heavy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.theus.DType;
import io.theus.HeavyArray;
import io.theus.HeavyDescriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The life of memory, from its allocation to its end, and what is refused on the way.
 */
class HeavyHeapTests {

	@RegisterExtension
	final Heaps heaps = new Heaps();

	@Test
	void heapThatNeverAllocatesTouchesNothing() throws IOException {
		HeavyHeap heap = this.heaps.heap("a", new NoMemory());
		assertThat(heap.isEmpty()).isTrue();
		HeavyUse use = heap.begin(1);
		heap.replaced(2, List.of(), List.of());
		use.end(true);
		assertThat(heap.status()).isEqualTo(new HeavyStatus(64 << 20, 0, java.util.Map.of(), 0, 0, 0));
		heap.close();
		assertThat(this.heaps.directory()).isEmptyDirectory();
	}

	@Test
	void allocatedArrayIsFreedWhenClosed() throws IOException {
		HeavyHeap heap = this.heaps.heap();
		HeavyArray array = heap.alloc("frame", DType.FLOAT64, 100);
		assertThat(this.heaps.shared()).containsExactly(array.descriptor().segment());
		assertThat(this.heaps.registered()).hasSize(1);
		assertThat(heap.isEmpty()).isFalse();
		assertThat(heap.segments()).containsExactly(new HeavySegment(array.descriptor().name(),
				array.descriptor().segment(), DType.FLOAT64, List.of(100L), 800, HeavyState.PRIVATE, 0, 0, 1, null, 0));
		array.close();
		assertThat(this.heaps.shared()).isEmpty();
		assertThat(this.heaps.registered()).isEmpty();
		assertThat(heap.segments()).isEmpty();
	}

	@Test
	void arrayThatNobodyReachesIsFreed() {
		HeavyHeap heap = this.heaps.heap();
		heap.alloc("frame", DType.FLOAT64, 100).fill(1);
		Awaitility.await().untilAsserted(() -> {
			System.gc();
			assertThat(this.heaps.shared()).isEmpty();
		});
		Awaitility.await().untilAsserted(() -> {
			System.gc();
			assertThat(heap.status().used()).isZero();
		});
	}

	@Test
	void publishedArrayLivesUntilItIsReplacedAndNobodyReads() throws IOException {
		HeavyHeap heap = this.heaps.heap();
		HeavyArray array = heap.alloc("frame", DType.FLOAT64, 100).fill(2);
		HeavyDescriptor descriptor = publish(heap, array, 1);
		assertThat(array.isReadOnly()).isTrue();
		assertThatExceptionOfType(HeavyAccessException.class).isThrownBy(() -> array.fill(3))
			.withMessage(
					"fill of heavy array '%s' is refused, it is read-only since it was published, write to it in a process that declares it as output"
						.formatted(descriptor.name()));
		array.close();
		HeavyUse reader = heap.begin(1);
		HeavyUse idle = heap.begin(1);
		HeavyArray read = reader.map(descriptor, false);
		assertThat(read.isReadOnly()).isTrue();
		heap.replaced(2, List.of(descriptor), List.of());
		HeavyUse later = heap.begin(2);
		assertThat(heap.segments()).singleElement()
			.satisfies((segment) -> assertThat(segment.state()).isEqualTo(HeavyState.RETIRED));
		assertThat(read.sum()).isEqualTo(200);
		reader.end(true);
		assertThatExceptionOfType(HeavyAccessException.class).isThrownBy(read::sum)
			.withMessageContaining("the view has ended");
		assertThat(idle.map(descriptor, false).sum()).isEqualTo(200);
		idle.end(false);
		assertThat(this.heaps.shared()).isEmpty();
		assertThatExceptionOfType(HeavyGoneException.class).isThrownBy(() -> later.map(descriptor, false))
			.satisfies((ex) -> assertThat(ex.descriptor()).isEqualTo(descriptor));
		assertThatExceptionOfType(HeavyGoneException.class).isThrownBy(() -> heap.map(descriptor));
		assertThatExceptionOfType(HeavyGoneException.class).isThrownBy(() -> later.hold(descriptor));
		later.end(true);
	}

	private static HeavyDescriptor publish(HeavyHeap heap, HeavyArray array, long version) {
		HeavyUse use = heap.begin(version - 1);
		HeavyDescriptor descriptor = use.publish(array);
		heap.replaced(version, List.of(), List.of(descriptor));
		use.end(true);
		return descriptor;
	}

	@Test
	void openViewOutsideOfAttemptsKeepsMemory() throws IOException {
		HeavyHeap heap = this.heaps.heap();
		HeavyArray array = heap.alloc("frame", DType.FLOAT64, 100).fill(2);
		HeavyDescriptor descriptor = publish(heap, array, 1);
		array.close();
		HeavyArray view = heap.map(descriptor);
		HeavyArray row = view.reshape(10, 10).row(3);
		heap.replaced(2, List.of(descriptor), List.of());
		heap.begin(2).end(true);
		assertThat(row.sum()).isEqualTo(20);
		assertThat(row.isReadOnly()).isTrue();
		row.close();
		assertThat(view.sum()).isEqualTo(200);
		view.close();
		assertThat(this.heaps.shared()).isEmpty();
	}

	@Test
	void viewThatNobodyReachesKeepsNothing() {
		HeavyHeap heap = this.heaps.heap();
		HeavyArray array = heap.alloc("frame", DType.FLOAT64, 100).fill(2);
		HeavyDescriptor descriptor = publish(heap, array, 1);
		array.close();
		assertThat(heap.map(descriptor).reshape(10, 10).row(1).sum()).isEqualTo(20);
		heap.replaced(2, List.of(descriptor), List.of());
		Awaitility.await().untilAsserted(() -> {
			System.gc();
			assertThat(this.heaps.shared()).isEmpty();
		});
	}

	@Test
	void arrayOfAnAttemptThatFailsIsFreed() throws IOException {
		HeavyHeap heap = this.heaps.heap();
		HeavyUse use = heap.begin(0);
		HeavyArray array = use.alloc("frame", DType.FLOAT64, 100);
		use.publish(array);
		use.end(false);
		use.end(true);
		assertThat(this.heaps.shared()).isEmpty();
		assertThatExceptionOfType(HeavyAccessException.class).isThrownBy(array::sum);
		assertThatExceptionOfType(HeavyAccessException.class).isThrownBy(() -> use.alloc("frame", DType.FLOAT64, 100))
			.withMessage(
					"alloc of heavy array 'frame' is refused, the attempt has ended, use the context of one that runs");
	}

	@Test
	void arrayOfAnAttemptThatCommitsEndsIfItWasPublishedAndStaysTheCallersOtherwise() throws IOException {
		HeavyHeap heap = this.heaps.heap();
		HeavyUse use = heap.begin(0);
		HeavyArray published = use.alloc("frame", DType.FLOAT64, 100);
		HeavyArray kept = use.alloc("other", DType.FLOAT64, 100);
		HeavyDescriptor descriptor = use.publish(published);
		heap.replaced(1, List.of(), List.of(descriptor));
		use.end(true);
		assertThatExceptionOfType(HeavyAccessException.class).isThrownBy(published::sum);
		assertThat(kept.fill(1).sum()).isEqualTo(100);
		kept.close();
		assertThat(this.heaps.shared()).containsExactly(descriptor.segment());
	}

	@Test
	void allocationBelongsToTheAttemptOfTheThread() throws IOException {
		AtomicReference<HeavyUse> current = new AtomicReference<>();
		HeavyHeap heap = this.heaps.heap("a", HeavyAccessListener.NONE, (key) -> current.get());
		current.set(heap.begin(0));
		heap.alloc("frame", DType.FLOAT64, 100);
		current.get().end(false);
		assertThat(this.heaps.shared()).isEmpty();
	}

	@Test
	void declaredOutputIsWritable() {
		HeavyHeap heap = this.heaps.heap();
		HeavyDescriptor descriptor = publish(heap, heap.alloc("frame", DType.FLOAT64, 100), 1);
		HeavyUse use = heap.begin(1);
		use.map(descriptor, true).fill(4);
		assertThat(use.map(descriptor, false).sum()).isEqualTo(400);
		assertThatExceptionOfType(HeavyAccessException.class).isThrownBy(() -> use.map(descriptor, false).fill(1))
			.withMessage("fill of heavy array '%s' is refused, it is read-only, declare it as output to write to it"
				.formatted(descriptor.name()));
		use.end(true);
	}

	@Test
	void replacedArrayThatIsPublishedAgainStays() throws IOException {
		HeavyHeap heap = this.heaps.heap();
		HeavyArray array = heap.alloc("frame", DType.FLOAT64, 100);
		HeavyDescriptor descriptor = publish(heap, array, 1);
		array.close();
		HeavyUse use = heap.begin(1);
		use.hold(descriptor);
		heap.replaced(2, List.of(descriptor), List.of());
		heap.replaced(3, List.of(), List.of(descriptor, descriptor));
		use.end(true);
		heap.replaced(4, List.of(descriptor), List.of());
		assertThat(heap.segments()).singleElement()
			.satisfies((segment) -> assertThat(segment.references()).isEqualTo(1));
		heap.replaced(5, List.of(descriptor), List.of());
		heap.begin(5).end(true);
		assertThat(this.heaps.shared()).isEmpty();
	}

	@Test
	void partOrOtherShapeCannotBeStored() {
		HeavyHeap heap = this.heaps.heap();
		HeavyArray array = heap.alloc("frame", DType.FLOAT64, 4, 5);
		HeavyUse use = heap.begin(0);
		assertThatExceptionOfType(HeavyShapeException.class).isThrownBy(() -> use.publish(array.slice(0, 2)))
			.withMessage(
					"part of heavy array '%s' cannot be stored: shape=[2, 5], expected=[4, 5], store the array or copy the part to a new one"
						.formatted(array.descriptor().name()));
		assertThatExceptionOfType(HeavyShapeException.class).isThrownBy(() -> use.publish(array.reshape(20)));
		assertThat(use.publish(array.slice(0, 4))).isEqualTo(array.descriptor());
		array.close();
		assertThatExceptionOfType(HeavyAccessException.class).isThrownBy(() -> use.publish(array));
		use.end(false);
	}

	@Test
	void memoryThatIsNotOursOrPublishedIsNotFreed() throws IOException {
		HeavyHeap heap = this.heaps.heap();
		HeavyHeap other = this.heaps.heap("b", 1 << 20);
		HeavyArray array = heap.alloc("frame", DType.FLOAT64, 100);
		HeavyArray borrowed = other.map(array.descriptor());
		assertThatExceptionOfType(HeavyAccessException.class).isThrownBy(() -> other.free(borrowed))
			.withMessage(
					"free of heavy array '%s' is refused, it belongs to session=%s, who borrows memory does not free it"
						.formatted(array.descriptor().name(), heap.session()));
		HeavyUse use = heap.begin(0);
		HeavyDescriptor descriptor = use.publish(array);
		assertThatExceptionOfType(HeavyAccessException.class).isThrownBy(() -> heap.free(array))
			.withMessage("free of heavy array '%s' is refused, it is in use: attempts=1, views=0, end them first"
				.formatted(descriptor.name()));
		heap.replaced(1, List.of(), List.of(descriptor));
		use.end(true);
		assertThatExceptionOfType(HeavyAccessException.class).isThrownBy(() -> heap.free(array))
			.withMessage("free of heavy array '%s' is refused, it is published, remove it from the state"
				.formatted(descriptor.name()));
		HeavyArray unpublished = heap.alloc("frame", DType.FLOAT64, 100);
		heap.free(unpublished);
		assertThatExceptionOfType(HeavyAccessException.class).isThrownBy(unpublished::sum);
		assertThat(this.heaps.shared()).containsExactly(descriptor.segment());
	}

	@Test
	void memoryOfAnotherEngineIsBorrowedForReading() {
		HeavyHeap owner = this.heaps.heap();
		HeavyHeap other = this.heaps.heap("b", 1 << 20);
		HeavyArray array = owner.alloc("frame", DType.FLOAT64, 100).fill(3);
		HeavyUse use = other.begin(0);
		HeavyArray borrowed = use.map(array.descriptor(), true);
		assertThat(borrowed.sum()).isEqualTo(300);
		assertThat(other.status().segments()).containsEntry(HeavyState.BORROWED, 1);
		assertThatExceptionOfType(HeavyAccessException.class).isThrownBy(() -> borrowed.fill(1))
			.withMessage(
					"fill of heavy array '%s' is refused, it is read-only, it belongs to session=%s and is only borrowed here"
						.formatted(array.descriptor().name(), owner.session()));
		assertThatExceptionOfType(HeavyAccessException.class).isThrownBy(() -> use.publish(borrowed))
			.withMessage(
					"publish of heavy array '%s' is refused, it belongs to session=%s, copy it to an array of this engine"
						.formatted(array.descriptor().name(), owner.session()));
		owner.close();
		assertThat(borrowed.sum()).isEqualTo(300);
		use.end(true);
		assertThatExceptionOfType(HeavyAccessException.class).isThrownBy(borrowed::sum);
		assertThatExceptionOfType(HeavyGoneException.class).isThrownBy(array::sum);
	}

	@Test
	void memoryOfAnOwnerThatHasEndedIsGone() {
		HeavyHeap owner = this.heaps.heap();
		HeavyDescriptor descriptor = publish(owner, owner.alloc("frame", DType.FLOAT64, 100), 1);
		owner.close();
		HeavyHeap restarted = this.heaps.heap("b", 1 << 20);
		assertThatExceptionOfType(HeavyGoneException.class).isThrownBy(() -> restarted.map(descriptor))
			.withMessage(
					"heavy array '%s' is gone, its owner has freed it or has ended: segment=%s, use=0, read the descriptor that the state has now"
						.formatted(descriptor.name(), descriptor.segment()));
	}

	@Test
	void segmentThatSomebodyElseRemovedCostsNothingButItsName() throws IOException {
		Assumptions.assumeTrue(Files.isDirectory(Heaps.SHARED), "names of shared memory are no files here");
		HeavyHeap heap = this.heaps.heap();
		HeavyArray array = heap.alloc("frame", DType.FLOAT64, 100).fill(1);
		HeavyDescriptor descriptor = publish(heap, array, 1);
		Files.delete(Heaps.SHARED.resolve(descriptor.segment()));
		assertThat(array.sum()).isEqualTo(100);
		assertThat(heap.map(descriptor).sum()).isEqualTo(100);
		assertThatExceptionOfType(HeavyGoneException.class)
			.isThrownBy(() -> this.heaps.heap("b", 1 << 20).map(descriptor));
		heap.replaced(2, List.of(descriptor), List.of());
		array.close();
		heap.close();
		assertThat(this.heaps.registered()).isEmpty();
	}

	@Test
	void alteredDescriptorIsRefused() {
		HeavyHeap heap = this.heaps.heap();
		HeavyHeap other = this.heaps.heap("b", 1 << 20);
		HeavyDescriptor good = heap.alloc("frame", DType.FLOAT64, 100).descriptor();
		HeavyDescriptor longer = altered(good, good.segment(), List.of(200L), 1600);
		assertThatExceptionOfType(HeavyAccessException.class).isThrownBy(() -> heap.map(longer))
			.withMessageContaining("the descriptor was altered: given=");
		assertThatExceptionOfType(HeavyMemoryException.class).isThrownBy(() -> other.map(longer))
			.withMessageContaining("memory is smaller than expected: bytes=800, expected=1600");
		assertThatExceptionOfType(HeavyShapeException.class)
			.isThrownBy(() -> other.map(altered(good, good.segment(), List.of(100L), 80)))
			.withMessage("descriptor of heavy array '%s' contradicts itself: bytes=80, shape=[100] of float64 needs 800"
				.formatted(good.name()));
		assertThatExceptionOfType(HeavyAccessException.class)
			.isThrownBy(() -> other.map(altered(good, "../../etc/passwd", List.of(100L), 800)))
			.withMessageContaining("its segment is not a name of heavy memory: segment=../../etc/passwd");
		HeavyDescriptor big = new HeavyDescriptor("frame", good.segment(), DType.FLOAT64, List.of(100L), "big", 800,
				good.session(), good.pid(), 0);
		assertThatExceptionOfType(HeavyTypeException.class).isThrownBy(() -> other.map(big))
			.withMessageContaining(
					"its bytes are in another order: order=big, expected=little, map it where it was made");
	}

	private static HeavyDescriptor altered(HeavyDescriptor good, String segment, List<Long> shape, long bytes) {
		return new HeavyDescriptor(good.key(), segment, good.dtype(), shape, good.order(), bytes, good.session(),
				good.pid(), good.use());
	}

	@Test
	void capacityIsKeptAndFreedMemoryIsAvailableAgain() {
		HeavyHeap heap = this.heaps.heap("a", 1 << 20);
		HeavyArray first = heap.alloc("a", DType.INT8, 600_000);
		assertThatExceptionOfType(HeavyCapacityException.class)
			.isThrownBy(() -> heap.alloc("frame", DType.INT8, 600_000))
			.withMessageMatching(
					"no room for heavy array 'frame': bytes=600000, used=600000, capacity=1048576, availableInSystem=\\d+, close or replace arrays, or raise 'theus.heavy.capacity'")
			.satisfies((ex) -> assertThat(List.of(ex.bytes(), ex.used(), ex.capacity())).containsExactly(600_000L,
					600_000L, 1L << 20));
		assertThat(heap.alloc("b", DType.INT8, 400_000).fill(1).sum()).isEqualTo(400_000);
		for (int i = 0; i < 5; i++) {
			first.close();
			first = heap.alloc("a", DType.INT8, 600_000).fill(1);
		}
		assertThat(first.sum()).isEqualTo(600_000);
	}

	@Test
	void memoryThatIsStillMappedCounts() {
		HeavyHeap heap = this.heaps.heap("a", 1 << 20);
		HeavyArray first = heap.alloc("a", DType.INT8, 600_000);
		ByteBuffer buffer = first.byteBuffer(0, 10);
		first.close();
		assertThat(heap.segments()).isEmpty();
		assertThat(heap.status().used()).isEqualTo(600_000);
		assertThatExceptionOfType(HeavyCapacityException.class).isThrownBy(() -> heap.alloc("b", DType.INT8, 600_000))
			.satisfies((ex) -> assertThat(ex.used()).isEqualTo(600_000));
		assertThat(buffer.get(9)).isZero();
		buffer = ByteBuffer.allocate(1);
		assertThat(heap.alloc("b", DType.INT8, 600_000).sum()).isZero();
		assertThat(buffer.get(0)).isZero();
	}

	@Test
	void moreThanTheSystemHasIsRefused() throws IOException {
		Assumptions.assumeTrue(Files.isDirectory(Heaps.SHARED), "the system does not say how much memory it shares");
		long total = Files.getFileStore(Heaps.SHARED).getTotalSpace();
		HeavyHeap heap = this.heaps.heap("a", Long.MAX_VALUE);
		assertThatExceptionOfType(HeavyCapacityException.class)
			.isThrownBy(() -> heap.alloc("frame", DType.INT8, total + 4096))
			.withMessageMatching(
					"no room for heavy array 'frame': bytes=%d, used=0, capacity=%d, availableInSystem=\\d+, free arrays or give the system more shared memory \\(/dev/shm\\)"
						.formatted(total + 4096, Long.MAX_VALUE))
			.satisfies((ex) -> assertThat(ex.available()).isBetween(1L, total));
		assertThat(this.heaps.registered()).isEmpty();
		assertThat(heap.status().used()).isZero();
		assertThat(heap.alloc("frame", DType.INT8, 10).sum()).isZero();
	}

	@Test
	void forkReadsItsParentAndOwnsWhatItAllocates() throws IOException {
		HeavyHeap parent = this.heaps.heap();
		HeavyDescriptor descriptor = publish(parent, parent.alloc("frame", DType.FLOAT64, 100).fill(2), 1);
		HeavyHeap fork = this.heaps.keep(parent.fork(this.heaps.session("fork"), (key) -> null));
		assertThat(fork.isEmpty()).isTrue();
		HeavyUse use = fork.begin(7);
		HeavyArray view = use.map(descriptor, true);
		assertThat(view.sum()).isEqualTo(200);
		assertThatExceptionOfType(HeavyAccessException.class).isThrownBy(() -> view.fill(1))
			.withMessageContaining("is only borrowed here");
		use.hold(descriptor);
		parent.replaced(2, List.of(descriptor), List.of());
		System.gc();
		parent.begin(2).end(true);
		assertThat(view.sum()).isEqualTo(200);
		fork.replaced(8, List.of(descriptor), List.of());
		HeavyArray own = fork.alloc("frame", DType.FLOAT64, 100);
		assertThat(own.descriptor().session()).isEqualTo(this.heaps.session("fork"));
		assertThat(fork.status().used()).isEqualTo(1600);
		use.end(true);
		fork.close();
		assertThat(this.heaps.shared()).noneMatch((name) -> name.contains("fork"));
		assertThatExceptionOfType(HeavyAccessException.class).isThrownBy(() -> fork.alloc("x", DType.INT8, 1))
			.withMessage("alloc of heavy array 'x' is refused, the heap is closed, start the engine again");
	}

	@Test
	void sliceIsAttachedWithoutAnEngine() {
		HeavyHeap heap = this.heaps.heap();
		HeavyArray array = heap.alloc("frame", DType.INT32, 4, 5);
		for (int i = 0; i < 20; i++) {
			array.setLong(i, i);
		}
		HeavySlice slice = HeavySlice.of(array.slice(1, 3).row(1).reshape(5, 1));
		assertThat(slice).isEqualTo(new HeavySlice(array.descriptor(), 10, List.of(5L, 1L)));
		HeavyBorrower borrower = new HeavyBorrower();
		HeavyArray part = borrower.attach(slice);
		assertThat(part.toDoubles()).containsExactly(10, 11, 12, 13, 14);
		assertThat(part.isReadOnly()).isTrue();
		assertThatExceptionOfType(HeavyShapeException.class)
			.isThrownBy(() -> borrower.attach(new HeavySlice(array.descriptor(), 16, List.of(5L))))
			.withMessage("part of heavy array '%s' is outside of it: first=16, shape=[5], elements=20"
				.formatted(array.descriptor().name()));
		HeavyArray whole = borrower.attach(HeavySlice.of(array));
		whole.close();
		assertThat(part.getLong(0)).isEqualTo(10);
		borrower.close();
		assertThatExceptionOfType(HeavyAccessException.class).isThrownBy(part::sum);
		assertThatExceptionOfType(HeavyAccessException.class).isThrownBy(() -> borrower.attach(slice));
	}

	@Test
	void closedHeapHasNothing() throws IOException {
		HeavyHeap heap = this.heaps.heap();
		HeavyArray array = heap.alloc("frame", DType.FLOAT64, 100);
		HeavyDescriptor descriptor = publish(heap, heap.alloc("frame", DType.FLOAT64, 100), 1);
		heap.close();
		heap.close();
		assertThat(this.heaps.shared()).isEmpty();
		assertThat(this.heaps.registered()).isEmpty();
		assertThatExceptionOfType(HeavyGoneException.class).isThrownBy(array::sum);
		assertThatExceptionOfType(HeavyGoneException.class).isThrownBy(() -> heap.begin(1).map(descriptor, false));
	}

	@Test
	void settingsAreChecked() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new HeavySettings(" ", 1, Path.of("x"), Duration.ofSeconds(1)))
			.withMessage("session of heavy memory is blank, give the engine a name");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new HeavySettings("s", 0, Path.of("x"), Duration.ofSeconds(1)))
			.withMessage("capacity of heavy memory is not positive: capacity=0, use at least 1 byte");
		assertThatIllegalArgumentException().isThrownBy(() -> new HeavySettings("s", 1, Path.of("x"), Duration.ZERO))
			.withMessage("scan interval of heavy memory is not positive: scanInterval=PT0S");
		assertThat(HeavySettings.of("s").capacityBytes()).isEqualTo(512L << 20);
	}

}
