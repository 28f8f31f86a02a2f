package io.theus.parallel;

import java.util.List;

/**
 * What a pool of workers is doing.
 *
 * @param size how many workers there may be
 * @param alive how many there are
 * @param busy how many of them run something
 * @param queued how many calls wait for a worker
 * @param started how many workers have been started so far
 * @param died how many of them ended without being told to, or had to be killed
 * @param pids the process ids of those that are alive
 * @since 0.1.0
 */
public record WorkerPoolStatus(int size, int alive, int busy, int queued, long started, long died, List<Long> pids) {

	/**
	 * Create a status.
	 */
	public WorkerPoolStatus {
		pids = List.copyOf(pids);
	}

}
