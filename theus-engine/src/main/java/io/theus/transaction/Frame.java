package io.theus.transaction;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.theus.store.CommitOrigin;

/**
 * Who runs on this thread in which transaction: the outermost owner or a process that
 * joined it.
 *
 * @param name the id of the process, or the name of the explicit transaction
 * @param executionId the identity of the execution, empty for an explicit transaction
 * @param attempt which attempt of the execution this is, 1 for the first
 * @param scope guarded access to the transaction
 * @since 0.1.0
 */
public record Frame(String name, String executionId, int attempt, Scope scope) {

	private static final ThreadLocal<@Nullable Frame> CURRENT = new ThreadLocal<>();

	/**
	 * Return what runs on this thread.
	 * @return the innermost frame, {@code null} if no transaction is running
	 */
	public static @Nullable Frame current() {
		return CURRENT.get();
	}

	static Frame outermost(CommitOrigin origin, Scope scope) {
		return new Frame(origin.name(), "", 1, scope);
	}

	/**
	 * Run with this frame as the innermost one.
	 * @param <T> the type of the result
	 * @param body what to run
	 * @return what it returned
	 * @throws Throwable what it threw, unchanged
	 */
	public <T> T run(Body<T> body) throws Throwable {
		Frame outer = CURRENT.get();
		CURRENT.set(this);
		try {
			return body.run();
		}
		finally {
			// Null rather than remove: the next transaction of this thread finds its slot
			CURRENT.set(outer);
		}
	}

	<T> T call(Supplier<T> body) {
		Frame outer = CURRENT.get();
		CURRENT.set(this);
		try {
			return body.get();
		}
		finally {
			CURRENT.set(outer);
		}
	}

	/**
	 * What runs in a frame.
	 *
	 * @param <T> the type of the result
	 */
	@FunctionalInterface
	public interface Body<T> {

		/**
		 * Run.
		 * @return the result
		 * @throws Throwable whatever the body throws
		 */
		T run() throws Throwable;

	}

}
