package io.theus.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What somebody does with messages, or wants to know of them. Guarded by the lock of the
 * {@link Backlog}.
 */
final class Operations {

	private static final Set<MessageState> DISCARDABLE = EnumSet.of(MessageState.PENDING, MessageState.FAILED,
			MessageState.DEAD);

	private static final Set<MessageState> REPLAYABLE = EnumSet.of(MessageState.SENT, MessageState.FAILED,
			MessageState.DEAD);

	private final Lanes lanes;

	private final Kept kept;

	private final Room room;

	private final Totals totals;

	private final LongSupplier nanoTime;

	private final Clock clock;

	Operations(Lanes lanes, Kept kept, Room room, Totals totals, LongSupplier nanoTime, Clock clock) {
		this.lanes = lanes;
		this.kept = kept;
		this.room = room;
		this.totals = totals;
		this.nanoTime = nanoTime;
		this.clock = clock;
	}

	OutboxStatus status(OutboxStatus.Phase phase, boolean paused, @Nullable String relay) {
		int sending = this.lanes.sending();
		int failed = this.lanes.failed();
		int dead = this.lanes.dead();
		Held oldest = this.lanes.oldest();
		Duration age = (oldest != null) ? Duration.between(oldest.message.created(), this.clock.instant()) : null;
		return new OutboxStatus(phase, paused, relay, this.room.held() - sending - failed - dead, sending, failed, dead,
				this.lanes.stuck() - dead, this.totals.sent, this.totals.failedAttempts, this.totals.discarded, age,
				this.totals.lastError, this.room.limit());
	}

	List<OutboxEntry> list(MessageFilter filter, int offset, int limit) {
		Instant now = this.clock.instant();
		long nanos = this.nanoTime.getAsLong();
		return find(filter).skip(offset).limit(limit).map((held) -> held.entry(now, nanos)).toList();
	}

	long count(MessageFilter filter) {
		return find(filter).count();
	}

	Optional<OutboxEntry> entry(String id) {
		return Optional.ofNullable(find(id)).map((held) -> held.entry(this.clock.instant(), this.nanoTime.getAsLong()));
	}

	private Stream<Held> find(MessageFilter filter) {
		return all(filter.state()).filter(filter::matches);
	}

	// The sequence of those held ends with null, which is never mapped
	@SuppressWarnings("NullAway")
	private Stream<Held> all(@Nullable MessageState state) {
		boolean ended = state == MessageState.SENT || state == MessageState.DISCARDED;
		return ended ? this.kept.in(state).stream()
				: Stream.iterate(this.lanes.oldest(), Objects::nonNull, (held) -> held.newer);
	}

	private @Nullable Held find(String id) {
		return Stream.of(all(null), all(MessageState.SENT), all(MessageState.DISCARDED))
			.flatMap((all) -> all)
			.filter((held) -> held.message.id().equals(id))
			.findFirst()
			.orElse(null);
	}

	private Held require(String id) {
		Held held = find(id);
		if (held == null) {
			throw new MessageNotFoundException(id);
		}
		return held;
	}

	boolean replay(String id, @Nullable String relay) {
		Held held = require(id);
		if (!REPLAYABLE.contains(held.state)) {
			throw MessageStateException.replayed(held);
		}
		replay(List.of(held), relay);
		return true;
	}

	int replay(MessageFilter filter, @Nullable String relay) {
		List<Held> chosen = find(filter).filter((held) -> REPLAYABLE.contains(held.state)).toList();
		replay(chosen, relay);
		return chosen.size();
	}

	// All or none. The last one first, so that each finds its place at the beginning.
	private void replay(List<Held> chosen, @Nullable String relay) {
		List<Held> sent = chosen.stream().filter((held) -> held.state == MessageState.SENT).toList();
		if (!this.room.reserve(sent.size())) {
			throw new OutboxFullException(sent.size(), this.room.taken(), this.room.limit(), relay);
		}
		this.room.fill(sent.size());
		this.kept.removeSent(new HashSet<>(sent));
		List<Held> backwards = new ArrayList<>(chosen);
		backwards.sort(Comparator.comparingLong((Held held) -> held.number).reversed());
		backwards.forEach(this.lanes::replay);
	}

	MessageState discard(String id, String reason) {
		Held held = require(id);
		if (!DISCARDABLE.contains(held.state)) {
			throw MessageStateException.discarded(held);
		}
		MessageState before = held.state;
		discard(held, reason);
		return before;
	}

	int discard(MessageFilter filter, String reason) {
		List<Held> chosen = find(filter).filter((held) -> DISCARDABLE.contains(held.state)).toList();
		chosen.forEach((held) -> discard(held, reason));
		return chosen.size();
	}

	private void discard(Held held, String reason) {
		this.lanes.discard(held);
		held.ended = this.clock.instant();
		held.reason = reason;
		this.kept.discarded(held);
		this.totals.discarded++;
		this.room.free();
	}

	@Nullable String lastError() {
		return this.totals.lastError;
	}

	/**
	 * Count messages by topic.
	 * @return the number of messages held of each topic
	 */
	SortedMap<String, Integer> countByTopic() {
		SortedMap<String, Integer> counts = new TreeMap<>();
		this.lanes.forEach((held) -> counts.merge(held.message.topic(), 1, Integer::sum));
		return counts;
	}

	/**
	 * Count the lanes that have a message.
	 * @return the number of lanes
	 */
	int lanes() {
		return this.lanes.size();
	}

}
