package io.theus.store;

import org.jspecify.annotations.Nullable;

import io.theus.AuditLevel;

/**
 * What an audit rule or an invariant had to say about a commit that was made all the
 * same.
 *
 * @param rule the rule
 * @param kind what the rule is about
 * @param process the process whose rule it is, {@code null} for an invariant
 * @param path where the value is that violates it: the name of an argument with a path
 * into it, or a path of the state
 * @param level what follows
 * @param count how often the rule was violated by then, this time included
 * @param message what is wrong, without the value
 * @since 0.1.0
 */
public record Verdict(String rule, Kind kind, @Nullable String process, String path, AuditLevel level, long count,
		String message) {

	/**
	 * What a rule is about.
	 */
	public enum Kind {

		/**
		 * What a process is called with, and the state that it begins with.
		 */
		INPUT,

		/**
		 * What a process writes.
		 */
		OUTPUT,

		/**
		 * The state as a whole, whoever writes it.
		 */
		INVARIANT

	}

}
