package io.theus.spring;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

import io.theus.outbox.Outbox;
import io.theus.outbox.OutboxRelay;
import io.theus.outbox.OutboxStatus;

/**
 * Starts the relay when the context is ready, and lets the outbox drain when it closes,
 * after web servers, listener containers and schedulers have stopped and before the relay
 * itself is closed.
 *
 * @since 0.1.0
 */
// An outbox starts once, but a context may be stopped and started again: stopping only
// drains, the outbox is closed for good when beans are destroyed. This bean depends on
// the relay, so it is destroyed before it.
public final class OutboxRelayLifecycle implements SmartLifecycle, DisposableBean {

	/**
	 * Below Boot's web servers ({@code DEFAULT_PHASE - 2048}): started before them,
	 * stopped after them.
	 */
	public static final int PHASE = DEFAULT_PHASE - 4096;

	private static final Logger logger = LoggerFactory.getLogger(OutboxRelayLifecycle.class);

	private final Outbox outbox;

	private final OutboxRelay relay;

	private final Duration drainTimeout;

	private volatile boolean running;

	/**
	 * Create the lifecycle.
	 * @param outbox where messages wait
	 * @param relay delivers them
	 * @param drainTimeout how long stopping waits for deliveries at most
	 */
	public OutboxRelayLifecycle(Outbox outbox, OutboxRelay relay, Duration drainTimeout) {
		this.outbox = outbox;
		this.relay = relay;
		this.drainTimeout = drainTimeout;
	}

	@Override
	public synchronized void start() {
		if (this.outbox.status().phase() == OutboxStatus.Phase.NO_RELAY) {
			this.outbox.start(this.relay);
			logger.info("Relay '{}' delivers the outbox", this.relay.name());
		}
		this.running = true;
	}

	@Override
	public synchronized void stop() {
		this.outbox.drain(this.drainTimeout);
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	// A context that is only paused, as tests do, may keep delivering
	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	// Waits no second time for what could not be delivered when stopping
	@Override
	public void destroy() {
		boolean drained = this.outbox.status().held() == 0;
		this.outbox.close(drained ? this.drainTimeout : Duration.ZERO);
	}

}
