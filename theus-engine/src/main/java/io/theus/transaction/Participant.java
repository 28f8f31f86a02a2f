package io.theus.transaction;

import org.jspecify.annotations.Nullable;

/**
 * The engine's part in a transaction of another kind, in two phases: it is prepared
 * before the other commits, and published or dropped after.
 *
 * @since 0.1.0
 */
public interface Participant {

	/**
	 * Validate and hold everything that the commit depends on, so that publishing cannot
	 * fail.
	 * @throws RuntimeException if the commit is refused; nothing is held then
	 */
	void prepare();

	/**
	 * Make the commit. What was not prepared is prepared first, which may be refused.
	 */
	void publish();

	/**
	 * Forget everything. Nothing happens if it was published.
	 */
	void drop();

	/**
	 * Remember where the work stands.
	 * @return what {@link #rollbackTo} leads back to
	 */
	Object savepoint();

	/**
	 * Forget a part of the work.
	 * @param savepoint what was returned when the part began, {@code null} for all of it
	 */
	void rollbackTo(@Nullable Object savepoint);

	/**
	 * Return whether work can still become part of it.
	 * @return {@code false} once it is prepared, published or dropped
	 */
	boolean isOpen();

}
