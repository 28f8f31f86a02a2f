package io.theus.audit.recipe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.AuditLevel;
import io.theus.error.Suggestions;

/**
 * Finds the processes of recipes, and every mistake in what is said about them.
 */
final class RecipeBinder {

	private final AuditedProcesses processes;

	RecipeBinder(AuditedProcesses processes) {
		this.processes = processes;
	}

	/**
	 * Compile recipes.
	 * @param recipes the recipes
	 * @return the rules by the ids of their processes
	 * @throws InvalidAuditRecipeException if something is named that does not exist, or a
	 * process has two recipes
	 */
	Map<String, ProcessAudit> bind(List<AuditRecipe> recipes) {
		Map<String, ProcessRecipe> known = new HashMap<>();
		Map<String, ProcessAudit> bound = new LinkedHashMap<>();
		for (AuditRecipe recipe : recipes) {
			for (ProcessRecipe each : recipe.processes()) {
				AuditedProcess process = find(each);
				if (process != null) {
					ProcessRecipe other = known.put(process.id(), each);
					if (other != null) {
						throw twice(process, each, other);
					}
					bound.put(process.id(), new RuleBinder(process, this.processes).bind(each));
				}
			}
		}
		return bound;
	}

	static InvalidAuditRecipeException twice(AuditedProcess process, ProcessRecipe recipe, ProcessRecipe other) {
		return recipe.name()
			.error("process '%s' has two recipes, the other one is '%s', %s, keep one of them".formatted(process.id(),
					other.name(), other.name().place()));
	}

	// What is ignored need not exist
	private @Nullable AuditedProcess find(ProcessRecipe recipe) {
		String name = recipe.name().text();
		List<AuditedProcess> found = this.processes.named(name);
		if (found.size() == 1) {
			return found.get(0);
		}
		if (recipe.policy().level() == AuditLevel.IGNORE) {
			return null;
		}
		if (found.isEmpty()) {
			throw recipe.name()
				.error("process '%s' not found%s, name the id or the unique name of a process".formatted(name,
						Suggestions.didYouMean(name, this.processes.names())));
		}
		throw recipe.name()
			.error("several processes are called '%s', name one of the ids %s".formatted(name,
					found.stream().map(AuditedProcess::id).sorted().toList()));
	}

	/**
	 * Find what recipes say about a process before all processes are known.
	 * @param recipes the recipes
	 * @param process the process
	 * @return the recipes about it
	 */
	static List<ProcessRecipe> about(List<AuditRecipe> recipes, AuditedProcess process) {
		List<ProcessRecipe> found = new ArrayList<>();
		for (AuditRecipe recipe : recipes) {
			recipe.processes().stream().filter((each) -> process.isNamed(each.name().text())).forEach(found::add);
		}
		return found;
	}

}
