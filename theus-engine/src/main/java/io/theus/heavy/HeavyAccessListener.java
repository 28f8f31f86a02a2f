package io.theus.heavy;

import io.theus.HeavyDescriptor;

/**
 * Is told what is done with heavy arrays, once for each operation on many elements.
 * Elements that are read or written one by one, or through buffers, are not told.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface HeavyAccessListener {

	/**
	 * Listens to nothing.
	 */
	HeavyAccessListener NONE = (array, operation, elements, write) -> {
	};

	/**
	 * Note an operation, which begins when this returns and is refused if this throws.
	 * @param array the array on which it was called
	 * @param operation the name of the method, for example {@code sum}
	 * @param elements how many elements of the array it is about
	 * @param write whether it changes them
	 */
	void accessed(HeavyDescriptor array, String operation, long elements, boolean write);

}
