package io.theus.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.state.Snapshot;

/**
 * The signals that a branch sees, the last one of each topic: what its last process step
 * emitted and what was sent to its run, until a process step that began afterwards has
 * committed. Immutable.
 */
// Everything that happens to a run has a number. A step notes the number of the moment
// when it begins; when it has committed, what is older goes. What is sent to the run is
// kept once for all branches, and each knows up to which number it has done with it.
final class SignalSet {

	static final SignalSet NONE = new SignalSet(Map.of(), 0);

	private final Map<String, Entry> own;

	private final long done;

	private SignalSet(Map<String, Entry> own, long done) {
		this.own = own;
		this.done = done;
	}

	SignalSet with(String topic, @Nullable Object payload, long number) {
		Map<String, Entry> more = new LinkedHashMap<>(this.own);
		more.put(topic, new Entry(payload, number));
		return new SignalSet(more, this.done);
	}

	/**
	 * Return what is seen after a process step has committed.
	 * @param begun the number when it began
	 * @param commits what it has committed
	 * @param number the number of its commit
	 * @return the next set
	 */
	SignalSet after(long begun, List<Snapshot> commits, long number) {
		Map<String, Entry> kept = this.own.isEmpty() ? Map.of() : newer(begun);
		for (Snapshot commit : commits) {
			if (!commit.signals().isEmpty()) {
				Map<String, Entry> more = new LinkedHashMap<>(kept);
				commit.signals().forEach((topic, payload) -> more.put(topic, new Entry(payload, number)));
				kept = more;
			}
		}
		return new SignalSet(kept, begun);
	}

	private Map<String, Entry> newer(long begun) {
		Map<String, Entry> newer = new LinkedHashMap<>(this.own);
		newer.values().removeIf((entry) -> entry.number <= begun);
		return newer;
	}

	// Branches that come together: of one topic, what came last
	SignalSet union(SignalSet other) {
		return new SignalSet(latest(this.own, other.own, 0), Math.min(this.done, other.done));
	}

	private static Map<String, Entry> latest(Map<String, Entry> some, Map<String, Entry> others, long done) {
		Map<String, Entry> latest = new LinkedHashMap<>(some);
		others.forEach((topic, entry) -> {
			if (entry.number > done) {
				latest.merge(topic, entry, (a, b) -> (a.number > b.number) ? a : b);
			}
		});
		return latest;
	}

	/**
	 * Return what the branch sees.
	 * @param sent what was sent to the run, the last of each topic
	 * @return the payloads by topic, unmodifiable
	 */
	Map<String, @Nullable Object> seen(Map<String, Entry> sent) {
		if (this.own.isEmpty() && sent.isEmpty()) {
			return Map.of();
		}
		Map<String, @Nullable Object> payloads = new LinkedHashMap<>();
		latest(this.own, sent, this.done).forEach((topic, entry) -> payloads.put(topic, entry.payload));
		return Collections.unmodifiableMap(payloads);
	}

	/**
	 * A signal.
	 *
	 * @param payload its payload
	 * @param number when it came
	 */
	record Entry(@Nullable Object payload, long number) {

	}

}
