package io.theus.internal.ring;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

/**
 * A ring of the last {@code capacity} published values. Publishers never block and never
 * wait for readers; a reader that fell behind learns how many entries it missed.
 *
 * <p>
 * All methods may be called by any number of threads.
 *
 * @param <T> the type of the values, which should be immutable
 * @since 0.1.0
 */
public final class BroadcastRing<T> {

	/*
	 * State. Slot i holds the newest entry whose sequence number is i modulo the
	 * capacity, or null before the first lap. The end of the ring is the number of the
	 * entry to come. 'hint' is a number at or before the end, and usually the end:
	 * whoever looks for the end begins there and walks along the slots. This is the tail
	 * of the queue by Michael and Scott ("Simple, fast, and practical non-blocking and
	 * blocking concurrent queue algorithms", PODC 1996), on an array, with a tail that
	 * may lag behind further.
	 *
	 * Who may write. Any publisher. It (1) reads the hint as n, then (2) the slot of n.
	 * Slots only move on. If the occupant is entry n, or a newer one, all entries up to
	 * it are published: go on with the number after the occupant's. If the occupant is
	 * older than n, or null, entry n is not published while n - 1 is, so n is the end.
	 * The publisher (3) replaces that occupant by entry n with a CAS, and (4) stores n +
	 * 1 as the hint.
	 *
	 * CAS (3) pairs with every other CAS (3) on the same slot: it decides who gets number
	 * n. It cannot succeed late, because each entry is a fresh object and the slot never
	 * returns to an older one: a publisher that was held up between (2) and (3) fails and
	 * takes a newer number, so an older entry never covers a newer one. The store (4)
	 * needs no CAS: it comes after its entry was published, so it is at or before the end
	 * whenever it takes effect. A publisher that was held up before (4) may set the hint
	 * back; the next one then walks over the entries since, with a jump for each lap.
	 *
	 * Ordering. CAS (3) is the moment of publication. Whoever comes after a publisher
	 * that returned sees its entry or a newer one in the slot, and so finds a higher
	 * number, whatever the hint says. A reader reads the slot with volatile semantics and
	 * so sees all that happened before CAS (3).
	 *
	 * Progress. Lock-free: a publisher starts over only because another one has
	 * published. There is no moment at which a stalled publisher holds up readers or
	 * other publishers; this is why the slot is written before the hint is moved, and not
	 * the other way round.
	 *
	 * End. close() publishes a mark by CAS (3) and nobody goes on past it, so a publisher
	 * that meets it has lost the race against close() and is refused. The mark remembers
	 * the entry whose slot it took, so that all 'capacity' entries remain readable.
	 *
	 * Waking. A waiting reader (a) joins the wait queue, (b) looks once more, (c) parks.
	 * A publisher writes the slot at (3) and then looks for waiting readers. All four are
	 * volatile accesses, hence either the reader sees the entry at (b), or the publisher
	 * sees the reader.
	 *
	 * Limits. One small object per entry. 2^63 entries. A reader is not counted: what it
	 * has not read is overwritten after one lap.
	 */

	/** What {@link #publish} returns instead of a number when the ring is closed. */
	public static final long CLOSED = -1;

	private static final int NO_MASK = -1;

	private final AtomicReferenceArray<@Nullable Entry<T>> slots;

	private final int capacity;

	private final int mask;

	private final Sequence hint = new Sequence(0);

	private final LongAdder missed = new LongAdder();

	private final WaitQueue readers = new WaitQueue();

	/**
	 * Create an empty ring.
	 * @param capacity how many entries are retained, at least 1; it is not rounded
	 * @throws IllegalArgumentException if the capacity is less than 1
	 */
	public BroadcastRing(int capacity) {
		if (capacity < 1) {
			throw new IllegalArgumentException("ring needs room for an entry: capacity=" + capacity + ", minimum=1");
		}
		this.slots = new AtomicReferenceArray<>(capacity);
		this.capacity = capacity;
		this.mask = (Integer.bitCount(capacity) == 1) ? capacity - 1 : NO_MASK;
	}

	/**
	 * Publish a value, overwriting the oldest one if the ring is full, and wake readers
	 * that wait.
	 * @param value the value
	 * @return its sequence number, or {@link #CLOSED} if the ring is closed
	 */
	public long publish(T value) {
		long sequence = this.hint.get();
		while (true) {
			int slot = slotOf(sequence);
			Entry<T> present = this.slots.get(slot);
			if (present == null || present.sequence < sequence) {
				if (this.slots.compareAndSet(slot, present, new Entry<>(sequence, value))) {
					this.hint.lazySet(sequence + 1);
					this.readers.wakeAll();
					return sequence;
				}
			}
			else if (present instanceof Entry.End) {
				return CLOSED;
			}
			else {
				sequence = present.sequence + 1;
			}
		}
	}

	/**
	 * Refuse further entries. Readers may still read what is retained. Closing twice has
	 * no effect.
	 */
	public void close() {
		while (true) {
			long sequence = total();
			int slot = slotOf(sequence);
			Entry<T> present = this.slots.get(slot);
			if (present instanceof Entry.End) {
				return;
			}
			if ((present == null || present.sequence < sequence)
					&& this.slots.compareAndSet(slot, present, new Entry.End<>(sequence, present))) {
				this.readers.wakeAll();
				return;
			}
		}
	}

	/**
	 * Count what was ever published.
	 * @return the number of entries, which is also the number of the entry to come
	 */
	public long total() {
		long sequence = this.hint.get();
		while (true) {
			Entry<T> present = this.slots.get(slotOf(sequence));
			if (present == null || present.sequence < sequence) {
				return sequence;
			}
			if (present instanceof Entry.End) {
				return present.sequence;
			}
			sequence = present.sequence + 1;
		}
	}

	/**
	 * Return the size of the ring.
	 * @return how many entries are retained at most
	 */
	public int capacity() {
		return this.capacity;
	}

	/**
	 * Count what was overwritten before readers came to it.
	 * @return how many entries all readers together have missed
	 */
	public long missed() {
		return this.missed.sum();
	}

	void missed(long entries) {
		this.missed.add(entries);
	}

	/**
	 * Tell whether the ring was closed.
	 * @return whether publishers are refused
	 */
	public boolean isClosed() {
		return isEnd(total());
	}

	/**
	 * Copy what is retained. While others publish, the oldest entries may be overwritten
	 * before they are copied; they are left out then.
	 * @return the values, oldest to newest, without a gap
	 */
	public List<T> list() {
		long end = total();
		List<T> values = new ArrayList<>((int) Math.min(end, capacity()));
		for (long sequence = end - 1; sequence >= Math.max(0, end - capacity()); sequence--) {
			Entry<T> entry = entry(sequence);
			if (entry == null || entry.sequence != sequence || entry.value == null) {
				break;
			}
			values.add(entry.value);
		}
		Collections.reverse(values);
		return Collections.unmodifiableList(values);
	}

	/**
	 * Add a reader that sees every entry published from now on.
	 * @param onLag told how many entries the reader missed, in the thread that polls,
	 * after the reader has moved to the oldest retained entry; what it throws, the poll
	 * throws
	 * @return the reader
	 */
	public Cursor<T> cursor(LongConsumer onLag) {
		return new Cursor<>(this, this.readers, total(), onLag);
	}

	/**
	 * Count the readers that wait for an entry.
	 * @return the number of readers
	 */
	int waiting() {
		return this.readers.size();
	}

	/**
	 * Look at the place of an entry.
	 * @param sequence the number of the entry
	 * @return that entry, a newer or older one that is in its place, or {@code null} if
	 * the place was never used
	 */
	@Nullable Entry<T> entry(long sequence) {
		Entry<T> entry = this.slots.get(slotOf(sequence));
		return (entry instanceof Entry.End<T> end && end.sequence != sequence) ? end.displaced : entry;
	}

	boolean isEnd(long sequence) {
		Entry<T> entry = this.slots.get(slotOf(sequence));
		return entry != null && isEndAt(entry, sequence);
	}

	long oldest() {
		return Math.max(0, total() - capacity());
	}

	private boolean isEndAt(Entry<T> entry, long sequence) {
		return entry.sequence == sequence && entry instanceof Entry.End;
	}

	// A division takes longer than all else that a reader does
	private int slotOf(long sequence) {
		return (int) ((this.mask != NO_MASK) ? sequence & this.mask : sequence % this.capacity);
	}

}
