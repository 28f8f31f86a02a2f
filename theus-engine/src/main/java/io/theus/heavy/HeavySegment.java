package io.theus.heavy;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.DType;

/**
 * A segment of memory at some moment.
 *
 * @param name its name for people, {@code theus:{session}:{pid}:{key}}
 * @param segment the name by which the operating system knows it
 * @param dtype the type of the elements
 * @param shape the length of each dimension
 * @param bytes the size of all elements
 * @param state what has become of it
 * @param references how many paths of the head refer to it
 * @param attempts how many attempts use it
 * @param views how many views outside of attempts are open
 * @param ring the path of the ring that it is a buffer of, {@code null} if of none
 * @param use how often it was given out
 * @since 0.1.0
 */
public record HeavySegment(String name, String segment, DType dtype, List<Long> shape, long bytes, HeavyState state,
		int references, int attempts, int views, @Nullable String ring, long use) {

	/**
	 * Create the record.
	 */
	public HeavySegment {
		shape = List.copyOf(shape);
	}

}
