package io.theus.heavy;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.error.TheusException;

/**
 * When memory of dead owners is looked for: at the start, and from the first allocation
 * on at intervals. A problem is logged and does not keep an engine from starting, since
 * it may never allocate anything.
 */
final class Reclaiming {

	private static final Logger logger = LoggerFactory.getLogger(Reclaiming.class);

	private final String session;

	private final Duration interval;

	private final Runnable reclaim;

	private @Nullable ScheduledExecutorService thread;

	private @Nullable Future<?> scans;

	private boolean stopped;

	Reclaiming(HeavySettings settings, Runnable reclaim) {
		this.session = settings.session();
		this.interval = settings.scanInterval();
		this.reclaim = reclaim;
	}

	void once() {
		try {
			this.reclaim.run();
		}
		catch (TheusException | UnsupportedOperationException | LinkageError ex) {
			logger.warn("Cannot look for heavy memory of dead owners: session={}, reason={}", this.session,
					ex.getMessage(), ex);
		}
	}

	synchronized void start() {
		if (this.thread == null && !this.stopped) {
			this.thread = Executors.newSingleThreadScheduledExecutor((task) -> {
				Thread created = new Thread(task, "theus-heavy-" + this.session);
				created.setDaemon(true);
				return created;
			});
			this.scans = this.thread.scheduleWithFixedDelay(this::once, this.interval.toNanos(),
					this.interval.toNanos(), TimeUnit.NANOSECONDS);
		}
	}

	synchronized void stop() {
		this.stopped = true;
		if (this.thread != null && this.scans != null) {
			this.scans.cancel(true);
			this.thread.shutdown();
		}
	}

}
