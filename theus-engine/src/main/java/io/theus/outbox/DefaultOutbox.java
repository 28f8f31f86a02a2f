package io.theus.outbox;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An outbox that holds messages in memory.
 *
 * @since 0.1.0
 */
public final class DefaultOutbox implements Outbox, MessageIntake {

	private static final Logger logger = LoggerFactory.getLogger(DefaultOutbox.class);

	private final Backlog backlog;

	private final Duration drainTimeout;

	private volatile @Nullable Dispatcher dispatcher;

	private volatile boolean closing;

	private volatile boolean closed;

	DefaultOutbox(Backlog backlog, Duration drainTimeout) {
		this.backlog = backlog;
		this.drainTimeout = drainTimeout;
	}

	@Override
	public synchronized void start(OutboxRelay relay) {
		if (this.dispatcher != null || this.closing) {
			throw new IllegalStateException("outbox cannot start relay '" + relay.name() + "': relay=" + relayName()
					+ ", phase=" + phase() + ", start one relay once");
		}
		Dispatcher started = new Dispatcher(this.backlog, relay);
		this.dispatcher = started;
		started.start();
	}

	@Override
	public void reserve(int count) {
		requireCount(count);
		if (count == 0) {
			return;
		}
		Room room = this.backlog.room();
		boolean reserved = room.reserve(count);
		// After reserving, so that closing waits for this commit or this commit sees it.
		if (this.closing) {
			if (reserved) {
				this.backlog.release(count);
			}
			throw new OutboxClosedException(count);
		}
		if (!reserved) {
			throw new OutboxFullException(count, room.taken(), room.limit(), relayName());
		}
	}

	@Override
	public void release(int count) {
		requireCount(count);
		if (count > 0) {
			this.backlog.release(count);
		}
	}

	private static void requireCount(int count) {
		if (count < 0) {
			throw new IllegalArgumentException("number of messages must not be negative: count=" + count);
		}
	}

	@Override
	public void append(List<OutboxMessage> messages) {
		if (messages.isEmpty()) {
			return;
		}
		messages.forEach(OutboxMessage::requireCommit);
		this.backlog.append(List.copyOf(messages));
		if (this.closed) {
			logger.warn("outbox was closed before a commit under way ended, its messages are not delivered: {}",
					messages);
		}
	}

	@Override
	public OutboxStatus status() {
		return this.backlog.locked((all) -> all.status(phase(), this.backlog.isPaused(), relayName()));
	}

	private OutboxStatus.Phase phase() {
		if (this.closed) {
			return OutboxStatus.Phase.CLOSED;
		}
		if (this.closing) {
			return OutboxStatus.Phase.CLOSING;
		}
		return (this.dispatcher != null) ? OutboxStatus.Phase.RUNNING : OutboxStatus.Phase.NO_RELAY;
	}

	private @Nullable String relayName() {
		Dispatcher current = this.dispatcher;
		return (current != null) ? current.relayName() : null;
	}

	@Override
	public List<OutboxEntry> messages(MessageFilter filter, int offset, int limit) {
		return this.backlog.locked((all) -> all.list(filter, offset, limit));
	}

	@Override
	public long count(MessageFilter filter) {
		return this.backlog.locked((all) -> all.count(filter));
	}

	@Override
	public Optional<OutboxEntry> message(String id) {
		return this.backlog.locked((all) -> all.entry(id));
	}

	@Override
	public void replay(String id) {
		this.backlog.operate((all) -> all.replay(id, relayName()));
		logger.info("message '{}' is replayed", id);
	}

	@Override
	public int replay(MessageFilter filter) {
		int count = this.backlog.operate((all) -> all.replay(filter, relayName()));
		logger.info("messages are replayed: count={}, {}", count, filter);
		return count;
	}

	@Override
	public void discard(String id, String reason) {
		requireReason(reason);
		MessageState state = this.backlog.operate((all) -> all.discard(id, reason));
		logger.info("message '{}' was discarded: state={}, reason={}", id, state, reason);
	}

	@Override
	public int discard(MessageFilter filter, String reason) {
		requireReason(reason);
		int count = this.backlog.operate((all) -> all.discard(filter, reason));
		logger.info("messages were discarded: count={}, {}, reason={}", count, filter, reason);
		return count;
	}

	private static void requireReason(String reason) {
		if (reason.isBlank()) {
			throw new IllegalArgumentException(
					"messages are not discarded without a reason: reason='" + reason + "', say why nobody needs them");
		}
	}

	@Override
	public boolean pause() {
		boolean changed = this.backlog.pause(true);
		if (changed) {
			logger.info("delivery of the outbox is paused");
		}
		return changed;
	}

	@Override
	public boolean resume() {
		boolean changed = this.backlog.pause(false);
		if (changed) {
			logger.info("delivery of the outbox goes on");
		}
		return changed;
	}

	@Override
	public long drain(Duration timeout) {
		return drain(timeout, false);
	}

	private long drain(Duration timeout, boolean andCommitsUnderWay) {
		if (this.dispatcher == null || this.closed) {
			return this.backlog.room().held();
		}
		this.backlog.retryNow();
		return this.backlog.awaitDelivered(OutboxBuilder.nanos(timeout), andCommitsUnderWay);
	}

	@Override
	public void close() {
		close(this.drainTimeout);
	}

	@Override
	public synchronized long close(Duration timeout) {
		if (!this.closing) {
			this.closing = true;
			drain(timeout, true);
			Dispatcher current = this.dispatcher;
			if (current != null) {
				current.stop();
			}
			this.closed = true;
			reportLeft();
		}
		return this.backlog.room().held();
	}

	private void reportLeft() {
		OutboxStatus status = status();
		if (status.held() > 0) {
			SortedMap<String, Integer> topics = this.backlog.locked(Operations::countByTopic);
			logger.warn(
					"outbox closed with undelivered messages: left={}, dead={}, topics={}, relay={}, paused={}, "
							+ "lastError={}; they are lost unless the store is durable",
					status.held(), status.dead(), topics, status.relay(), status.paused(), status.lastError());
		}
	}

	/**
	 * Count the lanes that have a message.
	 * @return the number of lanes
	 */
	int lanes() {
		return this.backlog.locked(Operations::lanes);
	}

}
