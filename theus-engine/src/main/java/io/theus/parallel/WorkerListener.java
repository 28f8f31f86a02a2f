package io.theus.parallel;

/**
 * Hears of the lives of workers. Calls come from threads of the pool, one at a time for
 * each worker; they must not block. Exceptions are logged and go no further.
 *
 * @since 0.1.0
 */
public interface WorkerListener {

	/** Does nothing. */
	WorkerListener NONE = new WorkerListener() {
	};

	/**
	 * A worker is ready.
	 * @param pid its process id
	 */
	default void started(long pid) {
	}

	/**
	 * A worker has ended without being told to, or had to be killed.
	 * @param death what is known of it
	 */
	default void died(WorkerDiedException death) {
	}

}
