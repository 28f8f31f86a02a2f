package io.theus.internal.memory;

import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

import com.sun.jna.Pointer;

/**
 * Memory that is mapped, as buffers that overlap: one begins at each gibibyte and goes as
 * far as a buffer can, so that any range of at most a gibibyte is in one of them. The
 * memory is unmapped when neither this object nor any buffer of it, nor any made from
 * one, is reachable any more.
 * <p>
 * Safe for use by several threads; what is in the memory is not guarded.
 *
 * @since 0.1.0
 */
// A buffer that is made from another one holds the first of them (DirectByteBuffer.att),
// so it is enough to watch those. Nothing is unmapped by hand: another thread, or the
// compiled code of a loop, may be reading, and would end the process.
public final class Region {

	/**
	 * The distance from the beginning of a buffer to that of the next, as a power of two.
	 */
	public static final int WINDOW_BITS = 30;

	private static final long STRIDE = 1L << WINDOW_BITS;

	private static final Cleaner CLEANER = Cleaner.create((task) -> {
		Thread thread = new Thread(task, "theus-memory");
		thread.setDaemon(true);
		return thread;
	});

	private final String name;

	private final long bytes;

	private final boolean writable;

	private final List<ByteBuffer> windows;

	private final Mapping mapping;

	Region(String name, Pointer address, long bytes, boolean writable, Runnable unmap) {
		this.name = name;
		this.bytes = bytes;
		this.writable = writable;
		List<ByteBuffer> mapped = new ArrayList<>();
		for (long from = 0; from < bytes; from += STRIDE) {
			mapped.add(address.getByteBuffer(from, Math.min(Integer.MAX_VALUE, bytes - from)));
		}
		Mapping guard = new Mapping(mapped.size(), unmap);
		mapped.forEach((window) -> CLEANER.register(window, guard::lose));
		this.mapping = guard;
		this.windows = List.copyOf(mapped);
	}

	/**
	 * Return the name of the memory.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return the size of the memory.
	 * @return the number of bytes
	 */
	public long bytes() {
		return this.bytes;
	}

	/**
	 * Return whether the memory was mapped for writing.
	 * @return whether it can be written to
	 */
	public boolean isWritable() {
		return this.writable;
	}

	/**
	 * Return a part of the memory.
	 * @param index which one, from 0
	 * @return a new buffer in the byte order of the machine, read-only unless the memory
	 * is writable
	 */
	public ByteBuffer window(int index) {
		ByteBuffer window = this.windows.get(index);
		return (this.writable ? window.duplicate() : window.asReadOnlyBuffer()).order(ByteOrder.nativeOrder());
	}

	/**
	 * Return how many parts there are.
	 * @return the number of buffers
	 */
	public int windows() {
		return this.windows.size();
	}

	/**
	 * Have something done when the memory was unmapped.
	 * @param action what to do, quickly, on a thread of this package; it must not refer
	 * to this object or its buffers
	 */
	public void whenUnmapped(Runnable action) {
		this.mapping.whenUnmapped(action);
	}

	/**
	 * Counts the buffers that are still reachable, without holding them.
	 */
	private static final class Mapping {

		private final Runnable unmap;

		private final List<Runnable> actions = new ArrayList<>();

		private int left;

		Mapping(int windows, Runnable unmap) {
			this.left = windows;
			this.unmap = unmap;
		}

		void lose() {
			List<Runnable> due;
			synchronized (this) {
				this.left--;
				if (this.left > 0) {
					return;
				}
				due = List.copyOf(this.actions);
			}
			this.unmap.run();
			due.forEach(Runnable::run);
		}

		synchronized void whenUnmapped(Runnable action) {
			this.actions.add(action);
		}

	}

}
