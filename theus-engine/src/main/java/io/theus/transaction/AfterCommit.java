package io.theus.transaction;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.error.LoggedFailure;
import io.theus.outbox.MessageIntake;
import io.theus.signal.SignalHub;
import io.theus.store.CommitRecord;

/**
 * Does what follows a commit, in commit order: outbox hand-over, signals, orders to runs,
 * listeners.
 */
// State: a queue of records that still have effects, filled by the commit point under its
// lock and therefore in commit order. Whoever has committed drains it under the dispatch
// lock, its own record and those of others alike; when run() returns, the caller's record
// has been dispatched, by this thread or by one that held the lock meanwhile. A listener
// that commits itself finds the lock held by its own thread and leaves its record to the
// loop that is already running, which keeps the order.
final class AfterCommit {

	private static final Logger logger = LoggerFactory.getLogger(AfterCommit.class);

	private final SignalHub hub;

	private final MessageIntake outbox;

	private final RunOrders runs;

	private final List<CommitListener> listeners;

	private final Queue<CommitRecord> queue = new ConcurrentLinkedQueue<>();

	private final ReentrantLock dispatch = new ReentrantLock();

	AfterCommit(SignalHub hub, MessageIntake outbox, RunOrders runs, List<CommitListener> listeners) {
		this.hub = hub;
		this.outbox = outbox;
		this.runs = runs;
		this.listeners = List.copyOf(listeners);
	}

	// Called under the commit point's lock
	boolean enqueue(CommitRecord record) {
		boolean hasEffects = !record.signals().isEmpty() || !record.messages().isEmpty() || !record.orders().isEmpty()
				|| !this.listeners.isEmpty();
		if (hasEffects) {
			this.queue.add(record);
		}
		return hasEffects;
	}

	boolean isRunningHere() {
		return this.dispatch.isHeldByCurrentThread();
	}

	void run() {
		if (this.dispatch.isHeldByCurrentThread()) {
			return;
		}
		this.dispatch.lock();
		try {
			for (CommitRecord next = this.queue.poll(); next != null; next = this.queue.poll()) {
				dispatch(next);
			}
		}
		finally {
			this.dispatch.unlock();
		}
	}

	private void dispatch(CommitRecord record) {
		if (!record.messages().isEmpty()) {
			this.outbox.append(record.messages());
		}
		if (!record.signals().isEmpty()) {
			this.hub.publishCommitted(record.signals());
		}
		if (!record.orders().isEmpty()) {
			this.runs.carryOut(record);
		}
		for (CommitListener listener : this.listeners) {
			try {
				listener.committed(record);
			}
			catch (RuntimeException ex) {
				logger.error("Listener failed after commit version={}", record.version(), LoggedFailure.of(ex, logger));
			}
		}
	}

}
