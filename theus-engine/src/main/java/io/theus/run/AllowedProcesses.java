package io.theus.run;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.theus.process.ProcessDefinition;
import io.theus.workflow.CallStep;

/**
 * The processes that a step may call whose process an expression names.
 */
final class AllowedProcesses {

	private final String step;

	// As they are listed
	private final Map<String, ProcessDefinition> processes;

	AllowedProcesses(CallStep step, Map<String, ProcessDefinition> processes) {
		this.step = step.id();
		this.processes = new LinkedHashMap<>(processes);
	}

	Collection<ProcessDefinition> all() {
		return this.processes.values();
	}

	/**
	 * Find a process by the name that the expression gave.
	 * @param name the id, the short name, or a relaxed spelling of either
	 * @return the process
	 * @throws ProcessNotAllowedException if it is none that may be called
	 */
	ProcessDefinition find(@Nullable Object name) {
		List<String> allowed = List.copyOf(this.processes.keySet());
		if (!(name instanceof String text)) {
			throw ProcessNotAllowedException.noName(this.step, name, allowed);
		}
		List<ProcessDefinition> found = matching((process) -> process.id().equals(text));
		if (found.isEmpty()) {
			found = matching((process) -> process.name().equals(text));
		}
		if (found.isEmpty()) {
			found = matching((process) -> process.isNamed(text));
		}
		if (found.isEmpty()) {
			throw ProcessNotAllowedException.unknown(this.step, text, allowed);
		}
		if (found.size() > 1) {
			throw ProcessNotAllowedException.ambiguous(this.step, text,
					found.stream().map(ProcessDefinition::id).toList());
		}
		return found.get(0);
	}

	private List<ProcessDefinition> matching(Predicate<ProcessDefinition> condition) {
		return this.processes.values().stream().distinct().filter(condition).toList();
	}

}
