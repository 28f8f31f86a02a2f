package io.theus.audit;

/**
 * Receives the entries of the trail, in the order of their numbers.
 * <p>
 * A sink is called on a thread of the engine that serves all sinks, so one that takes its
 * time holds up the others, though never who writes an entry. Each entry is handed over
 * once: one for which the sink fails is not handed over again, and one that is
 * overwritten before its turn is missed, which is counted and logged.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AuditSink {

	/**
	 * Take an entry.
	 * @param entry the entry
	 * @throws Exception if that fails; the failure is logged, later entries follow
	 */
	void accept(AuditEntry entry) throws Exception;

}
