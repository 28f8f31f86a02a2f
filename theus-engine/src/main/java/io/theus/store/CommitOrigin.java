package io.theus.store;

import org.jspecify.annotations.Nullable;

/**
 * Who commits.
 *
 * @param kind how the change came about
 * @param name the id of the process, or the reason of an edit
 * @param executionId the identity of the execution, {@code null} outside processes
 * @param place which step of a run this is, {@code null} outside of runs
 * @since 0.1.0
 */
public record CommitOrigin(Kind kind, String name, @Nullable String executionId, @Nullable RunPlace place) {

	/**
	 * Create the origin of a commit outside of runs.
	 * @param kind how the change came about
	 * @param name the id of the process, or the reason of an edit
	 * @param executionId the identity of the execution, {@code null} outside processes
	 */
	public CommitOrigin(Kind kind, String name, @Nullable String executionId) {
		this(kind, name, executionId, null);
	}

	/**
	 * Return whether this commit is above the rules that bind others, so that it may
	 * touch what is PRIVATE and is made while the engine is stopped.
	 * @return whether it is the initial state, the work of an administrator, or the stop
	 * or resumption itself
	 */
	public boolean isAdministrative() {
		return switch (this.kind) {
			case INITIAL, EDIT, REVERT, RESTORE, STOP, RESUME -> true;
			case PROCESS, TRANSACTION, COMPARE_AND_SWAP -> false;
		};
	}

	@Override
	public String toString() {
		return this.name.isEmpty() ? this.kind.text : this.kind.text + " '" + this.name + "'";
	}

	/**
	 * How a change came about.
	 */
	public enum Kind {

		/**
		 * The initial state.
		 */
		INITIAL("initial state"),

		/**
		 * A process.
		 */
		PROCESS("process"),

		/**
		 * An explicit transaction.
		 */
		TRANSACTION("transaction"),

		/**
		 * A compare-and-swap.
		 */
		COMPARE_AND_SWAP("compare-and-swap"),

		/**
		 * An administrative edit.
		 */
		EDIT("edit"),

		/**
		 * A commit that undoes another one.
		 */
		REVERT("revert"),

		/**
		 * A return to an earlier version.
		 */
		RESTORE("restore"),

		/**
		 * The stop of the engine by an audit rule.
		 */
		STOP("stop"),

		/**
		 * The end of a stop.
		 */
		RESUME("resume");

		private final String text;

		Kind(String text) {
			this.text = text;
		}

	}

}
