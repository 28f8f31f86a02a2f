package io.theus.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that hands messages to the relay.
 */
final class Dispatcher implements Runnable {

	/*
	 * State. 'asleep' is true while the thread is about to park or parked. 'nudged' says
	 * that the table of the backlog was changed by another thread.
	 *
	 * Waking. The dispatcher (a) sets asleep, (b) looks for news once more, (c) parks.
	 * Who brings news adds it first and then looks at asleep. All are volatile accesses,
	 * hence either the dispatcher sees the news at (b), or the bringer sees that it
	 * sleeps; the CAS of asleep from true to false pairs with that of other bringers, so
	 * that one of them unparks.
	 *
	 * Limits. Relays are called on this thread, so one that blocks holds up all lanes.
	 */

	private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

	private final Backlog backlog;

	private final OutboxRelay relay;

	private final String relayName;

	private final Thread thread;

	private final AtomicBoolean asleep = new AtomicBoolean();

	private volatile boolean nudged;

	private volatile boolean stopped;

	Dispatcher(Backlog backlog, OutboxRelay relay) {
		this.backlog = backlog;
		this.relay = relay;
		this.relayName = relay.name();
		this.thread = new Thread(this, "theus-outbox");
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	String relayName() {
		return this.relayName;
	}

	/**
	 * Say that the backlog has arrivals or answers.
	 */
	void wake() {
		if (this.asleep.get() && this.asleep.compareAndSet(true, false)) {
			LockSupport.unpark(this.thread);
		}
	}

	/**
	 * Say that lanes were made ready.
	 */
	void nudge() {
		this.nudged = true;
		wake();
	}

	/**
	 * Stop sending and wait for the thread to end, but not for long: a relay that blocks
	 * is interrupted and left behind.
	 */
	void stop() {
		this.stopped = true;
		nudge();
		if (Thread.currentThread() == this.thread) {
			return;
		}
		try {
			this.thread.join(100);
			this.thread.interrupt();
			this.thread.join(1000);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void run() {
		List<Held> chosen = new ArrayList<>();
		boolean troubled = false;
		while (!this.stopped) {
			this.nudged = false;
			long untilRetry = this.backlog.advance(chosen);
			troubled = report(troubled);
			if (chosen.isEmpty()) {
				sleep(untilRetry);
			}
			else {
				sendAll(chosen);
			}
		}
		this.backlog.stop(chosen);
	}

	private void sendAll(List<Held> chosen) {
		int handedOver = 0;
		while (handedOver < chosen.size() && !this.stopped) {
			send(chosen.get(handedOver++));
		}
		chosen.subList(0, handedOver).clear();
	}

	@SuppressWarnings("FutureReturnValueIgnored")
	private void send(Held held) {
		Delivery delivery = new Delivery(held, this::answered);
		try {
			CompletionStage<?> answer = this.relay.send(held.message);
			if (answer == null) {
				throw new IllegalStateException("relay '" + this.relayName + "' returned null for " + held.message);
			}
			answer.whenComplete(delivery);
		}
		catch (Throwable ex) {
			// Also errors: a class that is missing in a relay must not end this thread.
			delivery.accept(null, ex);
		}
	}

	private void answered(Delivery delivery) {
		this.backlog.answer(delivery);
		wake();
	}

	private boolean report(boolean wasTroubled) {
		boolean troubled = this.backlog.isTroubled();
		if (troubled && !wasTroubled) {
			logger.warn("relay '{}' fails, messages are kept and sent again: error={}", this.relayName,
					this.backlog.lastError());
		}
		if (wasTroubled && !troubled) {
			logger.info("relay '{}' has delivered all messages that had failed", this.relayName);
		}
		return troubled;
	}

	private void sleep(long nanos) {
		this.asleep.set(true);
		if (!this.backlog.hasNews() && !this.nudged && !this.stopped) {
			LockSupport.parkNanos(this.backlog, nanos);
		}
		this.asleep.set(false);
		// A flag that a relay left behind would make parking return at once for ever.
		Thread.interrupted();
	}

}
