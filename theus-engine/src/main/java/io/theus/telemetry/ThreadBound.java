package io.theus.telemetry;

import org.jspecify.annotations.Nullable;

/**
 * What can be bound to a thread for a while, on one thread after the other or on several
 * at a time.
 * <p>
 * Implementations are safe for use by several threads and do not throw.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ThreadBound {

	/**
	 * Binds nothing.
	 */
	ThreadBound NOTHING = () -> Binding.NONE;

	/**
	 * Bind it to this thread.
	 * @return takes it from the thread again, which has what it had before
	 */
	Binding bind();

	/**
	 * Do something with it bound to this thread.
	 * @param <T> the type of the result
	 * @param <X> what it throws
	 * @param work what to do
	 * @return what it returned
	 * @throws X what it threw, unchanged
	 */
	default <T extends @Nullable Object, X extends Throwable> T during(Work<T, X> work) throws X {
		Binding binding = bind();
		try {
			return work.run();
		}
		finally {
			binding.close();
		}
	}

	/**
	 * Have it bound to whatever thread does something later.
	 * @param task what will be done
	 * @return the same with it bound
	 */
	default Runnable around(Runnable task) {
		return () -> {
			Binding binding = bind();
			try {
				task.run();
			}
			finally {
				binding.close();
			}
		};
	}

	/**
	 * Something that is bound to the thread that has bound it. Bindings of a thread end
	 * in the reverse order of their beginning.
	 */
	@FunctionalInterface
	interface Binding {

		/**
		 * Nothing is bound.
		 */
		Binding NONE = () -> {
		};

		/**
		 * Take it from the thread.
		 */
		void close();

	}

	/**
	 * What is done meanwhile.
	 *
	 * @param <T> the type of the result
	 * @param <X> what it throws
	 */
	@FunctionalInterface
	interface Work<T extends @Nullable Object, X extends Throwable> {

		/**
		 * Do it.
		 * @return the result
		 * @throws X whatever it throws
		 */
		T run() throws X;

	}

}
