package io.theus.parallel;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * How many workers there are and how they are kept.
 *
 * @param size how many workers there may be, at least 1
 * @param queueCapacity how many calls may wait for a worker; the next is refused
 * @param heap the limit of the heap of each worker, as after {@code -Xmx}
 * @param options further options of the virtual machines
 * @param factory the name of the class that makes beans, {@code null} for constructors
 * @param startLimit how long a worker may take until it is ready
 * @param grace how long code that was interrupted may go on before its worker is killed
 * @param drain how long the end of the pool waits for calls under way before it
 * interrupts them
 * @param customizer changes the command that starts a worker
 * @param listener hears of the lives of workers
 * @since 0.1.0
 */
public record WorkerSettings(int size, int queueCapacity, String heap, List<String> options, @Nullable String factory,
		Duration startLimit, Duration grace, Duration drain, UnaryOperator<WorkerCommand> customizer,
		WorkerListener listener) {

	/**
	 * The settings where nothing is said: two workers for each processor, at least two.
	 */
	public static final WorkerSettings DEFAULT = new WorkerSettings(
			Math.max(2, 2 * Runtime.getRuntime().availableProcessors()), 256, "512m", List.of(), null,
			Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(30), UnaryOperator.identity(),
			WorkerListener.NONE);

	/**
	 * Create settings.
	 */
	public WorkerSettings {
		if (size < 1) {
			throw new IllegalArgumentException(
					"size of the worker pool is out of range: size=%d, set theus.parallel.pool-size to 1 or more"
						.formatted(size));
		}
		if (queueCapacity < 0) {
			throw new IllegalArgumentException(("queue of the worker pool is out of range: capacity=%d, "
					+ "set theus.parallel.queue-capacity to 0 or more")
				.formatted(queueCapacity));
		}
		options = List.copyOf(options);
	}

	/**
	 * Replace the number of workers.
	 * @param workers how many there may be, at least 1
	 * @return other settings
	 */
	public WorkerSettings withSize(int workers) {
		return new WorkerSettings(workers, this.queueCapacity, this.heap, this.options, this.factory, this.startLimit,
				this.grace, this.drain, this.customizer, this.listener);
	}

	/**
	 * Replace the length of the queue.
	 * @param capacity how many calls may wait
	 * @return other settings
	 */
	public WorkerSettings withQueueCapacity(int capacity) {
		return new WorkerSettings(this.size, capacity, this.heap, this.options, this.factory, this.startLimit,
				this.grace, this.drain, this.customizer, this.listener);
	}

	/**
	 * Replace how the virtual machines are started.
	 * @param heapLimit the limit of the heap of each, as after {@code -Xmx}
	 * @param jvmOptions further options
	 * @return other settings
	 */
	public WorkerSettings withJvm(String heapLimit, List<String> jvmOptions) {
		return new WorkerSettings(this.size, this.queueCapacity, heapLimit, jvmOptions, this.factory, this.startLimit,
				this.grace, this.drain, this.customizer, this.listener);
	}

	/**
	 * Replace what makes beans.
	 * @param type the name of a {@link WorkerBeanFactory}, {@code null} for constructors
	 * @return other settings
	 */
	public WorkerSettings withFactory(@Nullable String type) {
		return new WorkerSettings(this.size, this.queueCapacity, this.heap, this.options, type, this.startLimit,
				this.grace, this.drain, this.customizer, this.listener);
	}

	/**
	 * Replace the limits of time.
	 * @param toStart how long a worker may take until it is ready
	 * @param afterInterrupt how long code that was interrupted may go on
	 * @param atEnd how long the end of the pool waits for calls under way
	 * @return other settings
	 */
	public WorkerSettings withLimits(Duration toStart, Duration afterInterrupt, Duration atEnd) {
		return new WorkerSettings(this.size, this.queueCapacity, this.heap, this.options, this.factory, toStart,
				afterInterrupt, atEnd, this.customizer, this.listener);
	}

	/**
	 * Replace how the command that starts a worker is changed.
	 * @param change gives the command that is used for the default one
	 * @return other settings
	 */
	public WorkerSettings withCustomizer(UnaryOperator<WorkerCommand> change) {
		return new WorkerSettings(this.size, this.queueCapacity, this.heap, this.options, this.factory, this.startLimit,
				this.grace, this.drain, change, this.listener);
	}

	/**
	 * Replace who hears of the lives of workers.
	 * @param hears the listener
	 * @return other settings
	 */
	public WorkerSettings withListener(WorkerListener hears) {
		return new WorkerSettings(this.size, this.queueCapacity, this.heap, this.options, this.factory, this.startLimit,
				this.grace, this.drain, this.customizer, hears);
	}

}
