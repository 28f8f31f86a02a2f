package io.theus.audit;

import org.jspecify.annotations.Nullable;

import io.theus.AuditLevel;
import io.theus.audit.rule.Violation;
import io.theus.error.TheusException;

/**
 * An audit rule or an invariant has refused some work, nothing of which remains. The
 * message does not show the value.
 *
 * @since 0.1.0
 */
public abstract class AuditException extends TheusException {

	private final String rule;

	private final @Nullable String process;

	private final String path;

	private final String problem;

	private final AuditLevel level;

	private final long count;

	AuditException(Violation violation, long count, String remedy) {
		super("audit rule '%s' is violated: %s, path=%s, level=%s, count=%d, %s".formatted(violation.rule().id(),
				violation.message(), violation.path(), violation.rule().policy().level(), count, remedy));
		this.rule = violation.rule().id();
		this.process = violation.rule().process();
		this.path = violation.path();
		this.problem = violation.message();
		this.level = violation.rule().policy().level();
		this.count = count;
	}

	/**
	 * Return which rule has refused the work.
	 * @return its id, as in the counters
	 */
	public String rule() {
		return this.rule;
	}

	/**
	 * Return whose rule it is.
	 * @return the id of the process, {@code null} for an invariant
	 */
	public @Nullable String process() {
		return this.process;
	}

	/**
	 * Return where the value is that violates the rule.
	 * @return the name of an argument with a path into it, or a path of the state
	 */
	public String path() {
		return this.path;
	}

	/**
	 * Return what is wrong.
	 * @return the message of the rule, or of its check
	 */
	public String problem() {
		return this.problem;
	}

	/**
	 * Return what follows from a violation of the rule.
	 * @return the level
	 */
	public AuditLevel level() {
		return this.level;
	}

	/**
	 * Return how often the rule was violated by then.
	 * @return the count, this time included
	 */
	public long count() {
		return this.count;
	}

}
