package io.theus.audit;

import org.jspecify.annotations.Nullable;

/**
 * Decides what is shown of a value that an audit rule was violated by.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ValueMask {

	/**
	 * Shows nothing of any value.
	 */
	ValueMask HIDDEN = (path, value) -> "******";

	/**
	 * Show a value, or what stands for it. Safe for use by several threads.
	 * @param path where the value is
	 * @param value the value
	 * @return what is shown
	 */
	@Nullable String show(String path, @Nullable Object value);

}
