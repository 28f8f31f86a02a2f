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
// A ring with one slot for each residue of the sequence number. A writer takes a number
// by
// one atomic addition and then owns its slot, unless it was overtaken by a whole round:
// then the newer entry stays. It starts over only then, and so at most once for each
// writer that is a round ahead. A reader may be overtaken while it reads; what is newer
// or
// older than the window it began with it leaves out, so it never sees an entry twice, nor
// a torn one. An entry whose writer was held up between number and slot is not seen until
// it is there.
public final class AuditTrail {

	/**
	 * How many entries a trail keeps if nothing else is said.
	 */
	public static final int DEFAULT_CAPACITY = 1000;

	private final AtomicReferenceArray<@Nullable AuditEntry> slots;

	private final AtomicLong next = new AtomicLong();

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
		long sequence = this.next.getAndIncrement();
		AuditEntry entry = new AuditEntry(sequence, time, version, kind, origin, executionId, rule, path, level, count,
				message, value);
		int slot = (int) (sequence % this.slots.length());
		@Nullable AuditEntry present;
		do {
			present = this.slots.getAcquire(slot);
		}
		while ((present == null || present.sequence() < sequence) && !this.slots.compareAndSet(slot, present, entry));
	}

	/**
	 * Return what is kept.
	 * @return the entries, oldest to newest
	 */
	public List<AuditEntry> entries() {
		long end = this.next.get();
		List<AuditEntry> kept = new ArrayList<>((int) Math.min(end, this.slots.length()));
		for (long sequence = Math.max(0, end - this.slots.length()); sequence < end; sequence++) {
			AuditEntry entry = this.slots.getAcquire((int) (sequence % this.slots.length()));
			if (entry != null && entry.sequence() == sequence) {
				kept.add(entry);
			}
		}
		return List.copyOf(kept);
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
