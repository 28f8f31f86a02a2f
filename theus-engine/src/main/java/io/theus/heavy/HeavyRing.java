package io.theus.heavy;

import java.util.List;
import java.util.Optional;

import io.theus.HeavyArray;
import io.theus.HeavyDescriptor;

/**
 * Buffers of one shape that are filled and published in turn. A buffer is given out again
 * when its reference was replaced and nobody who began before uses it, so readers never
 * see half a frame.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class HeavyRing implements AutoCloseable {

	private final HeavyHeap heap;

	private final String path;

	private final HeavyDescriptor template;

	private volatile List<Segment> segments = List.of();

	private volatile boolean closed;

	HeavyRing(HeavyHeap heap, String path, HeavyDescriptor template) {
		this.heap = heap;
		this.path = path;
		this.template = template;
	}

	void fillWith(List<Segment> buffers) {
		this.segments = List.copyOf(buffers);
	}

	List<Segment> segments() {
		return this.segments;
	}

	HeavyDescriptor template() {
		return this.template;
	}

	boolean isClosed() {
		return this.closed;
	}

	/**
	 * Return the path of the state for which the buffers are.
	 * @return the path
	 */
	public String path() {
		return this.path;
	}

	/**
	 * Take the buffer that was used longest ago, with whatever was in it.
	 * @return the buffer, writable until it is published; it goes back if it is closed,
	 * or not reachable any more, or the attempt that has taken it fails
	 * @throws HeavyRingFullException if all are in use
	 * @throws HeavyAccessException if the ring is closed
	 */
	public HeavyArray next() {
		return tryNext().orElseThrow(this::full);
	}

	/**
	 * Take the buffer that was used longest ago, if there is one.
	 * @return the buffer as {@link #next} returns it, empty if all are in use
	 * @throws HeavyAccessException if the ring is closed
	 */
	public Optional<HeavyArray> tryNext() {
		if (this.closed) {
			throw new HeavyAccessException(this.template.name(), "next", "its ring is closed: ring=" + this.path);
		}
		HeavyUse use = this.heap.current(this.path);
		Grip grip = this.heap.next(this);
		if (grip == null) {
			return Optional.empty();
		}
		return Optional.of((use != null) ? use.show(grip) : new MappedArray(grip));
	}

	private HeavyRingFullException full() {
		List<HeavySegment> all = this.heap.segments()
			.stream()
			.filter((segment) -> this.segments.stream().anyMatch((own) -> own.name.equals(segment.segment())))
			.toList();
		return new HeavyRingFullException(this.path, this.segments.size(), count(all, HeavyState.PRIVATE),
				count(all, HeavyState.PUBLISHED), count(all, HeavyState.RETIRED));
	}

	private static int count(List<HeavySegment> segments, HeavyState state) {
		return (int) segments.stream().filter((segment) -> segment.state() == state).count();
	}

	/**
	 * Free the buffers: at once those that nobody uses, the others when they come back.
	 * Closing it again does nothing.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.heap.close(this);
	}

}
