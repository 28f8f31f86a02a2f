package io.theus.process;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.theus.contract.BoundContract;
import io.theus.contract.VariableValues;
import io.theus.state.Snapshot;

/**
 * Tells which calls would be in each other's way if they ran side by side: first by what
 * their processes declare, which is known before a run, then by the places that the
 * arguments of two calls name.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class Overlaps {

	private final ProcessRegistry processes;

	private final SharedPlaces places;

	// By id of the process
	private final Map<String, Touched> declared = new ConcurrentHashMap<>();

	private final Map<Pair, Boolean> pairs = new ConcurrentHashMap<>();

	/**
	 * Create what tells of overlaps.
	 * @param processes the processes that may be called
	 * @param places where several transactions may write at the same time
	 */
	public Overlaps(ProcessRegistry processes, SharedPlaces places) {
		this.processes = processes;
		this.places = places;
	}

	/**
	 * Return whether some calls of two processes are in each other's way.
	 * @param a a process
	 * @param b a process that may run at the same time, also the same one
	 * @return whether the contracts of the processes meet, whatever the arguments are
	 */
	public boolean mayMeet(ProcessDefinition a, ProcessDefinition b) {
		return this.pairs.computeIfAbsent(new Pair(a.id(), b.id()), (pair) -> declared(a).meets(declared(b)));
	}

	// Whatever the arguments are
	Touched declared(ProcessDefinition process) {
		Touched known = this.declared.get(process.id());
		if (known == null) {
			known = own(process).and(called(process, new HashSet<>(Set.of(process.id()))));
			this.declared.put(process.id(), known);
		}
		return known;
	}

	private Touched own(ProcessDefinition process) {
		return Touched.of(process.contract().inputs(), process.contract().outputs(), this.places);
	}

	// What a process calls is a part of its transaction. With which arguments, only its
	// body knows.
	private Touched called(ProcessDefinition process, Set<String> seen) {
		Touched touched = Touched.NOTHING;
		for (String name : process.contract().spec().calls()) {
			ProcessDefinition callee = this.processes.get(name);
			if (seen.add(callee.id())) {
				touched = touched.and(own(callee)).and(called(callee, seen));
			}
		}
		return touched;
	}

	/**
	 * Foresee what a call touches.
	 * @param process the process that is called
	 * @param arguments its arguments by name
	 * @param snapshot where inputs are read that name further places
	 * @param variables the values of contract variables
	 * @return what its contract means for the arguments; for arguments that do not fit,
	 * which the call itself reports, what any call may touch
	 */
	public Touched touchedBy(ProcessDefinition process, Map<String, ? extends @Nullable Object> arguments,
			Snapshot snapshot, VariableValues variables) {
		try {
			BoundContract contract = process.foresee(arguments, snapshot, variables);
			return Touched.of(contract.inputs(), contract.outputs(), this.places)
				.and(called(process, new HashSet<>(Set.of(process.id()))));
		}
		catch (RuntimeException ex) {
			return declared(process);
		}
	}

	/**
	 * Two processes.
	 *
	 * @param a the id of one
	 * @param b the id of the other
	 */
	private record Pair(String a, String b) {

	}

}
