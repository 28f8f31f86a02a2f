package io.theus.process;

import org.jspecify.annotations.Nullable;

/**
 * The code of a process.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ProcessBody {

	/**
	 * Run the code.
	 * @param values the values of all parameters, supplied ones included
	 * @return what the process returns
	 * @throws Throwable whatever the code throws
	 */
	@Nullable Object call(@Nullable Object[] values) throws Throwable;

}
