package io.theus.outbox;

import java.util.List;
import java.util.concurrent.CompletionStage;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that hands messages to the relay. Because relays are called on it, one
 * that blocks holds up all lanes.
 */
final class Dispatcher implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

	private final Backlog backlog;

	private final OutboxRelay relay;

	private final String relayName;

	private final Thread thread;

	private final Doorbell doorbell = new Doorbell();

	private volatile boolean stopped;

	Dispatcher(Backlog backlog, OutboxRelay relay) {
		this.backlog = backlog;
		this.relay = relay;
		this.relayName = relay.name();
		this.thread = new Thread(this, "theus-outbox");
		this.thread.setDaemon(true);
	}

	void start() {
		this.backlog.dispatchTo(this.doorbell::ring, this.relay.keepsOrder());
		this.thread.start();
	}

	String relayName() {
		return this.relayName;
	}

	/**
	 * Stop sending and wait for the thread to end, but not for long: a relay that blocks
	 * is interrupted and left behind.
	 */
	void stop() {
		this.stopped = true;
		this.doorbell.ring();
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
		boolean troubled = false;
		while (!this.stopped) {
			Batch batch = this.backlog.advance();
			troubled = report(troubled);
			if (batch == null) {
				this.doorbell.sleep(this.backlog.idle());
				// A flag that a relay left behind would cut all sleep short.
				Thread.interrupted();
			}
			else {
				send(batch);
			}
		}
		report(troubled);
	}

	private void send(Batch batch) {
		List<Delivery> deliveries = batch.deliveries;
		try {
			List<CompletionStage<?>> answers = this.relay.sendAll(batch.messages());
			if (answers == null || answers.size() != deliveries.size()) {
				throw new IllegalStateException(
						"relay '" + this.relayName + "' answered a batch wrongly: messages=" + deliveries.size()
								+ ", answers=" + ((answers != null) ? answers.size() : null) + ", answer each message");
			}
			for (int i = 0; i < deliveries.size(); i++) {
				listen(answers.get(i), deliveries.get(i));
			}
		}
		catch (Throwable ex) {
			// Also errors: a class that is missing in a relay must not end this thread.
			deliveries.forEach((delivery) -> delivery.accept(null, ex));
		}
	}

	@SuppressWarnings("FutureReturnValueIgnored")
	private void listen(CompletionStage<?> answer, Delivery delivery) {
		try {
			answer.whenComplete(delivery);
		}
		catch (Throwable ex) {
			delivery.accept(null, ex);
		}
	}

	private boolean report(boolean wasTroubled) {
		boolean troubled = this.backlog.isTroubled();
		if (troubled && !wasTroubled) {
			logger.warn("relay '{}' fails, messages are kept and sent again: error={}", this.relayName,
					this.backlog.locked(Operations::lastError));
		}
		Backlog.News news = this.backlog.news();
		if (news != null) {
			report(news);
		}
		if (wasTroubled && !troubled) {
			logger.info("relay '{}' has no message any more that had failed and is to be sent again", this.relayName);
		}
		return troubled;
	}

	private void report(Backlog.News news) {
		if (!news.died().isEmpty()) {
			Held first = news.died().get(0);
			logger.error("messages are dead, replay or discard them: count={}, first={}, error={}", news.died().size(),
					first.message, first.lastError);
		}
		for (Held held : news.outOfOrder()) {
			logger.error("relay '{}' confirmed a message although one before it was not: first={}, "
					+ "it does not keep order as it says, messages of a lane are sent one at a time from now on",
					this.relayName, held.message);
		}
	}

}
