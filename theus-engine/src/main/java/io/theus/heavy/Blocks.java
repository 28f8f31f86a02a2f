package io.theus.heavy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.theus.HeavyDescriptor;

/**
 * Decides when memory is freed: counts who refers to a block, and knows from which
 * versions the running attempts began.
 */
// State: the blocks that are given out, the attempts that run, what the head refers to.
// All of it is guarded by one lock, under which there is only counting, so that it can be
// taken under the lock of commits; it is never held while calling out of this class.
//
// A block may be freed when nobody can show it and nobody can come to show it. Who shows
// it is counted: the array as it was given out, views outside of attempts, and attempts
// that have mapped, published or allocated it. Who can come to show it are attempts whose
// snapshot refers to it. An attempt registers the version of the head before it takes its
// snapshot; if the reference was replaced at version w, a snapshot that has it is older,
// so the attempt has registered less than w. Hence: as long as an attempt runs that has
// registered less than w, the block stays. The head moves on under the lock of commits
// and w is told under it, so blocks retire in the order of w, and the first one that must
// stay for that reason ends the search.
//
// An attempt that holds a retired block may publish it again; it counts as referred to
// from then on, and retires anew later.
//
// Freed segments are queued, because taking a name away is a system call; buffers of
// rings are free at once. The queue is emptied by who ends an attempt or closes a view.
final class Blocks {

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<String, Segment> segments = new LinkedHashMap<>();

	private final TreeMap<Long, Integer> running = new TreeMap<>();

	private final Set<Block> retired = new LinkedHashSet<>();

	private final Queue<Segment> freed = new ConcurrentLinkedQueue<>();

	private boolean closed;

	// Give out memory for the first time, or the only one; returns the block, null if
	// everything is closed by now
	@Nullable Block add(Segment segment, HeavyDescriptor descriptor) {
		return guarded(() -> {
			if (this.closed) {
				return null;
			}
			this.segments.put(segment.name, segment);
			return give(segment, descriptor);
		});
	}

	// Add memory that waits to be given out; returns whether it was added, which it is
	// not if everything is closed by now
	boolean addFree(Segment segment) {
		return guarded(() -> {
			if (!this.closed) {
				this.segments.put(segment.name, segment);
			}
			return !this.closed;
		});
	}

	// Give out one of some segments that nobody uses; returns its block, null if there is
	// none
	@Nullable Block take(List<Segment> ring, HeavyDescriptor template) {
		return guarded(() -> {
			sweep();
			Segment found = null;
			for (Segment segment : ring) {
				if (segment.block == null && this.segments.containsKey(segment.name)
						&& (found == null || segment.uses < found.uses)) {
					found = segment;
				}
			}
			if (found == null) {
				return null;
			}
			found.uses++;
			return give(found, describe(template, found));
		});
	}

	private static HeavyDescriptor describe(HeavyDescriptor template, Segment segment) {
		return new HeavyDescriptor(template.key(), segment.name, template.dtype(), template.shape(), template.order(),
				template.bytes(), template.session(), template.pid(), segment.uses);
	}

	private static Block give(Segment segment, HeavyDescriptor descriptor) {
		Block block = new Block(descriptor, segment);
		segment.block = block;
		return block;
	}

	Attempt begin(long version) {
		Attempt attempt = new Attempt(version);
		guarded(() -> register(attempt));
		return attempt;
	}

	private boolean register(Attempt attempt) {
		this.running.merge(attempt.version, 1, Integer::sum);
		return true;
	}

	// Keep a block for an attempt; throws HeavyGoneException if it is not there
	Block hold(Attempt attempt, HeavyDescriptor descriptor) {
		return guarded(() -> {
			Block block = find(descriptor);
			hold(attempt, block);
			return block;
		});
	}

	private static void hold(Attempt attempt, Block block) {
		if (attempt.ended) {
			throw new HeavyAccessException(block.descriptor.name(), "use",
					"the attempt has ended, use the context of one that runs");
		}
		if (attempt.held.add(block)) {
			block.holds++;
		}
	}

	// End an attempt and let go of what it held
	void end(Attempt attempt) {
		guarded(() -> {
			if (!attempt.ended) {
				attempt.ended = true;
				this.running.compute(attempt.version, (version, count) -> (count == 1) ? null : count - 1);
				for (Block block : attempt.held) {
					block.holds--;
					freeIfIdle(block);
				}
				attempt.held.clear();
				sweep();
			}
			return attempt;
		});
	}

	// Keep a block for a view outside of attempts; throws HeavyGoneException if it is not
	// there
	Block pin(HeavyDescriptor descriptor) {
		return guarded(() -> {
			Block block = find(descriptor);
			block.pins++;
			return block;
		});
	}

	void unpin(Block block) {
		guarded(() -> {
			block.pins--;
			return freeIfIdle(block);
		});
	}

	// Note that the array that was given out is closed, or reachable no more
	void disown(Block block) {
		guarded(() -> {
			block.owned = false;
			return freeIfIdle(block);
		});
	}

	// Free a block at the wish of its owner; returns why that is refused, null if it was
	// done
	@Nullable String free(Block block) {
		return guarded(() -> {
			if (block.published) {
				return "it is published, remove it from the state";
			}
			if (block.holds > 0 || block.pins > 0) {
				return "it is in use: attempts=%d, views=%d, end them first".formatted(block.holds, block.pins);
			}
			block.owned = false;
			freeIfIdle(block);
			return null;
		});
	}

	// Note what a commit has changed in the head
	void replaced(long version, List<HeavyDescriptor> removed, List<HeavyDescriptor> added) {
		guarded(() -> {
			for (HeavyDescriptor descriptor : added) {
				Block block = lookUp(descriptor);
				if (block != null) {
					publish(block);
				}
			}
			for (HeavyDescriptor descriptor : removed) {
				Block block = lookUp(descriptor);
				if (block != null && block.references > 0) {
					retire(block, version);
				}
			}
			return sweep();
		});
	}

	private void publish(Block block) {
		block.references++;
		block.published = true;
		this.retired.remove(block);
		// Who fills buffers need not close them; the state says when one comes back
		if (block.segment.ring != null) {
			block.owned = false;
		}
	}

	private void retire(Block block, long version) {
		block.references--;
		if (block.references == 0) {
			block.retiredAt = version;
			this.retired.add(block);
		}
	}

	private boolean sweep() {
		long oldest = oldest();
		Iterator<Block> blocks = this.retired.iterator();
		while (blocks.hasNext()) {
			Block block = blocks.next();
			if (block.retiredAt > oldest) {
				return true;
			}
			if (isUnused(block)) {
				blocks.remove();
				giveBack(block);
			}
		}
		return true;
	}

	private long oldest() {
		return this.running.isEmpty() ? Long.MAX_VALUE : this.running.firstKey();
	}

	private boolean freeIfIdle(Block block) {
		if (!block.freed && isUnused(block) && (!block.published || block.retiredAt <= oldest())) {
			this.retired.remove(block);
			giveBack(block);
		}
		return block.freed;
	}

	private static boolean isUnused(Block block) {
		return !block.owned && block.references == 0 && block.holds == 0 && block.pins == 0;
	}

	private void giveBack(Block block) {
		block.freed = true;
		Segment segment = block.segment;
		segment.block = null;
		if (segment.ring == null || segment.ring.isClosed()) {
			drop(segment);
		}
	}

	private void drop(Segment segment) {
		if (this.segments.remove(segment.name) != null) {
			this.freed.add(segment);
		}
	}

	// Have a segment removed that could not be added
	void discard(Segment segment) {
		this.freed.add(segment);
	}

	// Free segments of a ring that nobody uses, because it is closed
	void dropFree(List<Segment> ring) {
		guarded(() -> {
			sweep();
			ring.stream().filter((segment) -> segment.block == null).forEach(this::drop);
			return true;
		});
	}

	// Free everything, used or not
	void close() {
		guarded(() -> {
			this.closed = true;
			this.retired.clear();
			for (Segment segment : List.copyOf(this.segments.values())) {
				if (segment.block != null) {
					segment.block.freed = true;
					segment.block = null;
				}
				drop(segment);
			}
			return true;
		});
	}

	private Block find(HeavyDescriptor descriptor) {
		Segment segment = this.segments.get(descriptor.segment());
		if (segment == null) {
			throw new HeavyGoneException(descriptor, "it was freed");
		}
		Block block = segment.block;
		if (block == null || block.descriptor.use() != descriptor.use()) {
			throw new HeavyGoneException(descriptor, "its ring has taken it back");
		}
		if (!block.descriptor.equals(descriptor)) {
			throw new HeavyAccessException(descriptor.name(), "use",
					"the descriptor was altered: given=%s, expected=%s, take it from the state".formatted(descriptor,
							block.descriptor));
		}
		return block;
	}

	private @Nullable Block lookUp(HeavyDescriptor descriptor) {
		Segment segment = this.segments.get(descriptor.segment());
		Block block = (segment != null) ? segment.block : null;
		return (block != null && block.descriptor.equals(descriptor)) ? block : null;
	}

	// Return the next segment whose name is to be taken away
	@Nullable Segment pollFreed() {
		return this.freed.poll();
	}

	boolean hasFreed() {
		return !this.freed.isEmpty();
	}

	List<HeavySegment> describe() {
		return guarded(() -> {
			List<HeavySegment> all = new ArrayList<>();
			for (Segment segment : this.segments.values()) {
				Block block = segment.block;
				if (block != null) {
					all.add(describe(block));
				}
				else if (segment.ring != null) {
					all.add(describeFree(segment, segment.ring));
				}
			}
			return all;
		});
	}

	private static HeavySegment describe(Block block) {
		HeavyDescriptor descriptor = block.descriptor;
		HeavyRing ring = block.segment.ring;
		return new HeavySegment(descriptor.name(), block.segment.name, descriptor.dtype(), descriptor.shape(),
				descriptor.bytes(), block.state(), block.references, block.holds, block.pins + (block.owned ? 1 : 0),
				(ring != null) ? ring.path() : null, descriptor.use());
	}

	private static HeavySegment describeFree(Segment segment, HeavyRing ring) {
		HeavyDescriptor template = ring.template();
		return new HeavySegment(template.name(), segment.name, template.dtype(), template.shape(), template.bytes(),
				HeavyState.FREE, 0, 0, 0, ring.path(), segment.uses);
	}

	private <T extends @Nullable Object> T guarded(Supplier<T> work) {
		this.lock.lock();
		try {
			return work.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * An attempt that runs. Guarded by the lock of its {@link Blocks}.
	 */
	static final class Attempt {

		private final long version;

		private final Set<Block> held = new HashSet<>();

		private boolean ended;

		Attempt(long version) {
			this.version = version;
		}

	}

}
