package io.theus.spring;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;

import io.theus.audit.AuditSink;
import io.theus.engine.TheusEngine;

/**
 * Hands what the audit finds to the sinks among the beans, when all singletons have been
 * made. What was entered earlier they get as well. When the context closes, they get what
 * is left before any of them is destroyed.
 *
 * @since 0.1.0
 */
// A context may be stopped and started again: stopping only drains
public final class AuditSinkBeans implements SmartLifecycle {

	/**
	 * Below the outbox: started before it, stopped after it.
	 */
	public static final int PHASE = OutboxRelayLifecycle.PHASE - 1024;

	private static final Duration DRAIN = Duration.ofSeconds(5);

	private static final Logger logger = LoggerFactory.getLogger(AuditSinkBeans.class);

	private final TheusEngine engine;

	private final ObjectProvider<AuditSink> sinks;

	private boolean followed;

	private volatile boolean running;

	/**
	 * Create the bean.
	 * @param engine the engine
	 * @param sinks the sinks
	 */
	public AuditSinkBeans(TheusEngine engine, ObjectProvider<AuditSink> sinks) {
		this.engine = engine;
		this.sinks = sinks;
	}

	@Override
	public synchronized void start() {
		if (!this.followed) {
			this.sinks.orderedStream().forEach(this.engine.audit()::follow);
			this.followed = true;
		}
		this.running = true;
	}

	@Override
	public synchronized void stop() {
		if (!this.engine.audit().drain(DRAIN)) {
			logger.warn("Audit sinks do not have all entries yet after {}", DRAIN);
		}
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	// A context that is only paused, as tests do, may keep handing over
	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
