package io.theus.heavy;

import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.theus.DType;
import io.theus.HeavyArray;
import io.theus.HeavyDescriptor;

/**
 * What one attempt does with a heap. What it shows is not freed before it ends, and ends
 * with it.
 * <p>
 * Safe for use by several threads of the attempt.
 *
 * @since 0.1.0
 */
// An attempt of a heap that has no memory yet is registered when it uses some. No
// snapshot that was taken before can refer to memory of that heap, and what is published
// after has to be held to be used.
public final class HeavyUse {

	private final HeavyHeap heap;

	private final long version;

	private final HeavyAccessListener listener;

	private final Queue<Grip> grips = new ConcurrentLinkedQueue<>();

	// Guarded by itself: of this heap, and of those that it is a fork of
	private final Map<Blocks, Blocks.Attempt> attempts = new HashMap<>(2);

	private volatile boolean ended;

	HeavyUse(HeavyHeap heap, long version, HeavyAccessListener listener) {
		this.heap = heap;
		this.version = version;
		this.listener = listener;
		if (!heap.isEmpty()) {
			attempt(heap);
		}
	}

	private Blocks.Attempt attempt(HeavyHeap owner) {
		synchronized (this.attempts) {
			// What a fork sees of its parent is in no head of the fork
			return this.attempts.computeIfAbsent(owner.blocks(),
					(blocks) -> blocks.begin((owner == this.heap) ? this.version : Long.MAX_VALUE));
		}
	}

	/**
	 * Show an array until the attempt ends.
	 * @param descriptor what stands for it
	 * @param writable whether the attempt may write to it; what belongs to another engine
	 * is read-only all the same
	 * @return the view
	 * @throws HeavyGoneException if its memory is there no more
	 * @throws HeavyAccessException if the attempt has ended
	 */
	public HeavyArray map(HeavyDescriptor descriptor, boolean writable) {
		check(descriptor, "map");
		HeavyHeap owner = this.heap.owner(descriptor);
		if (owner == null) {
			return show(this.heap.borrow(descriptor, this.listener));
		}
		Block block = owner.blocks().hold(attempt(owner), descriptor);
		Grip.Access access = Grip.Access.BORROWED;
		if (owner == this.heap) {
			access = writable ? Grip.Access.WRITE : Grip.Access.READ;
		}
		return show(new Grip(descriptor, block.segment.windows, block, access, this.listener));
	}

	/**
	 * Allocate an array, all zeros. It is freed if the attempt fails. If the attempt
	 * commits, it ends when it was published, and belongs to the caller otherwise.
	 * @param key what to call it
	 * @param dtype the type of the elements
	 * @param shape the length of each dimension, the slowest first
	 * @return the array, writable until it is published
	 * @throws HeavyCapacityException if there is no room
	 * @throws HeavyShapeException if there can be no such array
	 * @throws HeavyAccessException if the attempt has ended
	 */
	public HeavyArray alloc(String key, DType dtype, long... shape) {
		if (this.ended) {
			throw ended(key, "alloc");
		}
		return show(this.heap.allocate(key, dtype, shape));
	}

	HeavyArray show(Grip grip) {
		this.grips.add(grip);
		if (this.ended) {
			grip.end();
			throw ended(grip.descriptor.name(), "use");
		}
		return new MappedArray(grip);
	}

	/**
	 * Return what to put into the state for an array, and keep the array until the
	 * attempt ends.
	 * @param array an array of this engine, whole and open
	 * @return what stands for it
	 * @throws HeavyGoneException if its memory is there no more
	 * @throws HeavyShapeException if it is a part of an array, or has another shape
	 * @throws HeavyAccessException if it has ended or belongs to another engine
	 */
	public HeavyDescriptor publish(HeavyArray array) {
		MappedArray view = MappedArray.of(array);
		HeavyDescriptor descriptor = view.descriptor();
		if (!view.isWhole()) {
			throw new HeavyShapeException(
					"part of heavy array '%s' cannot be stored: shape=%s, expected=%s, store the array or copy the part to a new one"
						.formatted(descriptor.name(), view.shape(), descriptor.shape()),
					view.shape());
		}
		hold(descriptor);
		return descriptor;
	}

	/**
	 * Check a descriptor that is put into the state as such, and keep its memory until
	 * the attempt ends.
	 * @param descriptor what stands for an array of this engine
	 * @throws HeavyGoneException if its memory is there no more
	 * @throws HeavyAccessException if it belongs to another engine
	 */
	public void hold(HeavyDescriptor descriptor) {
		check(descriptor, "publish");
		HeavyHeap owner = this.heap.owner(descriptor);
		if (owner == null) {
			throw new HeavyAccessException(descriptor.name(), "publish",
					"it belongs to session=%s, copy it to an array of this engine".formatted(descriptor.session()));
		}
		owner.blocks().hold(attempt(owner), descriptor);
	}

	private void check(HeavyDescriptor descriptor, String action) {
		if (this.ended) {
			throw ended(descriptor.name(), action);
		}
	}

	private static HeavyAccessException ended(String name, String action) {
		return new HeavyAccessException(name, action, "the attempt has ended, use the context of one that runs");
	}

	/**
	 * End the attempt, after its commit was told to the heap. Ending it again does
	 * nothing.
	 * @param committed whether it has committed
	 */
	public void end(boolean committed) {
		if (this.ended) {
			return;
		}
		this.ended = true;
		for (Grip grip = this.grips.poll(); grip != null; grip = this.grips.poll()) {
			if (!committed || !grip.isPrivate()) {
				grip.end();
			}
		}
		synchronized (this.attempts) {
			this.attempts.forEach(Blocks::end);
			this.attempts.clear();
		}
		this.heap.removeFreed();
	}

}
