package io.theus.run;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks at conditions when the state has changed.
 */
// A commit asks for one more look and does not wait for it. The request is taken back
// before the look begins, so a commit during it leads to another one, and many commits
// lead to few.
final class StateWatch {

	private final Executor executor;

	private final Set<Runnable> conditions = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean requested = new AtomicBoolean();

	StateWatch(Executor executor) {
		this.executor = executor;
	}

	Runnable add(Runnable condition) {
		this.conditions.add(condition);
		return () -> this.conditions.remove(condition);
	}

	/**
	 * A commit has happened.
	 */
	void changed() {
		if (this.conditions.isEmpty() || !this.requested.compareAndSet(false, true)) {
			return;
		}
		try {
			this.executor.execute(() -> {
				this.requested.set(false);
				this.conditions.forEach(Runnable::run);
			});
		}
		catch (RejectedExecutionException ex) {
			// Runs end with the engine
		}
	}

}
