package io.theus;

import org.jspecify.annotations.Nullable;

/**
 * Combines what is stored at a path with what a transaction brings along, so that
 * transactions which only bring something along never conflict. It is applied to what the
 * transaction sees and, where others have committed since, again to what is stored by
 * then, in the order of the commits.
 * <p>
 * Has to be safe for use by several threads and free of side effects, and must be quick:
 * commits wait for it.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface MergeRule {

	/**
	 * Combine.
	 * @param stored the stored value, {@code null} if there is none yet
	 * @param operand an accepted value
	 * @return the value to be stored instead
	 */
	Object merge(@Nullable Object stored, Object operand);

}
