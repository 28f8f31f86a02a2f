package io.theus.history;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.path.Path;
import io.theus.path.Zone;
import io.theus.path.Zones;
import io.theus.state.Snapshot;
import io.theus.state.State;
import io.theus.state.StateChange;
import io.theus.state.StateTree;
import io.theus.state.VolatilePaths;
import io.theus.store.CommitLog;
import io.theus.store.CommitOrigin.Kind;
import io.theus.store.CommitRecord;
import io.theus.transaction.Scope;
import io.theus.transaction.Transactions;

/**
 * The last versions of the state and the commits that made them. Going back is a new
 * commit: logs, constants, heavy references and sent messages stay as they are.
 * <p>
 * Safe for use by several threads. Looking at an earlier version never waits and never
 * holds up a commit.
 *
 * @since 0.1.0
 */
public final class History {

	private final Transactions transactions;

	private final CommitLog commits;

	private final Zones zones;

	private final VolatilePaths volatiles;

	/**
	 * Create the history of an engine.
	 * @param transactions keeps the versions
	 * @param commits keeps the commits
	 * @param zones the zone resolver
	 * @param volatiles what has no history
	 */
	public History(Transactions transactions, CommitLog commits, Zones zones, VolatilePaths volatiles) {
		this.volatiles = volatiles;
		this.transactions = transactions;
		this.commits = commits;
		this.zones = zones;
	}

	/**
	 * Return the oldest version that is kept.
	 * @return its number
	 */
	public long oldest() {
		return this.transactions.oldestVersion();
	}

	/**
	 * Return an earlier version.
	 * @param version its number
	 * @return the state as it was
	 * @throws VersionNotKeptException if it is too old or was not made yet
	 */
	public State at(long version) {
		return snapshot(version);
	}

	private Snapshot snapshot(long version) {
		Snapshot found = this.transactions.at(version);
		if (found == null) {
			throw notKept(version);
		}
		return found;
	}

	private VersionNotKeptException notKept(long version) {
		return new VersionNotKeptException(version, oldest(), this.transactions.head().version());
	}

	/**
	 * List what differs between two versions, whatever their order. What is volatile has
	 * no history.
	 * @param from the version to begin with
	 * @param to the version to end with
	 * @return the smallest parts that differ, with the values in both
	 * @throws VersionNotKeptException if one of them is not kept
	 */
	public List<StateChange> diff(long from, long to) {
		return this.volatiles.without(snapshot(from).diff(snapshot(to)));
	}

	/**
	 * Return the commits that are kept.
	 * @return the commits, oldest first
	 */
	public List<CommitRecord> commits() {
		return this.commits.read(oldest() - 1);
	}

	/**
	 * Tell how the versions and commits are kept.
	 * @return what is kept now
	 */
	public StoreStatus store() {
		return new StoreStatus(this.commits.kind(), this.commits.isDurable(), this.transactions.head().version(),
				oldest(), commits().size(), this.commits.capacity());
	}

	/**
	 * Return the commits that changed something at, above or below a path.
	 * @param path the path
	 * @return the commits that are kept, oldest first
	 */
	public List<CommitRecord> log(String path) {
		Path subject = Path.parse(path);
		return commits().stream().filter((commit) -> concerns(commit, subject)).toList();
	}

	private static boolean concerns(CommitRecord commit, Path subject) {
		return commit.changes()
			.stream()
			.map(StateChange::path)
			.anyMatch((changed) -> changed.startsWith(subject) || subject.startsWith(changed));
	}

	/**
	 * Return the zone of a path that a commit has changed.
	 * @param path the path
	 * @return its zone, which tells who may see it
	 */
	public Zone zoneOf(Path path) {
		return this.zones.of(path);
	}

	/**
	 * Undo a commit: what it changed is set back to what was there before.
	 * @param version the version that it made
	 * @param reason why, for the record; not blank
	 * @return the version that was made, or the newest one if there was nothing to undo
	 * @throws VersionNotKeptException if the commit is not kept
	 * @throws io.theus.conflict.ConflictException if something that it wrote has changed
	 * since
	 */
	public long revert(long version, String reason) {
		CommitRecord commit = this.commits.read(version - 1)
			.stream()
			.filter((each) -> each.version() == version)
			.findFirst()
			.orElseThrow(() -> notKept(version));
		return this.transactions.administer(Kind.REVERT, reason, false, (scope) -> {
			for (StateChange change : commit.changes()) {
				if (canGoBack(change)) {
					Object after = change.isRemoval() ? StateTree.ABSENT : change.after().orElse(null);
					this.transactions.assertValue(scope, change.path(), after, version);
					put(scope, change.path(), change.isAddition(), change.before().orElse(null));
				}
			}
		});
	}

	/**
	 * Set everything to an earlier version.
	 * @param version its number
	 * @param reason why, for the record; not blank
	 * @return the version that was made, or the newest one if nothing differs
	 * @throws VersionNotKeptException if it is not kept
	 */
	public long restore(long version, String reason) {
		Snapshot target = snapshot(version);
		return this.transactions.administer(Kind.RESTORE, reason, true, (scope) -> {
			scope.watchEverything();
			for (StateChange change : this.volatiles.without(scope.base().diff(target))) {
				if (canGoBack(change)) {
					put(scope, change.path(), change.isRemoval(), change.after().orElse(null));
				}
			}
		});
	}

	private static void put(Scope scope, Path path, boolean absent, @Nullable Object value) {
		if (absent) {
			scope.remove(path);
		}
		else {
			scope.set(path, value);
		}
	}

	private boolean canGoBack(StateChange change) {
		Zone zone = zoneOf(change.path());
		return zone != Zone.LOG && zone != Zone.CONSTANT && zone != Zone.HEAVY;
	}

}
