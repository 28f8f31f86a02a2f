package io.theus.heavy;

import java.util.List;

import io.theus.HeavyArray;
import io.theus.HeavyDescriptor;

/**
 * Stands for a view when it is handed to another process of this machine, which shows the
 * same numbers through a {@link HeavyBorrower}.
 *
 * @param descriptor the array
 * @param first the index of the first element of the view among all of the array
 * @param shape the length of each dimension of the view
 * @since 0.1.0
 */
public record HeavySlice(HeavyDescriptor descriptor, long first, List<Long> shape) {

	/**
	 * Create the record.
	 */
	public HeavySlice {
		shape = List.copyOf(shape);
	}

	/**
	 * Return what stands for a view.
	 * @param array the view, open
	 * @return the array it shows, and which part
	 * @throws HeavyAccessException if the view has ended
	 */
	public static HeavySlice of(HeavyArray array) {
		MappedArray view = MappedArray.of(array);
		return new HeavySlice(view.descriptor(), view.first(), view.shape());
	}

}
