package io.theus.spring.actuate;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.theus.conflict.ConflictException;
import io.theus.engine.TheusEngine;
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

	private final TheusEngine engine;

	private final History history;

	private final Viewer viewer;

	EngineActions(TheusEngine engine, Viewer viewer) {
		this.engine = engine;
		this.history = engine.history();
		this.viewer = viewer;
	}

	/**
	 * Have a stopped engine go on.
	 * @param reason why
	 * @return what was done
	 */
	Resumed resume(@Nullable String reason) {
		String given = require(reason, "say why the engine goes on");
		try {
			this.engine.resume(given);
		}
		catch (IllegalStateException ex) {
			throw new RefusedActionException(RefusedActionException.CONFLICT, String.valueOf(ex.getMessage()), ex);
		}
		return new Resumed(this.engine.state().version());
	}

	private static String require(@Nullable String reason, String remedy) {
		if (reason == null || reason.isBlank()) {
			throw RefusedActionException.badRequest("'reason' is missing, " + remedy);
		}
		return reason;
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
		String given = require(reason, "say why the commit is undone");
		requireSight(version);
		try {
			long made = this.history.revert(version, given);
			return new Reverted(version, made);
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
	 * An engine that goes on.
	 *
	 * @param version the version of the state
	 */
	record Resumed(long version) {

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
