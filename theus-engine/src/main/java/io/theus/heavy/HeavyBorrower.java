package io.theus.heavy;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

import io.theus.HeavyArray;
import io.theus.internal.memory.NamedMemory;

/**
 * Shows numbers of other processes of this machine, read-only and without copying. For
 * processes that have no engine.
 * <p>
 * It does not keep memory from being freed, or a buffer from being filled again; whoever
 * has handed out the slice does so while it is used. Memory stays mapped while a view of
 * it is open and reachable. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class HeavyBorrower implements AutoCloseable {

	private final Borrowed borrowed = new Borrowed(NamedMemory::ofSystem);

	private final HeavyAccessListener listener;

	private final Set<Grip> grips = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

	private volatile boolean closed;

	/**
	 * Create a borrower to whose operations nobody listens.
	 */
	public HeavyBorrower() {
		this(HeavyAccessListener.NONE);
	}

	/**
	 * Create a borrower.
	 * @param listener is told what is done with the arrays
	 */
	public HeavyBorrower(HeavyAccessListener listener) {
		this.listener = listener;
	}

	/**
	 * Show a part of an array.
	 * @param slice what to show
	 * @return a read-only view, which ends when it or this is closed
	 * @throws HeavyGoneException if its memory is there no more, or is used for something
	 * else
	 * @throws HeavyShapeException if the array has no such part
	 * @throws HeavyAccessException if this is closed
	 */
	public HeavyArray attach(HeavySlice slice) {
		Grip grip = new Grip(slice.descriptor(), this.borrowed.map(slice.descriptor()), null, Grip.Access.BORROWED,
				this.listener);
		this.grips.add(grip);
		if (this.closed) {
			grip.end();
			throw grip.ended("attach");
		}
		return MappedArray.part(grip, slice.first(), Shape.of(slice.shape()));
	}

	/**
	 * End all views.
	 */
	@Override
	public void close() {
		this.closed = true;
		List<Grip> open;
		synchronized (this.grips) {
			open = List.copyOf(this.grips);
		}
		open.forEach(Grip::end);
	}

}
