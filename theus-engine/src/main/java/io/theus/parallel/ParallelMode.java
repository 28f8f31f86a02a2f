package io.theus.parallel;

/**
 * Where parallel processes run.
 *
 * @since 0.1.0
 */
public enum ParallelMode {

	/**
	 * On threads of this virtual machine.
	 */
	THREADS,

	/**
	 * In other virtual machines: the code of a process runs in a worker, everything
	 * around it on a thread of this one.
	 */
	PROCESSES

}
