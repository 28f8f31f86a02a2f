package io.theus.outbox;

import java.util.ArrayList;
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
		this.thread.start();
	}

	String relayName() {
		return this.relayName;
	}

	/**
	 * Say that there is something to do in the backlog.
	 */
	void wake() {
		this.doorbell.ring();
	}

	/**
	 * Stop sending and wait for the thread to end, but not for long: a relay that blocks
	 * is interrupted and left behind.
	 */
	void stop() {
		this.stopped = true;
		wake();
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
			long untilRetry = this.backlog.advance(chosen);
			troubled = report(troubled);
			if (chosen.isEmpty()) {
				this.doorbell.sleep(untilRetry);
				// A flag that a relay left behind would cut all sleep short.
				Thread.interrupted();
			}
			else {
				sendAll(chosen);
			}
		}
		this.backlog.stop(chosen);
	}

	private void sendAll(List<Held> chosen) {
		List<Delivery> deliveries = chosen.stream().map((held) -> new Delivery(held, this::answered)).toList();
		List<OutboxMessage> batch = chosen.stream().map((held) -> held.message).toList();
		chosen.clear();
		try {
			List<CompletionStage<?>> answers = this.relay.sendAll(batch);
			if (answers == null || answers.size() != batch.size()) {
				throw new IllegalStateException(
						"relay '" + this.relayName + "' answered a batch wrongly: messages=" + batch.size()
								+ ", answers=" + ((answers != null) ? answers.size() : null) + ", answer each message");
			}
			for (int i = 0; i < batch.size(); i++) {
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

}
