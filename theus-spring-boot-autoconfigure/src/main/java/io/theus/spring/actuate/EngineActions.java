package io.theus.spring.actuate;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.theus.conflict.ConflictException;
import io.theus.error.TheusException;
import io.theus.history.History;
import io.theus.history.VersionNotKeptException;
import io.theus.state.StateChange;
import io.theus.store.CommitRecord;

/**
 * What an operator does with an engine. What cannot be done changes nothing and is
 * refused with the reason.
 */
final class EngineActions {

	private final History history;

	private final Viewer viewer;

	EngineActions(History history, Viewer viewer) {
		this.history = history;
		this.viewer = viewer;
	}

	/**
	 * Undo a commit.
	 * @param number the version that it made
	 * @param reason why
	 * @return what was done
	 */
	Reverted revert(@Nullable String number, @Nullable String reason) {
		Long version = Parameters.number("version", number, 1, Long.MAX_VALUE);
		if (version == null) {
			throw RefusedActionException.badRequest("'version' is missing, name the commit to undo");
		}
		if (reason == null || reason.isBlank()) {
			throw RefusedActionException.badRequest("'reason' is missing, say why the commit is undone");
		}
		requireSight(version);
		try {
			return new Reverted(version, this.history.revert(version, reason));
		}
		catch (VersionNotKeptException ex) {
			throw new RefusedActionException(RefusedActionException.NOT_FOUND, String.valueOf(ex.getMessage()), ex);
		}
		catch (ConflictException ex) {
			throw notUndone(version,
					this.viewer.seesEveryPath() ? ex.conflict().toString() : "what it wrote has changed since",
					"undo what came after it first", ex);
		}
		catch (TheusException ex) {
			throw notUndone(version,
					this.viewer.seesEveryPath() ? String.valueOf(ex.getMessage()) : "the state would not be valid",
					"change the state by another commit", ex);
		}
	}

	private static RefusedActionException notUndone(long version, String problem, String remedy, Throwable cause) {
		return new RefusedActionException(RefusedActionException.CONFLICT,
				"commit version=%d cannot be undone: %s, %s".formatted(version, problem, remedy), cause);
	}

	// Who may not know what a commit has done cannot undo it
	private void requireSight(long version) {
		Optional<CommitRecord> found = this.history.commits()
			.stream()
			.filter((commit) -> commit.version() == version)
			.findFirst();
		boolean withheld = found.isPresent()
				&& found.get().changes().stream().map(StateChange::path).anyMatch(this.viewer::isWithheld);
		if (withheld) {
			throw new RefusedActionException(RefusedActionException.FORBIDDEN,
					"commit version=%d cannot be undone by you: it has changed paths that are limited to other roles"
						.formatted(version));
		}
	}

	/**
	 * A commit that was undone.
	 *
	 * @param reverted the version that the commit had made
	 * @param version the version that was made by undoing it, or the newest one if there
	 * was nothing to undo
	 */
	record Reverted(long reverted, long version) {

	}

}
