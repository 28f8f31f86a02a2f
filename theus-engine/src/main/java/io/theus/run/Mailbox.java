package io.theus.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.theus.run.SignalSet.Entry;

/**
 * What was sent to one run: kept until a wait takes it.
 */
// Used with the lock of the run in hand, except for what is sent, which is replaced as a
// whole
final class Mailbox {

	private @Nullable Map<String, Deque<Optional<Object>>> kept;

	private @Nullable List<SignalWait> waits;

	private volatile Map<String, Entry> sent = Map.of();

	/**
	 * Return the last signal of each topic that was sent.
	 * @return unmodifiable
	 */
	Map<String, Entry> sent() {
		return this.sent;
	}

	/**
	 * Take in a signal.
	 * @param topic the topic
	 * @param payload the payload
	 * @param number when it came
	 * @return the wait that takes it, {@code null} if it is kept
	 */
	@Nullable SignalWait send(String topic, @Nullable Object payload, long number) {
		Map<String, Entry> more = new HashMap<>(this.sent);
		more.put(topic, new Entry(payload, number));
		this.sent = more;
		if (this.waits != null) {
			for (SignalWait wait : this.waits) {
				if (wait.accepts(topic, payload)) {
					return wait;
				}
			}
		}
		if (this.kept == null) {
			this.kept = new HashMap<>();
		}
		this.kept.computeIfAbsent(topic, (name) -> new ArrayDeque<>()).add(Optional.ofNullable(payload));
		return null;
	}

	/**
	 * Take the first signal that was sent before and that a wait accepts.
	 * @param wait the wait
	 * @return the payload in a list, {@code null} if there is none
	 */
	@Nullable List<@Nullable Object> take(SignalWait wait) {
		Deque<Optional<Object>> queue = (this.kept != null) ? this.kept.get(wait.topic()) : null;
		if (queue != null) {
			for (Iterator<Optional<Object>> each = queue.iterator(); each.hasNext();) {
				Object payload = each.next().orElse(null);
				if (wait.accepts(wait.topic(), payload)) {
					each.remove();
					List<@Nullable Object> taken = new ArrayList<>(1);
					taken.add(payload);
					return taken;
				}
			}
		}
		return null;
	}

	void add(SignalWait wait) {
		if (this.waits == null) {
			this.waits = new ArrayList<>(1);
		}
		this.waits.add(wait);
	}

	void remove(SignalWait wait) {
		if (this.waits != null) {
			this.waits.remove(wait);
		}
	}

	/**
	 * Nobody takes anything any more.
	 */
	void clear() {
		this.kept = null;
	}

	/**
	 * Return the topics that the run waits for.
	 * @return the topics, one for each wait
	 */
	List<String> awaited() {
		return (this.waits != null) ? this.waits.stream().map(SignalWait::topic).toList() : List.of();
	}

}
