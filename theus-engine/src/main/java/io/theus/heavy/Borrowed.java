package io.theus.heavy;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.theus.HeavyDescriptor;
import io.theus.internal.memory.NamedMemory;
import io.theus.internal.memory.Region;

/**
 * Memory of other owners on this machine, mapped for reading as long as somebody uses it.
 * Safe for use by several threads.
 */
final class Borrowed {

	private final Supplier<NamedMemory> memory;

	private final Map<String, WeakReference<ByteBuffer[]>> mapped = new ConcurrentHashMap<>();

	Borrowed(Supplier<NamedMemory> memory) {
		this.memory = memory;
	}

	ByteBuffer[] map(HeavyDescriptor descriptor) {
		check(descriptor);
		long bytes = Buffers.bytes(descriptor);
		ByteBuffer[] windows = find(descriptor.segment(), bytes);
		if (windows == null) {
			windows = open(descriptor, bytes);
			this.mapped.values().removeIf((reference) -> reference.get() == null);
			this.mapped.put(descriptor.segment(), new WeakReference<>(windows));
		}
		if (descriptor.use() > 0 && Buffers.use(windows, descriptor.bytes()) != descriptor.use()) {
			throw new HeavyGoneException(descriptor, "its ring has taken it back");
		}
		return windows;
	}

	// A descriptor may have come in a message
	private static void check(HeavyDescriptor descriptor) {
		if (!SegmentNames.isValid(descriptor.segment())) {
			throw new HeavyAccessException(descriptor.name(), "map",
					"its segment is not a name of heavy memory: segment=" + descriptor.segment());
		}
		if (!descriptor.order().equals(Buffers.ORDER)) {
			throw new HeavyTypeException(descriptor.name(), descriptor.dtype(),
					"its bytes are in another order: order=%s, expected=%s, map it where it was made"
						.formatted(descriptor.order(), Buffers.ORDER));
		}
		long expected = Shape.of(descriptor.shape()).bytes(descriptor.dtype());
		if (expected != descriptor.bytes()) {
			throw new HeavyShapeException(
					"descriptor of heavy array '%s' contradicts itself: bytes=%d, shape=%s of %s needs %d".formatted(
							descriptor.name(), descriptor.bytes(), descriptor.shape(), descriptor.dtype(), expected),
					descriptor.shape());
		}
	}

	private ByteBuffer @Nullable [] find(String segment, long bytes) {
		WeakReference<ByteBuffer[]> reference = this.mapped.get(segment);
		ByteBuffer[] windows = (reference != null) ? reference.get() : null;
		return (windows != null && Buffers.size(windows) >= bytes) ? windows : null;
	}

	private ByteBuffer[] open(HeavyDescriptor descriptor, long bytes) {
		try {
			Region region = this.memory.get().open(descriptor.segment(), bytes, false);
			return Buffers.windows(region);
		}
		catch (NoSuchFileException ex) {
			throw new HeavyGoneException(descriptor, "its owner has freed it or has ended");
		}
		catch (IOException ex) {
			throw new HeavyMemoryException(descriptor.name(), ex);
		}
	}

	long count() {
		return this.mapped.values().stream().filter((reference) -> reference.get() != null).count();
	}

}
