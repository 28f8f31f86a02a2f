package io.theus.process;

/**
 * Hears of every execution, after it. Calls come from the executing threads, in no
 * particular order.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ProcessListener {

	/**
	 * An execution has ended. Exceptions are logged and go no further.
	 * @param execution what happened
	 */
	void finished(ProcessExecution execution);

}
