package io.theus.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.theus.telemetry.Activity;

/**
 * The one transaction of an engine within a surrounding one: all executions join it.
 *
 * @since 0.1.0
 */
// Used by the thread of the surrounding transaction only.
public final class SharedTransaction implements Participant {

	private final Scope scope;

	private final CommitPoint commitPoint;

	private final WatchedCommits watched;

	private final Begin begin;

	private final List<Consumer<@Nullable Throwable>> endings = new ArrayList<>();

	private @Nullable PreparedCommit prepared;

	private Activity activity = Activity.NONE;

	private boolean over;

	private @Nullable Throwable failure;

	SharedTransaction(Scope scope, CommitPoint commitPoint, WatchedCommits watched) {
		this.scope = scope;
		this.commitPoint = commitPoint;
		this.watched = watched;
		this.begin = new Begin(scope.savepoint(), 0);
	}

	/**
	 * Return access to the transaction.
	 * @return a scope bound by zones only
	 */
	public Scope scope() {
		return this.scope;
	}

	/**
	 * Hear of the end, at once if it has come already.
	 * @param ending called with {@code null} after the commit, with the reason after a
	 * refusal, and with a {@link RolledBackException} after a roll-back, also if that is
	 * one to a savepoint before this call
	 */
	public void whenOver(Consumer<@Nullable Throwable> ending) {
		if (this.over) {
			ending.accept(this.failure);
		}
		else {
			this.endings.add(ending);
		}
	}

	@Override
	public boolean isOpen() {
		return this.prepared == null && !this.over;
	}

	@Override
	public Object savepoint() {
		return new Begin(this.scope.savepoint(), this.endings.size());
	}

	// Executions that have ended within the part are over by now
	@Override
	public void rollbackTo(@Nullable Object savepoint) {
		Begin part = (savepoint != null) ? (Begin) savepoint : this.begin;
		this.scope.rollbackTo(part.state);
		List<Consumer<@Nullable Throwable>> ended = this.endings.subList(Math.min(part.endings, this.endings.size()),
				this.endings.size());
		List<Consumer<@Nullable Throwable>> told = List.copyOf(ended);
		ended.clear();
		RolledBackException rolledBack = new RolledBackException(this.scope.origin());
		told.forEach((ending) -> ending.accept(rolledBack));
	}

	@Override
	public void prepare() {
		if (!isOpen()) {
			return;
		}
		boolean done = false;
		try {
			this.activity = this.watched.begin(this.scope);
			this.prepared = this.activity.during(() -> this.scope.prepareAt(this.commitPoint));
			done = true;
		}
		catch (RuntimeException ex) {
			end(ex);
			done = true;
			throw ex;
		}
		finally {
			if (!done) {
				end(new RolledBackException(this.scope.origin()));
			}
		}
	}

	@Override
	public void publish() {
		prepare();
		PreparedCommit commit = this.prepared;
		if (commit != null && !this.over) {
			commit.publish();
			end(null);
		}
	}

	@Override
	public void drop() {
		if (this.over) {
			return;
		}
		if (this.prepared != null) {
			this.prepared.drop();
		}
		end(new RolledBackException(this.scope.origin()));
	}

	private void end(@Nullable Throwable reason) {
		this.over = true;
		this.failure = reason;
		this.scope.abandon();
		if (reason == null) {
			WatchedCommits.end(this.activity, CommitOutcome.COMMITTED);
		}
		else {
			this.commitPoint.failed(this.scope, this.scope.origin(), reason);
			WatchedCommits.failed(this.activity, reason);
		}
		this.endings.forEach((ending) -> ending.accept(reason));
	}

	/**
	 * Where a part begins.
	 *
	 * @param state what the transaction was
	 * @param endings how many wanted to hear of the end
	 */
	private record Begin(Scope.Savepoint state, int endings) {

	}

}
