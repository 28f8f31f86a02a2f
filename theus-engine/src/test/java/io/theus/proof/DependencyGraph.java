package io.theus.proof;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Which transaction has to come before which, and whether that goes in a circle.
 */
// The direct serialisation graph of Adya, "Weak Consistency: A Generalized Theory and
// Optimistic Implementations for Distributed Transactions" (MIT, 1999), with an edge in
// addition wherever one transaction ended before another began. A history is strictly
// serialisable if the graph has no cycle. Cycles are named as there: G1c without an
// anti-dependency, G-single with one (read skew), G2 with more (write skew; also lost
// update, where both replaced what both had read).
final class DependencyGraph {

	// How many transactions of the cyclic part are looked at to find a short cycle
	private static final int TRIALS = 200;

	private final List<Work> works;

	private final List<List<Edge>> edges = new ArrayList<>();

	DependencyGraph(List<Work> works) {
		this.works = works;
		for (int i = 0; i < works.size(); i++) {
			this.edges.add(new ArrayList<>());
		}
		addTime();
	}

	// Instead of an edge for each pair, a line of nodes for the ends of all transactions:
	// from each transaction to its end, from the last end before a transaction to it
	private void addTime() {
		List<Integer> ends = inOrder(Comparator.comparingLong(Work::returned));
		int line = this.edges.size();
		for (int i = 0; i < ends.size(); i++) {
			this.edges.add(new ArrayList<>());
			this.edges.get(ends.get(i)).add(new Edge(line + i, Kind.TIME, ""));
			if (i > 0) {
				this.edges.get(line + i - 1).add(new Edge(line + i, Kind.TIME, ""));
			}
		}
		int ended = 0;
		for (int begun : inOrder(Comparator.comparingLong(Work::invoked))) {
			while (ended < ends.size() && this.works.get(ends.get(ended)).isBefore(this.works.get(begun))) {
				ended++;
			}
			if (ended > 0) {
				this.edges.get(line + ended - 1).add(new Edge(begun, Kind.TIME, ""));
			}
		}
	}

	private List<Integer> inOrder(Comparator<Work> comparator) {
		List<Integer> order = new ArrayList<>();
		for (int i = 0; i < this.works.size(); i++) {
			order.add(i);
		}
		order.sort(Comparator.comparing(this.works::get, comparator));
		return order;
	}

	/**
	 * Say that one transaction comes before another. Of a transaction and itself nothing
	 * is to be said.
	 * @param before the number of the one
	 * @param after the number of the other
	 * @param kind why
	 * @param what what they have to do with each other
	 */
	void add(int before, int after, Kind kind, String what) {
		if (before != after) {
			this.edges.get(before).add(new Edge(after, kind, what));
		}
	}

	/**
	 * Look for a cycle.
	 * @return a short one in words, {@code null} if there is none
	 */
	@Nullable String findCycle() {
		boolean[] cyclic = new boolean[this.edges.size()];
		List<Integer> remaining = removeAcyclic(cyclic);
		List<Step> shortest = null;
		for (int i = 0; i < Math.min(TRIALS, remaining.size()); i++) {
			List<Step> cycle = shortestCycle(remaining.get(i), cyclic);
			boolean shorter = cycle != null && (shortest == null || cycle.size() < shortest.size());
			shortest = shorter ? cycle : shortest;
		}
		return (shortest != null) ? describe(shortest) : null;
	}

	// Take away what has nothing before it until nothing like that is left (Kahn 1962),
	// then
	// likewise what has nothing after it
	private List<Integer> removeAcyclic(boolean[] cyclic) {
		List<List<Integer>> after = new ArrayList<>();
		List<List<Integer>> before = new ArrayList<>();
		for (int i = 0; i < this.edges.size(); i++) {
			cyclic[i] = true;
			after.add(this.edges.get(i).stream().map(Edge::to).toList());
			before.add(new ArrayList<>());
		}
		for (int i = 0; i < after.size(); i++) {
			for (int next : after.get(i)) {
				before.get(next).add(i);
			}
		}
		peel(after, before, cyclic);
		peel(before, after, cyclic);
		List<Integer> remaining = new ArrayList<>();
		for (int i = 0; i < this.works.size(); i++) {
			if (cyclic[i]) {
				remaining.add(i);
			}
		}
		return remaining;
	}

	private static void peel(List<List<Integer>> after, List<List<Integer>> before, boolean[] cyclic) {
		int[] open = new int[cyclic.length];
		Deque<Integer> free = new ArrayDeque<>();
		for (int i = 0; i < open.length; i++) {
			open[i] = (int) before.get(i).stream().filter((each) -> cyclic[each]).count();
			if (cyclic[i] && open[i] == 0) {
				free.add(i);
			}
		}
		for (Integer next = free.poll(); next != null; next = free.poll()) {
			cyclic[next] = false;
			for (int each : after.get(next)) {
				if (cyclic[each] && --open[each] == 0) {
					free.add(each);
				}
			}
		}
	}

	private @Nullable List<Step> shortestCycle(int start, boolean[] cyclic) {
		Step[] reached = new Step[this.edges.size()];
		Deque<Integer> front = new ArrayDeque<>(List.of(start));
		while (!front.isEmpty() && reached[start] == null) {
			int from = front.poll();
			for (Edge edge : this.edges.get(from)) {
				if (cyclic[edge.to()] && reached[edge.to()] == null) {
					reached[edge.to()] = new Step(from, edge);
					front.add(edge.to());
				}
			}
		}
		if (reached[start] == null) {
			return null;
		}
		List<Step> cycle = new ArrayList<>();
		int at = start;
		do {
			cycle.add(reached[at]);
			at = reached[at].from();
		}
		while (at != start);
		Collections.reverse(cycle);
		return cycle;
	}

	private String describe(List<Step> cycle) {
		long anti = cycle.stream().filter((step) -> step.edge().kind() == Kind.READ_WRITE).count();
		boolean time = cycle.stream().anyMatch((step) -> step.edge().kind() == Kind.TIME);
		String name = time ? "stale read" : (anti == 0) ? "G1c" : (anti == 1) ? "G-single" : "G2";
		StringBuilder text = new StringBuilder("cycle (%s):".formatted(name));
		for (Step step : cycle) {
			if (step.from() < this.works.size()) {
				text.append("%n%s ".formatted(this.works.get(step.from())));
				text.append(
						(step.edge().kind() == Kind.TIME) ? "ended before the next began:" : step.edge().what() + ":");
			}
		}
		return text.append("%n%s".formatted(this.works.get(cycle.get(0).from()))).toString();
	}

	/**
	 * Why one transaction comes before another.
	 */
	enum Kind {

		/** The other overwrote what it wrote. */
		WRITE_WRITE,

		/** The other read what it wrote. */
		WRITE_READ,

		/** The other overwrote what it read. */
		READ_WRITE,

		/** It had returned when the other began. */
		TIME

	}

	private record Edge(int to, Kind kind, String what) {

	}

	private record Step(int from, Edge edge) {

	}

}
