package io.theus.heavy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.theus.HeavyDescriptor;
import io.theus.internal.memory.Region;

/**
 * How memory is laid out: the elements, and, if it is a buffer of a ring, how often it
 * was given out, in the eight bytes after them. So whoever borrows it can tell whether
 * its descriptor is still that of the content.
 */
final class Buffers {

	static final String ORDER = (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) ? "little" : "big";

	private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private Buffers() {
	}

	static ByteBuffer[] windows(Region region) {
		ByteBuffer[] windows = new ByteBuffer[region.windows()];
		for (int i = 0; i < windows.length; i++) {
			windows[i] = region.window(i);
		}
		return windows;
	}

	// What the windows show; they overlap
	static long size(ByteBuffer[] windows) {
		int last = windows.length - 1;
		return ((long) last << Region.WINDOW_BITS) + windows[last].capacity();
	}

	static long bytes(HeavyDescriptor descriptor) {
		return (descriptor.use() == 0) ? descriptor.bytes() : bytesWithUse(descriptor.bytes());
	}

	static long bytesWithUse(long bytes) {
		return Math.addExact(placeOfUse(bytes), Long.BYTES);
	}

	private static long placeOfUse(long bytes) {
		return Math.addExact(bytes, Long.BYTES - 1) & -Long.BYTES;
	}

	static long use(ByteBuffer[] windows, long bytes) {
		long place = placeOfUse(bytes);
		return (long) LONG.getVolatile(Span.window(windows, place), Span.within(place));
	}

	static void setUse(ByteBuffer[] windows, long bytes, long use) {
		long place = placeOfUse(bytes);
		LONG.setVolatile(Span.window(windows, place), Span.within(place), use);
	}

}
