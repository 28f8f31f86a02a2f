package io.theus.store;

import org.jspecify.annotations.Nullable;

/**
 * Who commits.
 *
 * @param kind how the change came about
 * @param name the id of the process, or the reason of an edit
 * @param executionId the identity of the execution, {@code null} outside processes
 * @since 0.1.0
 */
public record CommitOrigin(Kind kind, String name, @Nullable String executionId) {

	/**
	 * Return whether this commit may touch what is PRIVATE.
	 * @return whether it is the initial state or the work of an administrator
	 */
	public boolean isAdministrative() {
		return switch (this.kind) {
			case INITIAL, EDIT, REVERT, RESTORE -> true;
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
		RESTORE("restore");

		private final String text;

		Kind(String text) {
			this.text = text;
		}

	}

}
