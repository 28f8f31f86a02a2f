package io.theus;

import java.io.Serializable;
import java.util.List;

/**
 * Says where a {@link HeavyArray} is and what it looks like. The state, commits and
 * messages hold this in place of the numbers.
 * <p>
 * Where it is shown to people, the array is called {@code theus:{session}:{pid}:{key}}.
 *
 * @param key what its owner called it, for example {@code frame}
 * @param segment the name by which the operating system knows the memory
 * @param dtype the type of the elements
 * @param shape the length of each dimension, the slowest first
 * @param order the order of the bytes of an element, {@code little} or {@code big}
 * @param bytes the size of all elements
 * @param session the engine that owns the memory
 * @param pid the process of the operating system in which that engine is
 * @param use how often the memory had been given out by then: a ring uses it again
 * @since 0.1.0
 */
public record HeavyDescriptor(String key, String segment, DType dtype, List<Long> shape, String order, long bytes,
		String session, long pid, long use) implements Serializable {

	/**
	 * Create a descriptor.
	 */
	public HeavyDescriptor {
		shape = List.copyOf(shape);
	}

	/**
	 * Return the name for people.
	 * @return {@code theus:{session}:{pid}:{key}}
	 */
	public String name() {
		return "theus:" + this.session + ":" + this.pid + ":" + this.key;
	}

	@Override
	public String toString() {
		return "%s %s%s".formatted(name(), this.dtype, this.shape);
	}

}
