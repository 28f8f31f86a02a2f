package io.theus.benchmarks.parallel;

import io.theus.annotation.Process;

/**
 * The process that computes, in this JVM or in a worker.
 *
 * @since 0.1.0
 */
public class ComputingProcess {

	/**
	 * Compute.
	 * @param seed where to begin
	 * @param steps how many steps to make
	 * @return where they end
	 */
	@Process
	public long compute(long seed, long steps) {
		return Computation.run(seed, steps);
	}

}
