package io.theus.spring.actuate;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

import io.theus.error.TheusException;
import io.theus.history.History;
import io.theus.path.Path;
import io.theus.path.Zone;
import io.theus.state.StateChange;
import io.theus.state.StateTree;
import io.theus.store.CommitRecord;

/**
 * Commits and differences as an operator sees them.
 */
final class HistoryView {

	private final History history;

	private final ShownValues values;

	private final boolean shown;

	HistoryView(History history, ShownValues values, boolean shown) {
		this.history = history;
		this.values = values;
		this.shown = shown;
	}

	// The newest first
	Commits commits(@Nullable String path, Page page) {
		List<CommitRecord> kept = asked(
				() -> (path != null && !path.isEmpty()) ? this.history.log(path) : this.history.commits());
		List<Commit> newest = Stream.iterate(kept.size() - 1, (index) -> index >= 0, (index) -> index - 1)
			.skip(page.offset())
			.limit(page.limit())
			.map((index) -> commit(kept.get(index)))
			.toList();
		return new Commits(kept.size(), page.offset(), newest);
	}

	Difference difference(long from, long to, Page page) {
		List<StateChange> changes = asked(() -> this.history.diff(from, to)).stream()
			.filter((change) -> !isPrivate(change.path()))
			.toList();
		return new Difference(from, to, changes.size(), page.offset(),
				page.of(changes).stream().map(this::change).toList());
	}

	private static <T> T asked(Question<T> question) {
		try {
			return question.answer();
		}
		catch (TheusException ex) {
			String problem = String.valueOf(ex.getMessage());
			throw new InvalidEndpointRequestException(problem, problem, ex);
		}
	}

	private Commit commit(CommitRecord record) {
		List<String> paths = record.changes()
			.stream()
			.map(StateChange::path)
			.filter((path) -> !isPrivate(path))
			.map(Path::toString)
			.toList();
		return new Commit(record.version(), record.time(), record.origin().toString(), paths, record.signals().size(),
				record.messages().size());
	}

	private Change change(StateChange change) {
		String path = change.path().toString();
		return new Change(path, change.isAddition() ? "added" : (change.isRemoval() ? "removed" : "changed"),
				render(path, change.before().orElse(null)), render(path, change.after().orElse(null)));
	}

	private boolean isPrivate(Path path) {
		return this.history.zoneOf(path) == Zone.PRIVATE;
	}

	// What has parts may have private ones
	private @Nullable Object render(String path, @Nullable Object value) {
		return StateTree.isContainer(value) ? StateView.summary(value) : this.values.render(path, value, this.shown);
	}

	@FunctionalInterface
	private interface Question<T> {

		T answer();

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
