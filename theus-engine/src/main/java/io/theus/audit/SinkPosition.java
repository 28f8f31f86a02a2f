package io.theus.audit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.error.LoggedFailure;

/**
 * How far a sink has come in the trail.
 */
// Moved by the thread of the follower only; others see the position.
final class SinkPosition {

	// How long an entry may be on its way from its number to its slot before it counts as
	// missed: its writer may have died in between
	static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

	// Between two messages about what was missed
	static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

	private static final Logger logger = LoggerFactory.getLogger(AuditSink.class);

	private final AuditSink sink;

	private final AuditTrail trail;

	private final LongAdder missed;

	private volatile long next;

	// Since that was last logged
	private long lost;

	private long told = System.nanoTime() - PAUSE_NANOS;

	private long failures;

	private boolean waiting;

	private long waitingSince;

	SinkPosition(AuditSink sink, AuditTrail trail, LongAdder missed) {
		this.sink = sink;
		this.trail = trail;
		this.missed = missed;
		this.next = trail.oldest();
	}

	/**
	 * Return which entry comes next.
	 * @return its number
	 */
	long next() {
		return this.next;
	}

	/**
	 * Hand over the next entry, or step over entries that were overwritten.
	 * @return whether that was possible
	 */
	boolean advance() {
		long position = this.next;
		if (position >= this.trail.total()) {
			tell();
			return false;
		}
		AuditEntry entry = this.trail.look(position);
		if (entry == null || entry.sequence() < position) {
			return isGivenUp() && step(position, 1);
		}
		this.waiting = false;
		if (entry.sequence() > position) {
			return step(position, Math.max(1, this.trail.oldest() - position));
		}
		handOver(entry);
		this.next = position + 1;
		return true;
	}

	private boolean isGivenUp() {
		if (!this.waiting) {
			this.waiting = true;
			this.waitingSince = System.nanoTime();
		}
		this.waiting = System.nanoTime() - this.waitingSince < PATIENCE_NANOS;
		return !this.waiting;
	}

	private boolean step(long position, long entries) {
		this.lost += entries;
		this.missed.add(entries);
		this.next = position + entries;
		tell();
		return true;
	}

	// Not for each time that it falls behind
	private void tell() {
		long now = System.nanoTime();
		if (this.lost > 0 && now - this.told >= PAUSE_NANOS) {
			logger.warn("Audit sink '{}' has missed {} entries of the trail: make it faster or the trail larger",
					name(), this.lost);
			this.lost = 0;
			this.told = now;
		}
	}

	// Whatever it throws, the others go on
	private void handOver(AuditEntry entry) {
		try {
			this.sink.accept(entry);
		}
		catch (Throwable ex) {
			if (this.failures++ == 0) {
				logger.error("Audit sink '{}' has failed for entry sequence={}, it is not logged again until it works",
						name(), entry.sequence(), LoggedFailure.of(ex, logger));
			}
			return;
		}
		if (this.failures > 0) {
			logger.info("Audit sink '{}' works again after {} failures", name(), this.failures);
			this.failures = 0;
		}
	}

	/**
	 * Count what is left when nobody follows any more.
	 */
	void abandon() {
		long left = this.trail.total() - this.next;
		if (left > 0) {
			this.missed.add(left);
			logger.warn("Audit sink '{}' has missed {} entries of the trail because the engine was closed", name(),
					left);
		}
	}

	private String name() {
		return this.sink.getClass().getName();
	}

}
