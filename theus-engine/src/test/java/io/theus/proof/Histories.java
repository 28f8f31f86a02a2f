package io.theus.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes histories by hand. All transactions run at the same time unless they are told
 * when, and read version 1.
 */
final class Histories {

	private static final long ALWAYS = 1000;

	private final Map<String, Object> initial;

	private final List<Work> works = new ArrayList<>();

	Histories(Map<String, Object> domain) {
		this.initial = Map.of("domain", domain);
	}

	static Histories of(Map<String, Object> domain) {
		return new Histories(domain);
	}

	Histories commit(String name, long version, Access... accesses) {
		return add(name, 0, ALWAYS, 1, version, true, accesses);
	}

	Histories commitFrom(String name, long begin, long version, Access... accesses) {
		return add(name, 0, ALWAYS, begin, version, true, accesses);
	}

	Histories commitWithin(String name, long invoked, long returned, long version, Access... accesses) {
		return add(name, invoked, returned, 1, version, true, accesses);
	}

	Histories look(String name, long version, Access... accesses) {
		return add(name, 0, ALWAYS, version, version, false, accesses);
	}

	Histories lookWithin(String name, long invoked, long returned, long version, Access... accesses) {
		return add(name, invoked, returned, version, version, false, accesses);
	}

	private Histories add(String name, long invoked, long returned, long begin, long version, boolean committed,
			Access... accesses) {
		this.works.add(new Work(name, invoked, returned, begin, version, committed, false, List.of(accesses)));
		return this;
	}

	Recording endingAs(Map<String, Object> domain) {
		return new Recording(Plain.ofMap(this.initial), 1, List.copyOf(this.works),
				Plain.ofMap(Map.of("domain", domain)));
	}

}
