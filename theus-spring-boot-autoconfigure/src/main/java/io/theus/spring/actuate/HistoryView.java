package io.theus.spring.actuate;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.theus.history.History;
import io.theus.history.VersionNotKeptException;
import io.theus.path.Path;
import io.theus.state.State;
import io.theus.state.StateChange;
import io.theus.state.StateTree;
import io.theus.store.CommitRecord;

/**
 * Commits and differences as an operator sees them.
 */
final class HistoryView {

	private final History history;

	private final Viewer viewer;

	private final TreeRendering rendering;

	HistoryView(History history, Viewer viewer) {
		this.history = history;
		this.viewer = viewer;
		this.rendering = new TreeRendering(viewer, null);
	}

	// The newest first
	Commits commits(@Nullable String path, Page page) {
		Path subject = (path != null && !path.isEmpty()) ? StateView.parse(path) : null;
		List<CommitRecord> kept = (subject != null) ? concerning(subject) : this.history.commits();
		return new Commits(kept.size(), page.offset(), page.ofReversed(kept).stream().map(this::commit).toList());
	}

	// Not what concerns it by something that the caller does not see
	private List<CommitRecord> concerning(Path subject) {
		if (!this.viewer.sees(subject)) {
			return List.of();
		}
		return this.history.commits()
			.stream()
			.filter((commit) -> seen(commit)
				.anyMatch((changed) -> changed.startsWith(subject) || subject.startsWith(changed)))
			.toList();
	}

	private Stream<Path> seen(CommitRecord commit) {
		return commit.changes().stream().map(StateChange::path).filter(this.viewer::sees);
	}

	Difference difference(long from, long to, Page page) {
		List<StateChange> changes = asked(() -> this.history.diff(from, to)).stream()
			.filter((change) -> this.viewer.sees(change.path()))
			.sorted(Comparator.comparing(StateChange::path))
			.toList();
		return new Difference(from, to, changes.size(), page.offset(),
				page.of(changes).stream().map(this::change).toList());
	}

	/**
	 * Return what an earlier version was like.
	 * @param version its number
	 * @return the state
	 * @throws RefusedActionException if it is not kept
	 */
	State at(long version) {
		return asked(() -> this.history.at(version));
	}

	private static <T> T asked(Supplier<T> question) {
		try {
			return question.get();
		}
		catch (VersionNotKeptException ex) {
			throw new RefusedActionException(RefusedActionException.NOT_FOUND, String.valueOf(ex.getMessage()), ex);
		}
	}

	private Commit commit(CommitRecord record) {
		long signals = record.signals().stream().filter((signal) -> this.viewer.seesTopic(signal.topic())).count();
		return new Commit(record.version(), record.time(), record.origin().toString(),
				seen(record).map(Path::toString).toList(), (int) signals, record.messages().size());
	}

	private Change change(StateChange change) {
		return new Change(change.path().toString(),
				change.isAddition() ? "added" : (change.isRemoval() ? "removed" : "changed"),
				render(change.path(), change.before().orElse(null)),
				render(change.path(), change.after().orElse(null)));
	}

	// What has parts may have ones that the caller does not see
	private @Nullable Object render(Path path, @Nullable Object value) {
		return StateTree.isContainer(value) ? this.rendering.summary(path, value)
				: this.viewer.scalar(path.toString(), value);
	}

	/**
	 * Some of the commits that are kept, the newest first.
	 *
	 * @param total how many are kept
	 * @param offset how many are left out before these
	 * @param commits the commits
	 */
	record Commits(int total, int offset, List<Commit> commits) {

	}

	/**
	 * A commit.
	 *
	 * @param version the version that it made
	 * @param time when
	 * @param origin who
	 * @param changed the paths that it changed
	 * @param signals how many signals it published
	 * @param messages how many messages it sent
	 */
	record Commit(long version, Instant time, String origin, List<String> changed, int signals, int messages) {

	}

	/**
	 * Some of what differs between two versions.
	 *
	 * @param from the version to begin with
	 * @param to the version to end with
	 * @param total how many parts differ
	 * @param offset how many are left out before these
	 * @param changes the parts
	 */
	record Difference(long from, long to, int total, int offset, List<Change> changes) {

	}

	/**
	 * A part that differs.
	 *
	 * @param path where
	 * @param kind {@code added}, {@code removed} or {@code changed}
	 * @param before the value in the first version, masked unless values are shown
	 * @param after the value in the second version, masked unless values are shown
	 */
	record Change(String path, String kind, @Nullable Object before, @Nullable Object after) {

	}

}
