package io.theus.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

import io.theus.AuditLevel;

/**
 * The last entries of the audit of one engine. Writing never waits, for nobody.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
// State: one slot for each residue of the sequence number, and the next number. A slot
// holds the newest entry that has come to it, so its numbers only grow.
//
// Who may write: anybody. A writer takes a number by one atomic addition and places its
// entry by a CAS on the slot of that number, which pairs with those of writers that are
// whole rounds ahead or behind. If it was overtaken by a round the newer entry stays.
// A CAS fails only because another writer has placed its entry, and each of these is
// rounds away: nobody waits for anybody, also not for one that was held up.
//
// Readers: an entry is immutable and found by its number, so none is seen torn, twice, or
// in another order. A reader goes on until no number was taken meanwhile: at that moment
// it has seen all that is kept. It gives up hope of that when writers are ahead of it by
// a
// round, and what was overwritten under its eyes is missing then. The entry of a writer
// that is held up between number and slot is missing until it is there.
//
// Limits: 'total' and 'size' count numbers, so they are ahead of what can be read by the
// entries that are being written.
public final class AuditTrail {

	/**
	 * How many entries a trail keeps if nothing else is said.
	 */
	public static final int DEFAULT_CAPACITY = 1000;

	private final AtomicReferenceArray<@Nullable AuditEntry> slots;

	private final AtomicLong next = new AtomicLong();

	private volatile @Nullable AuditFollower follower;

	/**
	 * Create an empty trail.
	 * @param capacity how many entries it keeps, exactly, at least 1
	 * @throws IllegalArgumentException if the capacity is less than 1
	 */
	public AuditTrail(int capacity) {
		if (capacity < 1) {
			throw new IllegalArgumentException(
					"audit trail has no room for an entry: capacity=%d, use 1 or more".formatted(capacity));
		}
		this.slots = new AtomicReferenceArray<>(capacity);
	}

	void add(Instant time, @Nullable Long version, AuditEntry.Kind kind, String origin, @Nullable String executionId,
			@Nullable String rule, @Nullable String path, @Nullable AuditLevel level, long count, String message,
			@Nullable String value) {
		place(new AuditEntry(claim(), time, version, kind, origin, executionId, rule, path, level, count, message,
				value));
		AuditFollower current = this.follower;
		if (current != null) {
			current.wake();
		}
	}

	long claim() {
		return this.next.getAndIncrement();
	}

	void place(AuditEntry entry) {
		int slot = slot(entry.sequence());
		@Nullable AuditEntry present;
		do {
			present = this.slots.getAcquire(slot);
		}
		while ((present == null || present.sequence() < entry.sequence())
				&& !this.slots.compareAndSet(slot, present, entry));
	}

	private int slot(long sequence) {
		return (int) (sequence % this.slots.length());
	}

	// Whether each further entry wakes it
	void follow(AuditFollower newFollower) {
		this.follower = newFollower;
	}

	/**
	 * Look where an entry belongs.
	 * @param sequence its number
	 * @return the entry, or a newer one that has overwritten it, or else one that it will
	 * overwrite; {@code null} if none has come there yet
	 */
	@Nullable AuditEntry look(long sequence) {
		return this.slots.getAcquire(slot(sequence));
	}

	/**
	 * Return the number of the oldest entry that is kept.
	 * @return the number, which may be overwritten at once
	 */
	long oldest() {
		return oldest(this.next.get());
	}

	private long oldest(long end) {
		return Math.max(0, end - this.slots.length());
	}

	/**
	 * Return what is kept.
	 * @return the entries, oldest to newest
	 */
	public List<AuditEntry> entries() {
		long end = this.next.get();
		long limit = end + this.slots.length();
		List<AuditEntry> seen = new ArrayList<>((int) (end - oldest(end)));
		for (long sequence = oldest(end); sequence < end; sequence++) {
			AuditEntry entry = look(sequence);
			if (entry != null && entry.sequence() == sequence) {
				seen.add(entry);
			}
			if (sequence == end - 1) {
				end = Math.min(this.next.get(), limit);
			}
		}
		return since(seen, oldest(end));
	}

	// Without those that were overwritten after they were seen
	private static List<AuditEntry> since(List<AuditEntry> seen, long oldest) {
		int from = 0;
		while (from < seen.size() && seen.get(from).sequence() < oldest) {
			from++;
		}
		return List.copyOf(seen.subList(from, seen.size()));
	}

	/**
	 * Count what was ever written.
	 * @return the number of entries, which is also the sequence number of the next one
	 */
	public long total() {
		return this.next.get();
	}

	/**
	 * Count what is kept.
	 * @return the number of entries
	 */
	public int size() {
		return (int) Math.min(this.next.get(), this.slots.length());
	}

	/**
	 * Return how many entries are kept at most.
	 * @return the capacity
	 */
	public int capacity() {
		return this.slots.length();
	}

}
