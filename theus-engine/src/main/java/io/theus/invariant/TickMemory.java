package io.theus.invariant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.theus.internal.collection.PersistentMap;
import io.theus.store.RunPlace;

/**
 * The ticks of one kind that are open: one, or one for each run.
 *
 * @param starts how they began, the newest last; never empty
 * @param current which of them the last commit belongs to
 */
// Nobody says when a run is over, so only the last runs are remembered. Whatever is
// committed outside of runs belongs to the tick that began last.
record TickMemory(List<TickStart> starts, int current) {

	static final int RUNS = 64;

	static TickMemory begin(Tick tick, PersistentMap<Object> root, Instant now) {
		return only(new TickStart(null, (tick instanceof Tick.Every every) ? number(every, now) : 0, root));
	}

	private static TickMemory only(TickStart start) {
		return new TickMemory(List.of(start), 0);
	}

	private static long number(Tick.Every every, Instant now) {
		return Math.floorDiv(now.toEpochMilli(), every.period().toMillis());
	}

	TickStart start() {
		return this.starts.get(this.current);
	}

	// Identity is meant: most commits leave the start as it is
	@SuppressWarnings("ReferenceEquality")
	TickMemory with(TickStart start) {
		if (start == start()) {
			return this;
		}
		List<TickStart> all = new ArrayList<>(this.starts);
		all.set(this.current, start);
		return new TickMemory(List.copyOf(all), this.current);
	}

	/**
	 * Find the tick that a commit belongs to, which may begin with it.
	 * @param ticks its kind
	 * @param proposal the commit
	 * @return the memory whose current tick it is
	 */
	TickMemory enter(TickKind ticks, Proposal proposal) {
		Tick tick = ticks.tick();
		if (ticks.places() != null) {
			return ticks.places().differIn(proposal) ? only(new TickStart(null, 0, proposal.before())) : this;
		}
		if (tick instanceof Tick.Every every) {
			long number = number(every, proposal.now());
			return (number > start().number()) ? only(new TickStart(null, number, proposal.before())) : this;
		}
		return (tick instanceof Tick.EachRun each) ? enter(each, proposal) : this;
	}

	private TickMemory enter(Tick.EachRun each, Proposal proposal) {
		RunPlace place = proposal.origin().place();
		if (place == null || !place.workflow().equals(each.workflow())) {
			return at(this.starts.size() - 1);
		}
		int known = indexOf(place.run());
		long number = each.iterations() ? place.iteration() : 0;
		// A branch or compensation that comes late belongs to what its run is at by now
		if (known >= 0 && number <= this.starts.get(known).number()) {
			return at(known);
		}
		List<TickStart> all = new ArrayList<>(this.starts);
		if (known >= 0) {
			all.remove(known);
		}
		else if (all.size() == RUNS) {
			all.remove(0);
		}
		all.add(new TickStart(place.run(), number, proposal.before()));
		return new TickMemory(List.copyOf(all), all.size() - 1);
	}

	private TickMemory at(int index) {
		return (index == this.current) ? this : new TickMemory(this.starts, index);
	}

	private int indexOf(String run) {
		for (int i = this.starts.size() - 1; i >= 0; i--) {
			if (run.equals(this.starts.get(i).run())) {
				return i;
			}
		}
		return -1;
	}

}
