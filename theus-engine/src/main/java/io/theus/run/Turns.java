package io.theus.run;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.process.Touched;

/**
 * Keeps calls of parallel branches apart that would be in each other's way: they run one
 * after the other, first come first served, instead of refusing each other's commits.
 */
// Used with the lock of the run in hand. A call has its turn when it meets none that is
// before it in the line. What it touches is looked up when somebody asks, since mostly
// the contracts alone tell that two calls do not meet.
final class Turns {

	private final Run run;

	private final RunEnvironment environment;

	private final List<Entry> line = new ArrayList<>(0);

	Turns(Run run, RunEnvironment environment) {
		this.run = run;
		this.environment = environment;
	}

	/**
	 * Join the line.
	 * @param branch the branch whose step calls
	 * @param call what it calls
	 * @return its place in the line
	 */
	Entry join(Branch branch, PendingCall call) {
		Entry entry = new Entry(branch, call);
		entry.granted = isFree(entry, this.line.size());
		this.line.add(entry);
		return entry;
	}

	private boolean isFree(Entry entry, int end) {
		for (int i = 0; i < end; i++) {
			if (meet(entry, this.line.get(i))) {
				return false;
			}
		}
		return true;
	}

	private boolean meet(Entry a, Entry b) {
		return this.environment.overlaps().mayMeet(a.call.call().process(), b.call.call().process())
				&& touched(a).meets(touched(b));
	}

	private Touched touched(Entry entry) {
		if (entry.touched == null) {
			entry.touched = this.environment.overlaps()
				.touchedBy(entry.call.call().process(), entry.call.arguments(), this.environment.head(),
						this.run.variables());
		}
		return entry.touched;
	}

	/**
	 * Leave the line.
	 * @param entry the place in the line
	 * @return those whose turn it is now
	 */
	List<Entry> leave(Entry entry) {
		List<Entry> next = new ArrayList<>();
		this.line.remove(entry);
		for (int i = 0; i < this.line.size(); i++) {
			Entry waiting = this.line.get(i);
			if (!waiting.granted && isFree(waiting, i)) {
				waiting.granted = true;
				next.add(waiting);
			}
		}
		return next;
	}

	/**
	 * A place in the line.
	 */
	static final class Entry {

		private final Branch branch;

		private final PendingCall call;

		private @Nullable Touched touched;

		private boolean granted;

		private Entry(Branch branch, PendingCall call) {
			this.branch = branch;
			this.call = call;
		}

		Branch branch() {
			return this.branch;
		}

		boolean isGranted() {
			return this.granted;
		}

	}

}
