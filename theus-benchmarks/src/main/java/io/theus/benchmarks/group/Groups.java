package io.theus.benchmarks.group;

import java.util.ArrayList;
import java.util.List;

/**
 * All groups.
 *
 * @since 0.1.0
 */
public final class Groups {

	private static final List<Group> ALL = List.of(CommitGroup.create(), ProcessGroup.create(), ReadGroup.create(),
			HistoryGroup.create(), ContentionGroup.create(), GrowthGroup.create(), FluxGroup.create(),
			WaitingGroup.create(), SignalsGroup.create(), AuditGroup.create(), OutboxGroup.create(),
			HeavyGroup.create(), ParallelGroup.create());

	private Groups() {
	}

	/**
	 * Return all groups.
	 * @return the groups, in the order of the documentation
	 */
	public static List<Group> all() {
		return ALL;
	}

	/**
	 * Return the groups that are selected.
	 * @param names names separated by commas, or {@code all}
	 * @return the groups, in the order of the names
	 * @throws IllegalArgumentException if there is no group of such a name
	 */
	public static List<Group> select(String names) {
		if ("all".equals(names)) {
			return ALL;
		}
		List<Group> selected = new ArrayList<>();
		for (String name : names.split(",", -1)) {
			selected.add(find(name.trim()));
		}
		return selected;
	}

	private static Group find(String name) {
		return ALL.stream()
			.filter((group) -> group.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("benchmark group '" + name + "' not found: groups="
					+ ALL.stream().map(Group::name).toList() + ", select some of them or 'all'"));
	}

}
