package io.theus.parallel;

import java.time.Duration;

/**
 * How parallel processes run.
 *
 * @param mode where they run
 * @param poolSize how many run at the same time, at least 1. Processes with side effects
 * do not count in mode {@link ParallelMode#THREADS}: they wait for the outside
 * @param queueCapacity how many more may wait for a place, at least 1; also how many
 * processes with side effects may be under way
 * @param drain how long the end of the engine waits for what is under way before it
 * interrupts it, not negative
 * @param workers how worker processes are started and kept. How many there are and how
 * many calls wait for them is said by the settings of the pool, and they end with it
 * @since 0.1.0
 */
public record ParallelSettings(ParallelMode mode, int poolSize, int queueCapacity, Duration drain,
		WorkerSettings workers) {

	/**
	 * Threads, two for each processor and at least two, a queue of 1000, ten seconds to
	 * drain.
	 */
	public static final ParallelSettings DEFAULT = new ParallelSettings(ParallelMode.THREADS,
			Math.max(2, 2 * Runtime.getRuntime().availableProcessors()), 1000, Duration.ofSeconds(10),
			WorkerSettings.DEFAULT);

	/**
	 * Create settings.
	 * @throws IllegalArgumentException if a number or the duration makes no sense
	 */
	public ParallelSettings {
		atLeastOne("pool size", "theus.parallel.pool-size", poolSize);
		atLeastOne("queue capacity", "theus.parallel.queue-capacity", queueCapacity);
		if (drain.isNegative()) {
			throw new IllegalArgumentException(
					"drain time of parallel processes is negative: duration=%s, set theus.parallel.drain-timeout to 0 s or more"
						.formatted(drain));
		}
		workers = workers.withSize(poolSize)
			.withQueueCapacity(queueCapacity)
			.withLimits(workers.startLimit(), workers.grace(), Duration.ZERO);
	}

	private static void atLeastOne(String name, String property, int value) {
		if (value < 1) {
			throw new IllegalArgumentException("%s of parallel processes is too small: value=%d, set %s to 1 or more"
				.formatted(name, value, property));
		}
	}

	/**
	 * Replace where parallel processes run.
	 * @param newMode the mode
	 * @return other settings
	 */
	public ParallelSettings withMode(ParallelMode newMode) {
		return new ParallelSettings(newMode, this.poolSize, this.queueCapacity, this.drain, this.workers);
	}

	/**
	 * Replace how many run at the same time.
	 * @param size at least 1
	 * @return other settings
	 * @throws IllegalArgumentException if it is less
	 */
	public ParallelSettings withPoolSize(int size) {
		return new ParallelSettings(this.mode, size, this.queueCapacity, this.drain, this.workers);
	}

	/**
	 * Replace how many may wait for a place.
	 * @param capacity at least 1
	 * @return other settings
	 * @throws IllegalArgumentException if it is less
	 */
	public ParallelSettings withQueueCapacity(int capacity) {
		return new ParallelSettings(this.mode, this.poolSize, capacity, this.drain, this.workers);
	}

	/**
	 * Replace how long the end of the engine waits.
	 * @param limit not negative
	 * @return other settings
	 * @throws IllegalArgumentException if it is negative
	 */
	public ParallelSettings withDrain(Duration limit) {
		return new ParallelSettings(this.mode, this.poolSize, this.queueCapacity, limit, this.workers);
	}

	/**
	 * Replace how worker processes are started and kept.
	 * @param settings the settings
	 * @return other settings
	 */
	public ParallelSettings withWorkers(WorkerSettings settings) {
		return new ParallelSettings(this.mode, this.poolSize, this.queueCapacity, this.drain, settings);
	}

}
