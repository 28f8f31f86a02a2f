package io.theus.audit.rule;

import org.jspecify.annotations.Nullable;

/**
 * A rule that does not hold.
 *
 * @param rule the rule
 * @param path where the value is: the name of an argument with a path into it, or a path
 * of the state
 * @param value the value, which nobody sees who may not; {@code null} also for none
 * @param problem what is wrong with it, without the value: {@code is above max=10000}
 * @since 0.1.0
 */
public record Violation(AuditRule rule, String path, @Nullable Object value, String problem) {

	/**
	 * Say what is wrong.
	 * @return the message of the rule, or else what its check says
	 */
	public String message() {
		String own = this.rule.message();
		return (own != null) ? own : "'%s' %s".formatted(this.path, this.problem);
	}

}
