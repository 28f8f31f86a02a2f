package io.theus.heavy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.theus.DType;
import io.theus.HeavyArray;
import io.theus.HeavyDescriptor;
import io.theus.internal.memory.NamedMemory;

/**
 * The heavy memory of an engine: what it owns, and what it borrows from others on this
 * machine.
 * <p>
 * Memory that it allocates is private first; a commit publishes it, another commit
 * replaces it, and when no attempt and no view can show it any more it is freed. Safe for
 * use by several threads. Closing it removes everything it owns; views that are open then
 * fail.
 *
 * @since 0.1.0
 */
// State: the blocks (their own class, one lock), the capacity (shared with forks), and a
// flag that says whether there has been any memory. The flag is set before the first
// block is there and is never taken back, so who reads false has an attempt or a commit
// that no block of this heap is part of.
public final class HeavyHeap implements HeavyZone, AutoCloseable {

	private final HeavySettings settings;

	private final long pid = ProcessHandle.current().pid();

	private final @Nullable HeavyHeap parent;

	private final HeavyAccessListener listener;

	private final Function<String, @Nullable HeavyUse> current;

	private final Supplier<NamedMemory> memory;

	private final Capacity capacity;

	private final Registry registry;

	private final Allocator allocator;

	private final Blocks blocks = new Blocks();

	private final Borrowed borrowed;

	private final Reclaiming reclaiming;

	private final AtomicLong reclaimed = new AtomicLong();

	private volatile boolean used;

	private volatile boolean closed;

	HeavyHeap(HeavySettings settings, HeavyAccessListener listener, Function<String, @Nullable HeavyUse> current,
			Supplier<NamedMemory> memory, @Nullable HeavyHeap parent) {
		this.settings = settings;
		this.listener = listener;
		this.current = current;
		this.memory = memory;
		this.parent = parent;
		this.capacity = (parent != null) ? parent.capacity : new Capacity(settings.capacityBytes());
		this.registry = new Registry(settings.session(), new RegistryFile(settings.registryDirectory()), memory);
		this.allocator = new Allocator(settings.session(), memory, this.registry, this.capacity);
		this.borrowed = new Borrowed(memory);
		this.reclaiming = new Reclaiming(settings, this::reclaim);
	}

	/**
	 * Create a heap to which nobody listens.
	 * @param settings how much memory, under which name
	 * @return the heap
	 */
	public static HeavyHeap open(HeavySettings settings) {
		return open(settings, HeavyAccessListener.NONE, (key) -> null);
	}

	/**
	 * Create a heap, and remove what dead owners have left on this machine.
	 * @param settings how much memory, under which name
	 * @param listener is told what is done with arrays, unless an attempt has its own
	 * @param current gives the attempt that runs on the calling thread and may allocate
	 * what is called so, {@code null} if none runs; what is allocated in it belongs to it
	 * @return the heap
	 */
	public static HeavyHeap open(HeavySettings settings, HeavyAccessListener listener,
			Function<String, @Nullable HeavyUse> current) {
		HeavyHeap heap = new HeavyHeap(settings, listener, current, NamedMemory::ofSystem, null);
		heap.reclaiming.once();
		return heap;
	}

	/**
	 * Create a heap for a fork of the engine. It shows what this one owns, read-only, and
	 * owns what is allocated in it; both share the capacity.
	 * @param session names the fork
	 * @param current gives the attempt of the fork that runs on the calling thread
	 * @return the heap
	 */
	public HeavyHeap fork(String session, Function<String, @Nullable HeavyUse> current) {
		return new HeavyHeap(this.settings.withSession(session), this.listener, current, this.memory, this);
	}

	/**
	 * Return whether nothing was ever allocated. Attempts and commits need not tell the
	 * heap anything then.
	 * @return whether this heap never had memory
	 */
	public boolean isEmpty() {
		return !this.used;
	}

	/**
	 * Return the name of the engine.
	 * @return the session that descriptors have
	 */
	public String session() {
		return this.settings.session();
	}

	@Override
	public HeavyArray alloc(String key, DType dtype, long... shape) {
		HeavyUse use = this.current.apply(key);
		return (use != null) ? use.alloc(key, dtype, shape) : new MappedArray(allocate(key, dtype, shape));
	}

	Grip allocate(String key, DType dtype, long... lengths) {
		Shape shape = Shape.of(lengths);
		long bytes = shape.bytes(dtype);
		start(key);
		Segment segment = this.allocator.create(key, bytes, null, this.blocks);
		HeavyDescriptor descriptor = describe(key, segment.name, dtype, shape, bytes);
		ByteBuffer[] windows = segment.windows;
		Block block = this.blocks.add(segment, descriptor);
		if (block == null) {
			this.blocks.discard(segment);
			this.allocator.removeFreed(this.blocks);
			throw closed(key);
		}
		return given(block, windows);
	}

	private HeavyDescriptor describe(String key, String segment, DType dtype, Shape shape, long bytes) {
		return new HeavyDescriptor(key, segment, dtype, shape.toList(), Buffers.ORDER, bytes, session(), this.pid, 0);
	}

	private void start(String key) {
		if (this.closed) {
			throw closed(key);
		}
		if (!this.used) {
			this.used = true;
			this.reclaiming.start();
		}
	}

	private static HeavyAccessException closed(String key) {
		return new HeavyAccessException(key, "alloc", "the heap is closed, start the engine again");
	}

	private Grip given(Block block, ByteBuffer @Nullable [] windows) {
		Blocks in = this.blocks;
		Allocator system = this.allocator;
		return new Grip(block.descriptor, windows, block, Grip.Access.ALLOCATED, this.listener).onEnd(() -> {
			in.disown(block);
			system.removeFreed(in);
		});
	}

	@Override
	public HeavyRing ring(String path, int buffers, DType dtype, long... shape) {
		if (buffers < 1) {
			throw new IllegalArgumentException(
					"ring '%s' has no buffer: buffers=%d, use at least 1, mostly 3".formatted(path, buffers));
		}
		Shape checked = Shape.of(shape);
		long bytes = checked.bytes(dtype);
		start(path);
		String key = path.startsWith("heavy.") ? path.substring("heavy.".length()) : path;
		HeavyRing ring = new HeavyRing(this, path, describe(key, "", dtype, checked, bytes));
		List<Segment> segments = new ArrayList<>();
		boolean done = false;
		try {
			for (int i = 0; i < buffers; i++) {
				Segment segment = this.allocator.create(key, Buffers.bytesWithUse(bytes), ring, this.blocks);
				segments.add(segment);
				if (!this.blocks.addFree(segment)) {
					this.blocks.discard(segment);
					throw closed(path);
				}
			}
			ring.fillWith(segments);
			done = true;
			return ring;
		}
		finally {
			if (!done) {
				this.blocks.dropFree(segments);
				this.allocator.removeFreed(this.blocks);
			}
		}
	}

	@Nullable Grip next(HeavyRing ring) {
		Block block = this.blocks.take(ring.segments(), ring.template());
		if (block == null) {
			return null;
		}
		ByteBuffer[] windows = block.segment.windows;
		if (windows != null) {
			Buffers.setUse(windows, block.descriptor.bytes(), block.descriptor.use());
		}
		return given(block, windows);
	}

	void close(HeavyRing ring) {
		this.blocks.dropFree(ring.segments());
		this.allocator.removeFreed(this.blocks);
	}

	@Nullable HeavyUse current(String key) {
		return this.current.apply(key);
	}

	@Override
	public HeavyArray map(HeavyDescriptor descriptor) {
		HeavyHeap owner = owner(descriptor);
		if (owner == null) {
			return new MappedArray(borrow(descriptor, this.listener));
		}
		Blocks in = owner.blocks;
		Allocator system = owner.allocator;
		Block block = in.pin(descriptor);
		Grip.Access access = (owner == this) ? Grip.Access.READ : Grip.Access.BORROWED;
		return new MappedArray(new Grip(descriptor, block.segment.windows, block, access, this.listener).onEnd(() -> {
			in.unpin(block);
			system.removeFreed(in);
		}));
	}

	Grip borrow(HeavyDescriptor descriptor, HeavyAccessListener told) {
		return new Grip(descriptor, this.borrowed.map(descriptor), null, Grip.Access.BORROWED, told);
	}

	// This, or that of which it is a fork; null if the memory is of another engine
	@Nullable HeavyHeap owner(HeavyDescriptor descriptor) {
		HeavyHeap heap = this;
		while (heap != null && !(descriptor.session().equals(heap.session()) && descriptor.pid() == heap.pid)) {
			heap = heap.parent;
		}
		return heap;
	}

	@Override
	public void free(HeavyArray array) {
		MappedArray view = MappedArray.of(array);
		HeavyDescriptor descriptor = view.descriptor();
		Block block = view.grip().block;
		if (block == null || owner(descriptor) != this) {
			throw new HeavyAccessException(descriptor.name(), "free",
					"it belongs to session=%s, who borrows memory does not free it".formatted(descriptor.session()));
		}
		String reason = this.blocks.free(block);
		if (reason != null) {
			throw new HeavyAccessException(descriptor.name(), "free", reason);
		}
		view.grip().end();
		this.allocator.removeFreed(this.blocks);
	}

	/**
	 * Register an attempt, before it takes its snapshot.
	 * @param version the version of the head, or an older one
	 * @return through which the attempt uses the heap, and which it must end
	 */
	public HeavyUse begin(long version) {
		return begin(version, this.listener);
	}

	/**
	 * Register an attempt, before it takes its snapshot.
	 * @param version the version of the head, or an older one
	 * @param told is told what the attempt does with arrays
	 * @return through which the attempt uses the heap, and which it must end
	 */
	public HeavyUse begin(long version, HeavyAccessListener told) {
		return new HeavyUse(this, version, told);
	}

	/**
	 * Note what a commit has changed in the heavy zone of the head. To be called in the
	 * order of commits, before the next one is made; makes no system call.
	 * @param version the version that the commit has made
	 * @param removed what the head referred to and, at these paths, does no more
	 * @param added what it refers to now; each was held by the attempt that commits
	 */
	public void replaced(long version, List<HeavyDescriptor> removed, List<HeavyDescriptor> added) {
		if (this.used) {
			this.blocks.replaced(version, removed, added);
		}
	}

	Blocks blocks() {
		return this.blocks;
	}

	void removeFreed() {
		this.allocator.removeFreed(this.blocks);
	}

	/**
	 * Look for memory of dead owners now, as happens at intervals anyway.
	 * @return how many segments were removed
	 * @throws HeavyRegistryException if the registry cannot be used
	 */
	public int reclaim() {
		removeFreed();
		int removed = this.registry.reclaim();
		this.reclaimed.addAndGet(removed);
		return removed;
	}

	@Override
	public List<HeavySegment> segments() {
		return this.blocks.describe();
	}

	@Override
	public HeavyStatus status() {
		Map<HeavyState, Integer> states = new EnumMap<>(HeavyState.class);
		segments().forEach((segment) -> states.merge(segment.state(), 1, Integer::sum));
		long foreign = this.borrowed.count();
		if (foreign > 0) {
			states.put(HeavyState.BORROWED, (int) foreign);
		}
		return new HeavyStatus(this.capacity.limit(), this.capacity.used(), states, this.allocator.allocated(),
				this.allocator.freed(), this.reclaimed.get());
	}

	/**
	 * Remove all memory that this heap owns, whoever uses it. Closing it again does
	 * nothing.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.reclaiming.stop();
		this.blocks.close();
		removeFreed();
		this.registry.close();
	}

}
