package io.theus.audit;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.theus.AuditLevel;

/**
 * One entry of the trail.
 *
 * @param sequence its number, from 0 on, without gaps
 * @param time when
 * @param version the commit that it belongs to, {@code null} for what was not committed
 * @param kind what has happened
 * @param origin who did it: {@code process 'transfer'}
 * @param executionId the execution, {@code null} outside processes
 * @param rule the rule that was violated, {@code null} if it is about none
 * @param path where the value is that violates the rule, {@code null} if there is none
 * @param level what follows from a violation of the rule, {@code null} if there is none
 * @param count how often it was violated by then, 0 if there is none
 * @param message what is wrong, or why it was done
 * @param value the value as far as it is shown, {@code null} also for none
 * @since 0.1.0
 */
public record AuditEntry(long sequence, Instant time, @Nullable Long version, Kind kind, String origin,
		@Nullable String executionId, @Nullable String rule, @Nullable String path, @Nullable AuditLevel level,
		long count, String message, @Nullable String value) {

	/**
	 * What an entry tells.
	 */
	public enum Kind {

		/**
		 * A rule about inputs was violated.
		 */
		INPUT,

		/**
		 * A rule about outputs was violated.
		 */
		OUTPUT,

		/**
		 * An invariant was violated.
		 */
		INVARIANT,

		/**
		 * An execution has failed with an error that its process does not declare.
		 */
		FAILURE,

		/**
		 * The content of an array was read or written by one operation.
		 */
		ACCESS,

		/**
		 * An administrator has changed the state.
		 */
		EDIT,

		/**
		 * The engine has stopped.
		 */
		STOP,

		/**
		 * The engine was resumed.
		 */
		RESUME,

		/**
		 * A count was set to 0 by hand.
		 */
		RESET,

		/**
		 * Other recipes were put in force.
		 */
		RELOAD,

		/**
		 * Other recipes could not be put in force.
		 */
		RELOAD_FAILED

	}

}
