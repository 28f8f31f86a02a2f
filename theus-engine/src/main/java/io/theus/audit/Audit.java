package io.theus.audit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.theus.AuditLevel;
import io.theus.audit.recipe.AuditRecipe;
import io.theus.audit.recipe.AuditedProcesses;
import io.theus.audit.recipe.EnforcedRule;
import io.theus.audit.recipe.InvalidAuditRecipeException;
import io.theus.audit.recipe.ProcessAudit;
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

	private final AuditedProcesses processes;

	/**
	 * Create the view.
	 * @param auditor keeps count and trail
	 * @param processes the processes that recipes can name
	 */
	public Audit(Auditor auditor, AuditedProcesses processes) {
		this.auditor = auditor;
		this.processes = processes;
	}

	/**
	 * Check that the recipes can be enforced that were given to the builder of the
	 * engine. To be called by whoever registers processes, when all are registered.
	 * @throws InvalidAuditRecipeException if one names what does not exist
	 */
	public void checkRecipes() {
		this.auditor.rules().bind(this.processes);
	}

	/**
	 * Put other recipes in force, all at once. Executions that run go on under the rules
	 * that they began with; counts remain. In a fork, they are in force for the fork
	 * only.
	 * @param recipes all recipes that are to be in force
	 * @throws InvalidAuditRecipeException if one cannot be enforced; then those before
	 * stay in force
	 */
	public void enforce(List<AuditRecipe> recipes) {
		this.auditor.enforce(recipes, this.processes);
	}

	/**
	 * Note in the trail that other recipes could not even be read. {@link #enforce(List)}
	 * notes by itself what it throws.
	 * @param reason why not; of an exception that is not one of the engine only the type
	 * is noted
	 */
	public void rejected(RuntimeException reason) {
		this.auditor.rejected(reason);
	}

	/**
	 * Return the rules that are in force.
	 * @return the rules in the order of the names of their processes, and for each
	 * process in the order in which they are checked
	 */
	public List<EnforcedRule> rules() {
		return new TreeMap<>(this.auditor.rules().all()).values()
			.stream()
			.flatMap((audit) -> audit.rules().stream())
			.toList();
	}

	/**
	 * Return the rules that are in force for a process.
	 * @param process its id
	 * @return the rules in the order in which they are checked, none if there are none
	 */
	public List<EnforcedRule> rules(String process) {
		ProcessAudit audit = this.auditor.rules().find(process);
		return (audit != null) ? audit.rules() : List.of();
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
