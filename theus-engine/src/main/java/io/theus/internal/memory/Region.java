package io.theus.internal.memory;

import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.jna.Pointer;

/**
 * Memory that is mapped, as buffers of a gibibyte each, the last one of the rest. It is
 * unmapped when neither this object nor any buffer of it, nor any made from one, is
 * reachable any more.
 * <p>
 * Immutable; what is in the memory is not guarded.
 *
 * @since 0.1.0
 */
// A buffer that is made from another one holds the first of them (DirectByteBuffer.att),
// so it is enough to watch those. Nothing is unmapped by hand: another thread, or the
// compiled code of a loop, may be reading, and would end the process.
public final class Region {

	/**
	 * The size of each buffer but the last, as a power of two.
	 */
	public static final int WINDOW_BITS = 30;

	private static final long WINDOW = 1L << WINDOW_BITS;

	private static final Cleaner CLEANER = Cleaner.create((task) -> {
		Thread thread = new Thread(task, "theus-memory");
		thread.setDaemon(true);
		return thread;
	});

	private final String name;

	private final long bytes;

	private final boolean writable;

	private final List<ByteBuffer> windows;

	Region(String name, Pointer address, long bytes, boolean writable, Runnable unmap) {
		this.name = name;
		this.bytes = bytes;
		this.writable = writable;
		List<ByteBuffer> mapped = new ArrayList<>();
		for (long from = 0; from < bytes; from += WINDOW) {
			mapped.add(address.getByteBuffer(from, Math.min(WINDOW, bytes - from)));
		}
		AtomicInteger left = new AtomicInteger(mapped.size());
		Runnable gone = () -> {
			if (left.decrementAndGet() == 0) {
				unmap.run();
			}
		};
		mapped.forEach((window) -> CLEANER.register(window, gone));
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

}
