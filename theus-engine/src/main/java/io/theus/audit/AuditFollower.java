package io.theus.audit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Hands the entries of a trail to sinks.
 */
// One daemon thread goes through the trail by sequence numbers, with a position for each
// sink. A writer does nothing for it but to look at one flag, and to unpark it when the
// flag is up.
//
// Ordering: a writer places its entry, then reads the flag; the thread raises the flag,
// then looks for entries, then parks. All are volatile accesses, so one of the two sees
// the other and no entry is left lying. An entry between its number and its slot was not
// placed yet: its writer will see the flag, unless it has died, for which the thread
// wakes up by itself.
//
// Whoever waits for the sinks to be level with the trail waits on the monitor, which the
// thread notifies before it parks and when it ends.
final class AuditFollower {

	private final AuditTrail trail;

	private final List<SinkPosition> positions = new CopyOnWriteArrayList<>();

	private final LongAdder missed = new LongAdder();

	private final Object level = new Object();

	private final Thread thread = new Thread(this::run, "theus-audit");

	private volatile boolean resting;

	private volatile boolean closed;

	AuditFollower(AuditTrail trail) {
		this.trail = trail;
		this.thread.setDaemon(true);
	}

	// Before it is given to writers
	void start() {
		this.thread.start();
		this.trail.follow(this);
	}

	void add(AuditSink sink) {
		this.positions.add(new SinkPosition(sink, this.trail, this.missed));
		wake();
	}

	void wake() {
		if (this.resting) {
			// One of many writers is enough
			this.resting = false;
			LockSupport.unpark(this.thread);
		}
	}

	long missed() {
		return this.missed.sum();
	}

	private void run() {
		while (!this.closed) {
			if (!advance()) {
				rest();
			}
		}
		notifyLevel();
	}

	// In turn, one entry each
	private boolean advance() {
		boolean advanced = false;
		for (SinkPosition position : this.positions) {
			if (this.closed) {
				return false;
			}
			advanced |= position.advance();
		}
		return advanced;
	}

	private void rest() {
		// An interrupt was meant for a sink
		Thread.interrupted();
		this.resting = true;
		notifyLevel();
		if (!this.closed) {
			if (isLevel(this.trail.total())) {
				LockSupport.parkNanos(this, SinkPosition.PAUSE_NANOS);
			}
			else if (!advance()) {
				LockSupport.parkNanos(this, SinkPosition.PATIENCE_NANOS);
			}
		}
		this.resting = false;
	}

	private boolean isLevel(long total) {
		for (SinkPosition position : this.positions) {
			if (position.next() < total) {
				return false;
			}
		}
		return true;
	}

	private void notifyLevel() {
		synchronized (this.level) {
			this.level.notifyAll();
		}
	}

	/**
	 * Wait until the sinks have all that was written so far.
	 * @param timeout how long to wait at most
	 * @return whether they have
	 */
	boolean drain(Duration timeout) {
		long total = this.trail.total();
		long end = System.nanoTime() + timeout.toNanos();
		synchronized (this.level) {
			while (!isLevel(total)) {
				long left = end - System.nanoTime();
				if (left <= 0 || this.closed || Thread.currentThread() == this.thread) {
					return false;
				}
				try {
					// Sinks may be level with the total without being level with the
					// trail
					TimeUnit.NANOSECONDS.timedWait(this.level, Math.min(left, SinkPosition.PATIENCE_NANOS));
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
					return false;
				}
			}
			return true;
		}
	}

	/**
	 * Hand over what is left, and end.
	 * @param timeout how long to wait for the sinks at most
	 */
	void close(Duration timeout) {
		if (this.closed) {
			return;
		}
		boolean drained = drain(timeout);
		this.closed = true;
		LockSupport.unpark(this.thread);
		if (!drained && Thread.currentThread() != this.thread) {
			this.thread.interrupt();
		}
		this.positions.forEach(SinkPosition::abandon);
	}

}
