package io.theus.audit;

import java.util.Map;
import java.util.Optional;

/**
 * What the audit of an engine has found.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class Audit {

	private final Auditor auditor;

	/**
	 * Create the view.
	 * @param auditor keeps count and trail
	 */
	public Audit(Auditor auditor) {
		this.auditor = auditor;
	}

	/**
	 * Return the last entries.
	 * @return the trail
	 */
	public AuditTrail trail() {
		return this.auditor.trail();
	}

	/**
	 * Return how often rules are violated and processes fail, since they last did not
	 * where success resets the count.
	 * @return the counts that are not 0, by rule or process
	 */
	public Map<String, Long> counts() {
		return this.auditor.counters().all();
	}

	/**
	 * Set a count to 0.
	 * @param id the rule or process
	 * @return whether it was not 0
	 */
	public boolean reset(String id) {
		return this.auditor.reset(id);
	}

	/**
	 * Return why the engine is stopped.
	 * @return the cause, empty if it is not
	 */
	public Optional<EngineStop> stop() {
		return Optional.ofNullable(this.auditor.stop());
	}

}
