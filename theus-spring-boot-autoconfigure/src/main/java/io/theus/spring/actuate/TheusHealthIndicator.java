package io.theus.spring.actuate;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import io.theus.audit.EngineStop;
import io.theus.engine.TheusEngine;
import io.theus.outbox.OutboxStatus;
import io.theus.outbox.OutboxStatus.Phase;
import io.theus.parallel.ParallelMode;
import io.theus.parallel.ParallelStatus;
import io.theus.parallel.WorkerPoolStatus;
import io.theus.path.PathPattern;
import io.theus.run.RunState;

/**
 * The health of the engine. A relay that fails, or none, shows in the details: commits go
 * on, and taking the application out of service would deliver nothing. It is down when
 * the engine is closed or stopped, and when the outbox is full, because commits with
 * messages are refused then. Dead messages and incidents, about which an operator has to
 * decide, show in the details; dead messages take room in the outbox.
 *
 * @since 0.1.0
 */
public final class TheusHealthIndicator extends AbstractHealthIndicator {

	private final TheusEngine engine;

	private final List<PathLimit> limits;

	/**
	 * Create the indicator.
	 * @param engine the engine
	 * @param limits what only some may know of; who asks about health is not asked for
	 * roles
	 */
	public TheusHealthIndicator(TheusEngine engine, Collection<PathLimit> limits) {
		super("engine cannot be asked");
		this.engine = engine;
		this.limits = List.copyOf(limits);
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		OutboxStatus outbox = this.engine.outbox().status();
		boolean open = outbox.phase() == Phase.RUNNING || outbox.phase() == Phase.NO_RELAY;
		EngineStop stop = this.engine.audit().stop().orElse(null);
		builder.status((open && stop == null && outbox.held() < outbox.maxPending()) ? Status.UP : Status.DOWN);
		builder.withDetail("engine", open ? ((stop != null) ? "stopped" : "running") : "closed");
		if (stop != null) {
			builder.withDetail("stoppedBy", stop.origin());
			builder.withDetail("stoppedRule", AuditView.isSeen(stop, this::isSeenByAll) ? stop.rule() : Viewer.MASK);
			builder.withDetail("stoppedSince", stop.time().toString());
		}
		builder.withDetail("version", this.engine.state().version());
		builder.withDetail("processes", this.engine.processes().all().size());
		builder.withDetail("outbox", outbox(outbox));
		ParallelStatus parallel = this.engine.parallel();
		if (parallel.mode() == ParallelMode.PROCESSES) {
			builder.withDetail("workers", workers(parallel));
		}
		builder.withDetail("incidents", this.engine.workflows().count(RunState.INCIDENT));
	}

	private boolean isSeenByAll(PathPattern path) {
		return this.limits.stream().noneMatch((limit) -> limit.pattern().overlaps(path));
	}

	// Workers are started when they are needed, and replaced when they die
	private static Map<String, Object> workers(ParallelStatus parallel) {
		Map<String, Object> details = new LinkedHashMap<>();
		WorkerPoolStatus workers = parallel.workers();
		details.put("size", parallel.size());
		details.put("alive", (workers != null) ? workers.alive() : 0);
		details.put("busy", parallel.active());
		details.put("queued", parallel.queued());
		details.put("died", (workers != null) ? workers.died() : 0);
		return details;
	}

	private static Map<String, Object> outbox(OutboxStatus status) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("relay", (status.relay() != null) ? status.relay() : "no relay");
		details.put("state", state(status));
		details.put("pending", status.held() - status.dead());
		details.put("dead", status.dead());
		if (status.blocked() > 0) {
			details.put("blocked", status.blocked());
		}
		details.put("maxPending", status.maxPending());
		if (status.oldestAge() != null) {
			details.put("oldest", status.oldestAge().toString());
		}
		if (status.failed() + status.dead() > 0 && status.lastError() != null) {
			details.put("lastError", status.lastError());
		}
		return details;
	}

	private static String state(OutboxStatus status) {
		if (status.held() >= status.maxPending()) {
			return (status.dead() > 0) ? "full, dead messages take room: replay or discard them" : "full";
		}
		if (status.phase() == Phase.NO_RELAY) {
			return (status.held() > 0) ? "messages stay pending" : "idle";
		}
		if (status.paused()) {
			return "paused";
		}
		if (status.failed() > 0) {
			return "failing";
		}
		return (status.dead() > 0) ? "delivering, but messages are dead: replay or discard them" : "delivering";
	}

}
