package io.theus.audit;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.theus.AuditLevel;
import io.theus.store.Verdict;

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
	 * Return how many violations there were since the start of the engine, counted once
	 * for an execution that has committed or failed for good.
	 * @param level what follows from them
	 * @param kind what they are about
	 * @param tolerated whether they were tolerated, or else have refused some work
	 * @return the number of violations
	 */
	public long violations(AuditLevel level, Verdict.Kind kind, boolean tolerated) {
		return this.auditor.violations().get(level, kind, tolerated);
	}

	/**
	 * Hand entries to a sink, from the oldest one on that is kept, until the engine is
	 * closed.
	 * @param sink the sink
	 */
	public void follow(AuditSink sink) {
		this.auditor.follow(sink);
	}

	/**
	 * Return how many entries were overwritten before a sink had them.
	 * @return the number of entries, for each sink that has missed them
	 */
	public long missed() {
		return this.auditor.missed();
	}

	/**
	 * Wait until the sinks have all entries that were written so far.
	 * @param timeout how long to wait at most
	 * @return whether they have; {@code false} also if the thread is interrupted
	 */
	public boolean drain(Duration timeout) {
		return this.auditor.drain(timeout);
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
