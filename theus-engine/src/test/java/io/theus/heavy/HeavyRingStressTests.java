package io.theus.heavy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.theus.DType;
import io.theus.HeavyArray;
import io.theus.HeavyDescriptor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A writer fills one buffer after the other with one number each, while readers look
 * whether a frame has one number in it.
 */
@Timeout(120)
class HeavyRingStressTests {

	private static final int FRAMES = 4_000;

	private static final int ELEMENTS = 20_000;

	@RegisterExtension
	final Heaps heaps = new Heaps();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Object commits = new Object();

	private volatile @Nullable Head head;

	@AfterEach
	void stopThreads() {
		this.threads.shutdownNow();
	}

	@Test
	void readersNeverSeeHalfAFrame() throws Exception {
		HeavyHeap heap = this.heaps.heap();
		HeavyRing ring = heap.ring("heavy.frame", 3, DType.INT32, ELEMENTS);
		AtomicBoolean done = new AtomicBoolean();
		AtomicLong read = new AtomicLong();
		List<Future<?>> readers = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			boolean inAttempts = i < 2;
			readers.add(this.threads.submit(() -> {
				while (!done.get()) {
					if (inAttempts ? readInAttempt(heap) : readOutside(heap)) {
						read.incrementAndGet();
					}
				}
			}));
		}
		for (int frame = 1; frame <= FRAMES; frame++) {
			commit(heap, next(ring).fill(frame));
		}
		done.set(true);
		for (Future<?> reader : readers) {
			reader.get(60, TimeUnit.SECONDS);
		}
		assertThat(read.get()).isPositive();
	}

	private static HeavyArray next(HeavyRing ring) {
		Optional<HeavyArray> next = ring.tryNext();
		while (next.isEmpty()) {
			LockSupport.parkNanos(1_000);
			next = ring.tryNext();
		}
		return next.get();
	}

	private void commit(HeavyHeap heap, HeavyArray frame) {
		Head now = this.head;
		HeavyUse use = heap.begin((now != null) ? now.version : 0);
		HeavyDescriptor descriptor = use.publish(frame);
		synchronized (this.commits) {
			Head before = this.head;
			long version = (before != null) ? before.version + 1 : 1;
			this.head = new Head(version, descriptor);
			heap.replaced(version, (before != null) ? List.of(before.frame) : List.of(), List.of(descriptor));
		}
		use.end(true);
	}

	private boolean readInAttempt(HeavyHeap heap) {
		Head before = this.head;
		if (before == null) {
			return false;
		}
		HeavyUse use = heap.begin(before.version);
		Head snapshot = this.head;
		boolean ok = snapshot != null && isOneNumber(use.map(snapshot.frame, false));
		use.end(true);
		return ok;
	}

	private boolean readOutside(HeavyHeap heap) {
		Head now = this.head;
		if (now == null) {
			return false;
		}
		try (HeavyArray view = heap.map(now.frame)) {
			return isOneNumber(view);
		}
		catch (HeavyGoneException ex) {
			return false;
		}
	}

	private static boolean isOneNumber(HeavyArray frame) {
		double first = frame.getDouble(0);
		assertThat(frame.min()).isEqualTo(first);
		assertThat(frame.max()).isEqualTo(first);
		return true;
	}

	private record Head(long version, HeavyDescriptor frame) {

	}

}
