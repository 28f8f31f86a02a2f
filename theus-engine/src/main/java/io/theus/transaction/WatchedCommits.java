package io.theus.transaction;

import io.theus.state.Snapshot;
import io.theus.telemetry.Activity;

/**
 * Tells those who watch when commits begin and how they end.
 */
final class WatchedCommits {

	static final WatchedCommits NONE = new WatchedCommits(CommitTelemetry.NONE);

	private final CommitTelemetry telemetry;

	WatchedCommits(CommitTelemetry telemetry) {
		this.telemetry = telemetry;
	}

	/**
	 * Commit or refuse as a whole.
	 * @param scope the transaction, which is ended either way
	 * @param point where to commit it
	 * @return the version that was made, or the one that was read if there was nothing to
	 * do
	 */
	Snapshot commit(Scope scope, CommitPoint point) {
		Activity activity = begin(scope);
		if (activity == Activity.NONE) {
			return scope.commitAt(point);
		}
		long base = scope.base().version();
		try {
			Snapshot made = activity.during(() -> scope.commitAt(point));
			end(activity, (made.version() != base) ? CommitOutcome.COMMITTED : CommitOutcome.UNCHANGED);
			return made;
		}
		catch (Throwable ex) {
			failed(activity, ex);
			throw ex;
		}
	}

	/**
	 * A transaction begins to commit.
	 * @param scope the transaction
	 * @return the commit, to be ended here
	 */
	Activity begin(Scope scope) {
		if (this.telemetry == CommitTelemetry.NONE || scope.transaction().isReadOnly()) {
			return Activity.NONE;
		}
		return this.telemetry.begin(scope.origin());
	}

	static void end(Activity activity, CommitOutcome outcome) {
		activity.end(outcome.name(), null);
	}

	static void failed(Activity activity, Throwable failure) {
		activity.end(CommitOutcome.of(failure).name(), failure);
	}

}
