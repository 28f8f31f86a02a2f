package io.theus.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.path.PathPattern;
import io.theus.process.Parameter;
import io.theus.process.SharedPlaces;
import io.theus.workflow.Block;
import io.theus.workflow.Operand;
import io.theus.workflow.ParallelStep;
import io.theus.workflow.ProcessStep;

/**
 * Finds parallel branches that write the same place.
 */
final class BranchWarnings {

	private final BoundWorkflow workflow;

	private final SharedPlaces places;

	private final Set<String> warnings = new LinkedHashSet<>();

	private BranchWarnings(BoundWorkflow workflow, SharedPlaces places) {
		this.workflow = workflow;
		this.places = places;
	}

	/**
	 * Look at all branches of a workflow.
	 * @param workflow the workflow, linked
	 * @param places what may be written by several at the same time
	 * @return what to tell its author, a sentence for each pair of steps
	 */
	static List<String> of(BoundWorkflow workflow, SharedPlaces places) {
		BranchWarnings found = new BranchWarnings(workflow, places);
		workflow.workflow().forEachStep((step) -> {
			if (step instanceof ParallelStep parallel) {
				found.compare(parallel);
			}
		});
		return List.copyOf(found.warnings);
	}

	private void compare(ParallelStep parallel) {
		List<List<Site>> branches = new ArrayList<>();
		for (Block branch : parallel.branches()) {
			List<Site> sites = Site.in(this.workflow, branch);
			branches.forEach(
					(earlier) -> earlier.forEach((site) -> sites.forEach((other) -> compare(parallel, site, other))));
			branches.add(sites);
		}
	}

	private void compare(ParallelStep parallel, Site a, Site b) {
		Set<String> both = new LinkedHashSet<>();
		for (PathPattern mine : written(a)) {
			for (PathPattern other : written(b)) {
				if (isSamePlace(a, mine, b, other)) {
					both.add("'" + mine + "'" + (mine.equals(other) ? "" : " and '" + other + "'"));
				}
			}
		}
		if (!both.isEmpty()) {
			this.warnings.add(
					"steps %s and %s of workflow '%s' are in parallel branches and can both write %s: parallel='%s' processes=[%s, %s], they take turns, declare a merge rule or put them in one branch"
						.formatted(a, b, this.workflow.workflow().name(), String.join(", ", both), parallel.id(),
								a.process().id(), b.process().id()));
		}
	}

	private List<PathPattern> written(Site site) {
		return site.process()
			.contract()
			.outputs()
			.stream()
			.filter((output) -> !this.places.isFree(output) && !this.places.isMerged(output))
			.toList();
	}

	// Of keys that are known in a run only, those count that are written the same
	private static boolean isSamePlace(Site a, PathPattern mine, Site b, PathPattern other) {
		if (mine.placeholders().isEmpty() && other.placeholders().isEmpty()) {
			return mine.overlaps(other);
		}
		if (!mine.equals(other)) {
			return false;
		}
		List<Object> keys = keys(a, mine);
		return keys != null && keys.equals(keys(b, other));
	}

	private static @Nullable List<Object> keys(Site site, PathPattern pattern) {
		List<Object> keys = new ArrayList<>();
		for (String placeholder : pattern.placeholders()) {
			Object key = placeholder.startsWith("@") ? placeholder : key(site, placeholder);
			if (key == null) {
				return null;
			}
			keys.add(key);
		}
		return keys;
	}

	// How the value of a placeholder is written, null if that says nothing about it
	private static @Nullable Object key(Site site, String placeholder) {
		int dot = placeholder.indexOf('.');
		String name = (dot < 0) ? placeholder : placeholder.substring(0, dot);
		String component = (dot < 0) ? "" : placeholder.substring(dot);
		for (Parameter parameter : site.process().parameters()) {
			if (parameter.name().equals(name)) {
				PathPattern input = parameter.input();
				Object source = (input != null) ? input(site, input) : argument(site, name);
				return (source != null) ? List.of(source, component) : null;
			}
		}
		return null;
	}

	private static @Nullable Object input(Site site, PathPattern input) {
		List<Object> keys = keys(site, input);
		return (keys != null) ? List.of(input, keys) : null;
	}

	private static @Nullable Object argument(Site site, String name) {
		if (!(site.step() instanceof ProcessStep step)) {
			return null;
		}
		Operand given = step.arguments().get(name);
		if (given != null && given.isConstant()) {
			return given.source();
		}
		// Inputs and results of another workflow are others
		if (site.inner()) {
			return null;
		}
		return (given != null) ? given.source() : "#{inputs." + name + "}";
	}

}
