package io.theus.heavy;

import java.util.List;

import io.theus.DType;
import io.theus.HeavyArray;
import io.theus.HeavyDescriptor;

/**
 * The arrays of an engine in memory that processes of this machine share, for use outside
 * of transactions. A running process uses its context; what it allocates here belongs to
 * its attempt all the same.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public interface HeavyZone {

	/**
	 * Allocate an array, all zeros. It belongs to the attempt that runs on this thread,
	 * and to the caller if none does: then its memory is freed when it is closed or
	 * reachable no more, unless it was published.
	 * @param key what to call it, for example {@code frame}
	 * @param dtype the type of the elements
	 * @param shape the length of each dimension, the slowest first
	 * @return the array, writable until a reference to it is committed
	 * @throws HeavyCapacityException if there is no room
	 * @throws HeavyShapeException if there can be no such array
	 * @throws HeavyRegistryException if it cannot be recorded
	 * @throws HeavyMemoryException if the system refuses
	 * @throws HeavyAccessException if the engine is closed
	 */
	HeavyArray alloc(String key, DType dtype, long... shape);

	/**
	 * Allocate buffers that are filled and published in turn.
	 * @param path the path of the reference to the buffer that is complete
	 * @param buffers how many, at least 1; three let a writer fill one while another is
	 * shown and a third is still read
	 * @param dtype the type of the elements
	 * @param shape the length of each dimension, the slowest first
	 * @return the ring, which frees its buffers when it is closed
	 * @throws HeavyCapacityException if there is no room for all
	 * @throws HeavyShapeException if there can be no such array
	 */
	HeavyRing ring(String path, int buffers, DType dtype, long... shape);

	/**
	 * Show an array, for reading. Its memory is not freed until the view is closed or
	 * reachable no more.
	 * @param descriptor what stands for it
	 * @return the view
	 * @throws HeavyGoneException if its memory is there no more
	 */
	HeavyArray map(HeavyDescriptor descriptor);

	/**
	 * Free memory that was allocated and is not published.
	 * @param array what was given out, not a part of it
	 * @throws HeavyAccessException if it is published, in use, or belongs to somebody
	 * else
	 */
	void free(HeavyArray array);

	/**
	 * Return what the engine owns now.
	 * @return the segments in the order of their allocation
	 */
	List<HeavySegment> segments();

	/**
	 * Return how much there is.
	 * @return the numbers at this moment
	 */
	HeavyStatus status();

}
