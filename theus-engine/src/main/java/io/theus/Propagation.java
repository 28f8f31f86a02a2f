package io.theus;

/**
 * What a process does where a transaction is running already.
 *
 * @since 0.1.0
 */
public enum Propagation {

	/**
	 * It joins the transaction and commits with it. If it fails, nothing of it remains,
	 * also when the caller catches the exception. Where none is running, it has its own.
	 */
	REQUIRED,

	/**
	 * It has a transaction of its own, with attempts of its own: it commits whatever
	 * becomes of the caller, and the caller keeps its snapshot.
	 */
	REQUIRES_NEW,

	/**
	 * It is a part of the transaction, from a savepoint on. A process that joins always
	 * is, so this says that its callers count on it and is otherwise {@link #REQUIRED}.
	 */
	NESTED

}
