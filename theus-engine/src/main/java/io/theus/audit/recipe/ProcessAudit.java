package io.theus.audit.recipe;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.audit.rule.Findings;
import io.theus.audit.rule.AuditPolicy;

/**
 * The rules of one process.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public interface ProcessAudit {

	/**
	 * Return what counts for the process as a whole.
	 * @return when its count of failed executions is reset, and from when on a failure is
	 * a warning
	 */
	AuditPolicy policy();

	/**
	 * Check what a call begins with.
	 * @param call the call
	 * @param findings hears what is violated and what is kept
	 * @throws io.theus.error.TheusException if a violation is not tolerated
	 */
	void checkInputs(AuditCall call, Findings findings);

	/**
	 * Bind the rules about what the process writes to a call.
	 * @param call the call
	 * @return the rules, {@code null} if there are none
	 */
	@Nullable OutputGate outputs(AuditCall call);

	/**
	 * Describe the rules.
	 * @return what is known of them, in the order in which they are checked
	 */
	default List<EnforcedRule> rules() {
		return List.of();
	}

}
