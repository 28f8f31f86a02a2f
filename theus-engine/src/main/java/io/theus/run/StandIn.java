package io.theus.run;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Says what a process returns, or throws, in a simulation in which it is not run.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface StandIn {

	/**
	 * Stand in for one call.
	 * @param arguments its arguments by name
	 * @return what the call returns, stored like a result of the process
	 * @throws Exception what the call fails with, unchanged
	 */
	@Nullable Object call(Map<String, @Nullable Object> arguments) throws Exception;

}
