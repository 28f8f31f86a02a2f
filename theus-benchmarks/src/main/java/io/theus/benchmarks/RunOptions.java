package io.theus.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.theus.benchmarks.group.Effort;
import io.theus.benchmarks.group.Group;
import io.theus.benchmarks.group.Groups;

/**
 * What is to be run, from the command line.
 *
 * @param groups the groups, in this order
 * @param quick whether only a smoke run is wanted
 * @param output the directory for reports and the log
 * @param docs the page of the documentation that receives the reports
 */
record RunOptions(List<Group> groups, boolean quick, Path output, Path docs) {

	private static final Set<String> NAMES = Set.of("groups", "quick", "output", "docs");

	static RunOptions parse(String... arguments) {
		Map<String, String> values = Arrays.stream(arguments)
			.map((argument) -> argument.replaceFirst("^--", "").split("=", 2))
			.filter((pair) -> pair.length == 2)
			.collect(Collectors.toMap((pair) -> pair[0], (pair) -> pair[1]));
		if (!values.keySet().equals(NAMES) || arguments.length != NAMES.size()) {
			throw new IllegalArgumentException("command line is not understood: arguments=" + List.of(arguments)
					+ ", give --groups=, --quick=, --output= and --docs=");
		}
		return new RunOptions(Groups.select(value(values, "groups")), Boolean.parseBoolean(value(values, "quick")),
				Path.of(value(values, "output")), Path.of(value(values, "docs")));
	}

	private static String value(Map<String, String> values, String name) {
		return Objects.requireNonNull(values.get(name));
	}

	Effort effort(Group group) {
		if (this.quick) {
			return Effort.quick();
		}
		return group.effort();
	}

}
