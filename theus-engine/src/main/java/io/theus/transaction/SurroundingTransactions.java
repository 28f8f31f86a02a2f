package io.theus.transaction;

import org.jspecify.annotations.Nullable;

/**
 * Transactions of another kind, such as those of a database, that work of engines can be
 * part of. Where one is running, it decides whether and when the engine commits.
 * <p>
 * Implementations are safe for use by several threads.
 *
 * @since 0.1.0
 */
public interface SurroundingTransactions {

	/**
	 * There are none.
	 */
	SurroundingTransactions NONE = new SurroundingTransactions() {

		@Override
		public boolean isActive() {
			return false;
		}

		@Override
		public @Nullable Participant enlisted(Object engine) {
			return null;
		}

		@Override
		public void enlist(Object engine, Participant participant) {
			throw new IllegalStateException("there is no transaction to be part of");
		}

		@Override
		public void setRollbackOnly() {
			throw new IllegalStateException("there is no transaction to roll back");
		}

	};

	/**
	 * Return whether one is running on this thread.
	 * @return whether it will commit or roll back what takes part in it
	 */
	boolean isActive();

	/**
	 * Return the part that an engine has in the running transaction.
	 * @param engine the identity of the engine
	 * @return the participant, {@code null} if there is none
	 */
	@Nullable Participant enlisted(Object engine);

	/**
	 * Take part in the running transaction.
	 * @param engine the identity of the engine
	 * @param participant told about the end of the transaction
	 */
	void enlist(Object engine, Participant participant);

	/**
	 * Let the running transaction roll back, whatever its owner thinks of the failure.
	 */
	void setRollbackOnly();

}
