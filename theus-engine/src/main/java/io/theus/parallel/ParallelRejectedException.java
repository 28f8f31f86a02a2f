package io.theus.parallel;

import io.theus.error.TheusException;

/**
 * A call found no place: all that can run are running, and as many wait as may.
 *
 * @since 0.1.0
 */
public class ParallelRejectedException extends TheusException {

	private final String process;

	private final int size;

	private final int queueCapacity;

	/**
	 * Create the exception for a pool that has no place left.
	 * @param process the id of the process that was called
	 * @param size how many calls can run at a time
	 * @param queueCapacity how many more may wait
	 */
	public ParallelRejectedException(String process, int size, int queueCapacity) {
		this(process, size, queueCapacity,
				"size=%d are running, queue=%d are waiting, call it later or raise theus.parallel.pool-size or theus.parallel.queue-capacity"
					.formatted(size, queueCapacity));
	}

	private ParallelRejectedException(String process, int size, int queueCapacity, String problem) {
		super("process '%s' is refused: %s".formatted(process, problem));
		this.process = process;
		this.size = size;
		this.queueCapacity = queueCapacity;
	}

	/**
	 * Create the exception for a pool that takes no more calls.
	 * @param process the id of the process that was called
	 * @param size how many calls could run at a time
	 * @param queueCapacity how many more could wait
	 * @return the exception
	 */
	public static ParallelRejectedException closed(String process, int size, int queueCapacity) {
		return new ParallelRejectedException(process, size, queueCapacity,
				"the pool is closed, size=%d, queue=%d, call it before the engine ends".formatted(size, queueCapacity));
	}

	/**
	 * Return what was called.
	 * @return the id of the process
	 */
	public String process() {
		return this.process;
	}

	/**
	 * Return how many calls can run at a time.
	 * @return the size of the pool
	 */
	public int size() {
		return this.size;
	}

	/**
	 * Return how many more may wait.
	 * @return the capacity of the queue
	 */
	public int queueCapacity() {
		return this.queueCapacity;
	}

}
