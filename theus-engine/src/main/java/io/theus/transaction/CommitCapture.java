package io.theus.transaction;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.conflict.Worker;
import io.theus.state.Snapshot;

/**
 * Tells a caller which commits a call on its own thread has made.
 *
 * @param <T> the type of the result
 * @param result what the call returned
 * @param commits the versions that it made, in order, usually one or none
 * @since 0.1.0
 */
public record CommitCapture<T>(T result, List<Snapshot> commits) {

	private static final ThreadLocal<@Nullable List<Snapshot>> COMMITS = new ThreadLocal<>();

	/**
	 * Make a call and note its commits.
	 * @param <T> the type of the result
	 * @param call what to call
	 * @return its result and its commits
	 * @throws Throwable what the call threw, unchanged
	 */
	public static <T> CommitCapture<T> of(Frame.Body<T> call) throws Throwable {
		List<Snapshot> outer = COMMITS.get();
		List<Snapshot> commits = Collections.synchronizedList(new ArrayList<>(1));
		COMMITS.set(commits);
		try {
			T result = call.run();
			return new CommitCapture<>(result, List.copyOf(commits));
		}
		finally {
			COMMITS.set(outer);
		}
	}

	/**
	 * Let commits on other threads count as made by the call that is running on this one,
	 * which waits for them.
	 * @return where to make them
	 */
	public static Elsewhere elsewhere() {
		return new Elsewhere(COMMITS.get());
	}

	/**
	 * Let the commits of a call count that goes from thread to thread.
	 * @param commits where to note them, in order
	 * @return where to make them
	 */
	public static Elsewhere into(List<Snapshot> commits) {
		return new Elsewhere(commits);
	}

	// Listeners commit on their own account, whatever thread they are called on
	static void apart(Runnable listeners) {
		List<Snapshot> commits = COMMITS.get();
		COMMITS.set(null);
		try {
			listeners.run();
		}
		finally {
			COMMITS.set(commits);
		}
	}

	static void note(Snapshot snapshot) {
		List<Snapshot> commits = COMMITS.get();
		if (commits != null) {
			commits.add(snapshot);
		}
	}

	/**
	 * A call as it is seen from other threads.
	 */
	public static final class Elsewhere {

		private final @Nullable List<Snapshot> commits;

		Elsewhere(@Nullable List<Snapshot> commits) {
			this.commits = commits;
		}

		/**
		 * Do a part of the call on this thread.
		 * @param <T> the type of the result
		 * @param <X> what it throws
		 * @param part what to do
		 * @return what it returned
		 * @throws X what it threw, unchanged
		 */
		public <T extends @Nullable Object, X extends Throwable> T run(Worker.Work<T, X> part) throws X {
			List<Snapshot> outer = COMMITS.get();
			COMMITS.set(this.commits);
			try {
				return part.run();
			}
			finally {
				COMMITS.set(outer);
			}
		}

	}

}
