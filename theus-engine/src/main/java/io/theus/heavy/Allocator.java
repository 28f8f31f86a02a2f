package io.theus.heavy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.internal.memory.NamedMemory;
import io.theus.internal.memory.NoSpaceException;
import io.theus.internal.memory.Region;

/**
 * Gets memory from the system and gives it back: reserves, records, creates; removes and
 * takes out of the record. Safe for use by several threads.
 */
final class Allocator {

	private static final Logger logger = LoggerFactory.getLogger(Allocator.class);

	// As many as java.nio grants to direct buffers, in two collections: the first finds
	// arrays that nobody reaches, the second their memory
	private static final int ROUNDS = 9;

	private final String session;

	private final long pid = ProcessHandle.current().pid();

	private final Supplier<NamedMemory> memory;

	private final Registry registry;

	private final Capacity capacity;

	private final AtomicLong allocated = new AtomicLong();

	private final AtomicLong freed = new AtomicLong();

	Allocator(String session, Supplier<NamedMemory> memory, Registry registry, Capacity capacity) {
		this.session = session;
		this.memory = memory;
		this.registry = registry;
		this.capacity = capacity;
	}

	Segment create(String key, long bytes, @Nullable HeavyRing ring, Blocks blocks) {
		reserve(key, bytes, blocks);
		boolean done = false;
		Capacity.Share share = new Capacity.Share(this.capacity, bytes);
		try {
			Region region = create(key, bytes);
			region.whenUnmapped(share::lose);
			ByteBuffer[] windows = Buffers.windows(region);
			this.allocated.incrementAndGet();
			done = true;
			return new Segment(region.name(), bytes, windows, share, ring);
		}
		finally {
			if (!done) {
				share.lose();
				share.lose();
			}
		}
	}

	private void reserve(String key, long bytes, Blocks blocks) {
		removeFreed(blocks);
		for (int i = 0; bytes <= this.capacity.limit(); i++) {
			if (this.capacity.tryReserve(bytes)) {
				return;
			}
			if (i == ROUNDS) {
				break;
			}
			if (i % (ROUNDS / 2) == 0) {
				System.gc();
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1L << i));
			removeFreed(blocks);
		}
		throw new HeavyCapacityException(key, bytes, this.capacity.used(), this.capacity.limit(),
				this.memory.get().available(), null);
	}

	// A name that is taken is that of somebody with the same session and number, in
	// another namespace
	private Region create(String key, long bytes) {
		while (true) {
			String name = SegmentNames.next(this.session, this.pid, key, this.memory.get().maxNameLength());
			this.registry.add(name, bytes);
			boolean done = false;
			try {
				Region region = this.memory.get().create(name, bytes);
				done = true;
				return region;
			}
			catch (FileAlreadyExistsException ex) {
				logger.debug("Name of heavy memory is taken, another one is tried: segment={}", name);
			}
			catch (NoSpaceException ex) {
				throw new HeavyCapacityException(key, bytes, this.capacity.used() - bytes, this.capacity.limit(),
						this.memory.get().available(), ex);
			}
			catch (IOException ex) {
				throw new HeavyMemoryException(name, ex);
			}
			finally {
				if (!done) {
					this.registry.remove(List.of(name));
				}
			}
		}
	}

	// Remove what was freed. Problems are logged: they are not those of the caller
	void removeFreed(Blocks blocks) {
		if (!blocks.hasFreed()) {
			return;
		}
		List<String> removed = new ArrayList<>();
		for (Segment segment = blocks.pollFreed(); segment != null; segment = blocks.pollFreed()) {
			segment.windows = null;
			try {
				this.memory.get().remove(segment.name);
				removed.add(segment.name);
				this.freed.incrementAndGet();
				if (segment.share != null) {
					segment.share.lose();
				}
			}
			catch (IOException ex) {
				logger.warn("Cannot remove heavy memory: segment={}, reason={}", segment.name, ex.getMessage());
			}
		}
		try {
			this.registry.remove(removed);
		}
		catch (HeavyRegistryException ex) {
			logger.warn("Cannot take removed heavy memory out of the registry: segments={}", removed, ex);
		}
	}

	long allocated() {
		return this.allocated.get();
	}

	long freed() {
		return this.freed.get();
	}

}
