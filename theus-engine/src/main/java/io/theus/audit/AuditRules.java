package io.theus.audit;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The rules that are in force.
 * <p>
 * Safe for use by several threads. An attempt looks its rules up once, so a replacement
 * counts from the next attempt on.
 *
 * @since 0.1.0
 */
public final class AuditRules {

	private volatile Map<String, ProcessAudit> byProcess = Map.of();

	/**
	 * Find the rules of a process.
	 * @param process its id
	 * @return the rules, {@code null} if there are none
	 */
	public @Nullable ProcessAudit find(String process) {
		Map<String, ProcessAudit> current = this.byProcess;
		return current.isEmpty() ? null : current.get(process);
	}

	/**
	 * Put other rules in force, all at once.
	 * @param newRules the rules by the ids of their processes
	 */
	public void replace(Map<String, ProcessAudit> newRules) {
		this.byProcess = Map.copyOf(newRules);
	}

}
