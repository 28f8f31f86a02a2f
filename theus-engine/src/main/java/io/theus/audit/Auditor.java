package io.theus.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.AuditLevel;
import io.theus.audit.AuditEntry.Kind;
import io.theus.audit.recipe.AuditRecipe;
import io.theus.audit.recipe.AuditRules;
import io.theus.audit.recipe.AuditedProcesses;
import io.theus.audit.recipe.ProcessAudit;
import io.theus.audit.rule.AuditRule;
import io.theus.audit.rule.Violation;
import io.theus.error.TheusException;
import io.theus.store.CommitOrigin;

/**
 * Keeps count and trail for one engine. For parts of the engine; {@link Audit} is for
 * those who look.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class Auditor {

	private static final Logger logger = LoggerFactory.getLogger(Auditor.class);

	private final AuditRules rules;

	private final AuditCounters counters = new AuditCounters();

	private final AuditTrail trail;

	private final ValueMask mask;

	private final Clock clock;

	private final ViolationCounts violations = new ViolationCounts();

	private volatile @Nullable EngineStop stop;

	private volatile @Nullable AuditFollower follower;

	/**
	 * Create an auditor.
	 * @param rules the rules
	 * @param trail the trail
	 * @param mask decides what the trail shows of values
	 * @param clock gives the time of entries
	 */
	public Auditor(AuditRules rules, AuditTrail trail, ValueMask mask, Clock clock) {
		this.rules = rules;
		this.trail = trail;
		this.mask = mask;
		this.clock = clock;
	}

	/**
	 * Make one for a fork, with counts and a trail of its own.
	 * @param ownRules the rules of the fork
	 * @return the auditor
	 */
	public Auditor fork(AuditRules ownRules) {
		return new Auditor(ownRules, new AuditTrail(this.trail.capacity()), this.mask, this.clock);
	}

	/**
	 * Return the rules.
	 * @return what is in force
	 */
	public AuditRules rules() {
		return this.rules;
	}

	/**
	 * Begin with a new attempt.
	 * @param execution whom rules are asked about first
	 * @return nothing said so far
	 */
	public Verdicts verdicts(CommitOrigin execution) {
		return new Verdicts(this, execution);
	}

	/**
	 * Hand entries to a sink, from the oldest one on that is kept.
	 * @param sink the sink
	 */
	public synchronized void follow(AuditSink sink) {
		AuditFollower current = this.follower;
		if (current == null) {
			current = new AuditFollower(this.trail);
			this.follower = current;
			current.start();
		}
		current.add(sink);
	}

	/**
	 * Hand over to the sinks what is left, and nothing any more.
	 * @param timeout how long to wait for them at most
	 */
	public void close(Duration timeout) {
		AuditFollower current = this.follower;
		if (current != null) {
			current.close(timeout);
		}
	}

	boolean drain(Duration timeout) {
		AuditFollower current = this.follower;
		return current == null || current.drain(timeout);
	}

	long missed() {
		AuditFollower current = this.follower;
		return (current != null) ? current.missed() : 0;
	}

	ViolationCounts violations() {
		return this.violations;
	}

	AuditCounters counters() {
		return this.counters;
	}

	AuditTrail trail() {
		return this.trail;
	}

	Instant now() {
		return this.clock.instant();
	}

	/**
	 * Return why the engine is stopped.
	 * @return the cause, {@code null} if it is not
	 */
	public @Nullable EngineStop stop() {
		return this.stop;
	}

	/**
	 * Say whether work is refused. For the commit point, under its lock.
	 * @param cause why the engine stops, {@code null} to let it go on
	 */
	public void stop(@Nullable EngineStop cause) {
		this.stop = cause;
	}

	/**
	 * Note that the engine has stopped.
	 * @param cause why
	 */
	public void stopped(EngineStop cause) {
		logger.error(
				"Engine is stopped: rule '{}' was violated by {}: {}, path={}, version={}; it refuses all work until it is resumed with a reason",
				cause.rule(), cause.origin(), cause.problem(), cause.path(), cause.version());
		this.trail.add(cause.time(), cause.version(), Kind.STOP, cause.origin(), cause.executionId(), cause.rule(),
				cause.path(), AuditLevel.STOP, this.counters.get(cause.rule()), cause.problem(), null);
	}

	/**
	 * Note that the engine goes on.
	 * @param time when
	 * @param version the commit by which it does
	 * @param reason why
	 */
	public void resumed(Instant time, long version, String reason) {
		logger.warn("Engine is resumed: {}, version={}", reason, version);
		this.trail.add(time, version, Kind.RESUME, "resume", null, null, null, null, 0, reason, null);
	}

	/**
	 * Note that an administrator has changed the state.
	 * @param time when
	 * @param version the commit
	 * @param origin what was done
	 * @param reason why
	 */
	public void edited(Instant time, long version, String origin, String reason) {
		this.trail.add(time, version, Kind.EDIT, origin, null, null, null, null, 0, reason, null);
	}

	/**
	 * Note that the content of an array was read or written.
	 * @param who who runs on this thread, {@code null} outside transactions
	 * @param array the name of the array
	 * @param operation what was done
	 * @param elements to how many elements
	 */
	public void accessed(@Nullable CommitOrigin who, String array, String operation, long elements) {
		String execution = (who != null) ? who.executionId() : null;
		this.trail.add(this.clock.instant(), null, Kind.ACCESS, (who != null) ? who.toString() : "the application",
				execution, null, array, null, 0, "%s: elements=%d".formatted(operation, elements), null);
	}

	/**
	 * An execution has committed.
	 * @param execution the execution of a process
	 * @param verdicts what the rules had to say about all in its transaction,
	 * {@code null} for nothing
	 */
	public void committed(CommitOrigin execution, @Nullable Verdicts verdicts) {
		String process = execution.name();
		if (this.counters.isZero(process) || (verdicts != null && !verdicts.isSilentAbout(execution))) {
			return;
		}
		ProcessAudit audit = this.rules.find(process);
		if (audit == null || audit.policy().resetOnSuccess()) {
			this.counters.reset(process);
		}
	}

	/**
	 * An execution has failed in a way that its process does not expect.
	 * @param process the id of its process
	 * @param executionId the execution
	 * @param failure the failure, of which only the type is noted: its message may tell
	 * what nobody should read
	 */
	public void failed(String process, String executionId, Throwable failure) {
		ProcessAudit audit = this.rules.find(process);
		long count = (audit != null) ? this.counters.increment(process) : 0;
		if (audit != null && audit.policy().warnsAt(count)) {
			logger.warn("Process '{}' has failed {} times since it last committed", process, count);
		}
		if (!(failure instanceof AuditException)) {
			this.trail.add(now(), null, Kind.FAILURE, "process '%s'".formatted(process), executionId, null, null, null,
					count, failure.getClass().getName(), null);
		}
	}

	void note(Instant time, @Nullable Long version, Found found, long count) {
		Violation violation = found.violation();
		CommitOrigin origin = found.by();
		AuditRule rule = violation.rule();
		this.violations.add(rule, found.isTolerated());
		if (!found.isTolerated()) {
			// The caller has got the exception
			logger.debug("Audit rule '{}' is violated by {}: {}, path={}, level={}, count={}", rule.id(), origin,
					violation.message(), violation.path(), rule.policy().level(), count);
		}
		else if (rule.policy().warnsAt(count)) {
			logger.warn("Audit rule '{}' is violated by {} and tolerated: {}, path={}, count={}", rule.id(), origin,
					violation.message(), violation.path(), count);
		}
		else {
			logger.info("Audit rule '{}' is violated by {} and tolerated: {}, path={}, count={}", rule.id(), origin,
					violation.message(), violation.path(), count);
		}
		this.trail.add(time, version, kind(rule), origin.toString(), origin.executionId(), rule.id(), violation.path(),
				rule.policy().level(), count, violation.message(), shown(violation));
	}

	private static Kind kind(AuditRule rule) {
		return switch (rule.kind()) {
			case INPUT -> Kind.INPUT;
			case OUTPUT -> Kind.OUTPUT;
			case INVARIANT -> Kind.INVARIANT;
		};
	}

	private @Nullable String shown(Violation violation) {
		return (violation.value() != null) ? this.mask.show(violation.path(), violation.value()) : null;
	}

	void enforce(List<AuditRecipe> recipes, AuditedProcesses processes) {
		try {
			this.rules.enforce(recipes, processes);
		}
		catch (RuntimeException ex) {
			rejected(ex);
			throw ex;
		}
		List<String> sources = recipes.stream().map(AuditRecipe::source).toList();
		logger.info("Audit recipes are in force: {}", sources);
		this.trail.add(now(), null, Kind.RELOAD, "reload", null, null, null, null, 0,
				"recipes=%s are in force".formatted(sources), null);
	}

	// Where it stands is in the first line, the others show it
	void rejected(RuntimeException reason) {
		String problem = (reason instanceof TheusException)
				? String.valueOf(reason.getMessage()).lines().findFirst().orElse("") : reason.getClass().getName();
		this.trail.add(now(), null, Kind.RELOAD_FAILED, "reload", null, null, null, null, 0,
				"recipes are not in force, those before stay: %s".formatted(problem), null);
	}

	boolean reset(String id) {
		boolean counted = this.counters.reset(id);
		if (counted) {
			this.trail.add(now(), null, Kind.RESET, "reset", null, id, null, null, 0, "the count is set to 0", null);
		}
		return counted;
	}

}
