package io.theus.conflict;

import org.jspecify.annotations.Nullable;

/**
 * Who works towards commits: a thread, or an execution that goes from thread to thread.
 * Tickets know their holders by it, so that nobody waits for a ticket of their own.
 * <p>
 * Safe for use by several threads. Identity matters.
 *
 * @since 0.1.0
 */
// A thread without any other worker is its own. What runs within the work of an execution
// on whatever thread (a transaction within a transaction, say) belongs to the execution:
// it finds the worker bound to the thread.
public final class Worker {

	private static final ThreadLocal<@Nullable Worker> CURRENT = new ThreadLocal<>();

	private final @Nullable Thread thread;

	/**
	 * Create a worker that no thread belongs to, for an execution.
	 */
	public Worker() {
		this(null);
	}

	private Worker(@Nullable Thread thread) {
		this.thread = thread;
	}

	/**
	 * Return who works on this thread.
	 * @return the execution that works here, otherwise the thread
	 */
	public static Worker current() {
		Worker current = CURRENT.get();
		if (current == null) {
			current = new Worker(Thread.currentThread());
			CURRENT.set(current);
		}
		return current;
	}

	/**
	 * Return whether it may still do something.
	 * @return {@code false} for a thread that has died
	 */
	public boolean isAlive() {
		return this.thread == null || this.thread.isAlive();
	}

	/**
	 * Work on this thread.
	 * @param <T> the type of the result
	 * @param <X> what it throws
	 * @param work what to do
	 * @return what it returned
	 * @throws X what it threw, unchanged
	 */
	public <T extends @Nullable Object, X extends Throwable> T run(Work<T, X> work) throws X {
		Worker outer = CURRENT.get();
		CURRENT.set(this);
		try {
			return work.run();
		}
		finally {
			// To remove it would cost the next one a search
			CURRENT.set(outer);
		}
	}

	/**
	 * What a worker does.
	 *
	 * @param <T> the type of the result
	 * @param <X> what it throws
	 */
	@FunctionalInterface
	public interface Work<T extends @Nullable Object, X extends Throwable> {

		/**
		 * Run.
		 * @return the result
		 * @throws X whatever it throws
		 */
		T run() throws X;

	}

}
