package io.theus.audit.recipe;

import org.jspecify.annotations.Nullable;

import io.theus.path.Path;
import io.theus.path.PlaceholderValues;

/**
 * A call of a process as its rules see it.
 *
 * @since 0.1.0
 */
public interface AuditCall {

	/**
	 * Return the value of a parameter, supplied ones included.
	 * @param index its place among all parameters of the process
	 * @return the value
	 */
	@Nullable Object argument(int index);

	/**
	 * Read a value that the attempt then depends on.
	 * @param path where it is
	 * @return a stored value or {@link io.theus.state.StateTree#ABSENT}
	 */
	@Nullable Object read(Path path);

	/**
	 * Return what placeholders of paths stand for.
	 * @return their values in this call
	 */
	PlaceholderValues placeholders();

}
