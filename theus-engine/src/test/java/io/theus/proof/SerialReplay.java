package io.theus.proof;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Replays a history on a {@link Model}, one transaction after the other in the order of
 * the versions they made: each has to see just what it saw when it ran.
 */
// An order that explains every read makes the history view-serialisable
// (Papadimitriou, "The serializability of concurrent database updates", JACM 1979).
// Finding
// such an order is NP-complete, checking the one that the system claims is linear. What
// had no effect takes its place right after the version that it read.
final class SerialReplay {

	private final Model model;

	private final Recording recording;

	// What each version holds, to tell what lies between two of them
	private final List<Object> outlines = new ArrayList<>();

	private SerialReplay(Recording recording) {
		this.recording = recording;
		this.model = new Model(recording.initial());
		this.outlines.add(this.model.outline());
	}

	/**
	 * Look for the first thing that no serial execution in the claimed order would do.
	 * @return what is wrong, {@code null} if nothing is
	 */
	static @Nullable String findViolation(Recording recording) {
		return new SerialReplay(recording).run();
	}

	private @Nullable String run() {
		List<Work> order = new ArrayList<>(this.recording.works());
		order.sort(Comparator.comparingLong(Work::version).thenComparing((work) -> !work.committed()));
		String violation = findStaleSnapshot(order);
		long version = this.recording.first();
		for (Work work : order) {
			if (violation != null) {
				return violation;
			}
			if (work.committed()) {
				version++;
			}
			violation = (work.version() != version)
					? "%s should be the one that made version %d: versions have no gaps and no doubles".formatted(work,
							version)
					: replay(work);
		}
		boolean same = this.model.content().equals(this.recording.last());
		return (violation != null || same) ? violation
				: "the state ends as %s, and serially as %s".formatted(this.recording.last(), this.model.content());
	}

	private @Nullable String replay(Work work) {
		if (work.begin() > work.version() || (work.committed() && work.begin() == work.version())) {
			return "%s read a version that it cannot have read".formatted(work);
		}
		int first = (int) (work.begin() - this.recording.first());
		Object before = this.outlines.get(this.outlines.size() - 1);
		if (work.alone() && work.committed() && !this.outlines.get(first).equals(before)) {
			return "%s is isolated from everything, but something changed since its snapshot".formatted(work);
		}
		this.model.begin(before);
		for (Access access : work.accesses()) {
			if (access instanceof Access.Read read && !this.model.answer(read).equals(read.seen())) {
				return "%s saw that the %s, but serially it is %s".formatted(work, read, this.model.answer(read));
			}
			if (access instanceof Access.Write write) {
				this.model.apply(write);
			}
			if (access instanceof Access.Append append) {
				this.model.apply(append);
			}
			if (access instanceof Access.Add add) {
				this.model.apply(add);
			}
		}
		Object after = this.model.outline();
		if (!work.committed() && !after.equals(before)) {
			return "%s made no version, but would have changed the state".formatted(work);
		}
		if (work.committed()) {
			this.outlines.add(after);
		}
		return null;
	}

	// Strictness: who begins after another has returned sees what that one did or saw
	private static @Nullable String findStaleSnapshot(List<Work> works) {
		List<Work> ends = new ArrayList<>(works);
		ends.sort(Comparator.comparingLong(Work::returned));
		List<Work> begins = new ArrayList<>(works);
		begins.sort(Comparator.comparingLong(Work::invoked));
		int ended = 0;
		Work newest = null;
		for (Work work : begins) {
			for (; ended < ends.size() && ends.get(ended).isBefore(work); ended++) {
				newest = (newest == null || ends.get(ended).version() > newest.version()) ? ends.get(ended) : newest;
			}
			if (newest != null && work.begin() < newest.version()) {
				return "%s began after %s had returned and read an older version".formatted(work, newest);
			}
		}
		return null;
	}

}
