package io.theus.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.Isolation;
import io.theus.Semantic;
import io.theus.error.Suggestions;
import io.theus.internal.yaml.SourcePosition;
import io.theus.process.InvalidArgumentException;
import io.theus.process.Parameter;
import io.theus.process.ProcessDefinition;
import io.theus.process.ProcessRegistry;
import io.theus.workflow.CallOptions;
import io.theus.workflow.CallStep;
import io.theus.workflow.Name;
import io.theus.workflow.Operand;
import io.theus.workflow.ProcessStep;
import io.theus.workflow.Step;
import io.theus.workflow.StepArguments;
import io.theus.workflow.Workflow;

/**
 * Finds the processes that the steps of a workflow call, and checks everything about the
 * calls that is known before a run.
 */
final class CallBinding {

	private final Set<String> inputs;

	private final ProcessRegistry processes;

	private final Problems problems;

	CallBinding(Workflow workflow, ProcessRegistry processes) {
		this.inputs = workflow.inputs().keySet();
		this.processes = processes;
		this.problems = new Problems(workflow.name());
	}

	Call.Declared bind(ProcessStep step) {
		ProcessDefinition process = this.problems.find(this.processes, step.process());
		StepArguments given = step.arguments();
		List<String> known = names(process);
		for (String name : given.names()) {
			if (!known.contains(name)) {
				throw unknown(given.position(name), process, name, known);
			}
			checkConstant(given.position(name), process, name, given.get(name));
		}
		List<String> fromInputs = new ArrayList<>();
		for (Parameter argument : process.arguments()) {
			if (given.names().contains(argument.name())) {
				continue;
			}
			if (this.inputs.contains(argument.name())) {
				fromInputs.add(argument.name());
			}
			else if (!argument.optional()) {
				throw this.problems.at(step.process().position(),
						"argument '%s' of process '%s' is missing, add it to 'with' or to the inputs of the workflow"
							.formatted(argument.name(), process.id()));
			}
		}
		checkOptions(step.options(), step.process(), List.of(process));
		return new Call.Declared(process, given, List.copyOf(fromInputs));
	}

	private static List<String> names(ProcessDefinition process) {
		return process.arguments().stream().map(Parameter::name).toList();
	}

	private RuntimeException unknown(@Nullable SourcePosition position, ProcessDefinition process, String name,
			Collection<String> known) {
		return this.problems.at(position, "process '%s' has no argument '%s'%s, known=%s".formatted(process.id(), name,
				Suggestions.didYouMean(name, known), known));
	}

	private void checkConstant(@Nullable SourcePosition position, ProcessDefinition process, String name,
			@Nullable Operand value) {
		if (value != null && value.isConstant()) {
			this.problems.at(position, InvalidArgumentException.class, () -> {
				process.checkArgument(name, value.source());
				return process;
			});
		}
	}

	private void checkOptions(CallOptions options, Name step, Collection<ProcessDefinition> called) {
		DeclaredErrors.check(options, step, called, this.problems);
		for (ProcessDefinition process : called) {
			if (options.isolation() == Isolation.RAW && process.isAsynchronous()) {
				throw this.problems.at(step.position(),
						"process '%s' is asynchronous, which isolation=RAW does not support, remove the isolation"
							.formatted(process.id()));
			}
		}
	}

	AllowedProcesses bind(CallStep step) {
		Map<String, ProcessDefinition> found = new LinkedHashMap<>();
		step.allowed().forEach((name) -> found.put(name.text(), this.problems.find(this.processes, name)));
		AllowedProcesses allowed = new AllowedProcesses(step, found);
		checkArguments(step, allowed);
		checkOptions(step.options(), new Name(step.id(), step.label().position()), allowed.all());
		return allowed;
	}

	// Their values come from outside, but what is passed at all may be written down
	private void checkArguments(CallStep step, AllowedProcesses allowed) {
		Object given = step.arguments().source();
		SourcePosition position = step.label().position();
		if (given instanceof Map<?, ?> map) {
			Set<String> known = new HashSet<>();
			allowed.all().forEach((process) -> known.addAll(names(process)));
			for (Object name : map.keySet()) {
				if (!known.contains(String.valueOf(name))) {
					List<String> sorted = known.stream().sorted().toList();
					throw this.problems
						.at(position, "step '%s' passes argument '%s', which no allowed process has%s, known=%s"
							.formatted(step.id(), name, Suggestions.didYouMean(String.valueOf(name), sorted), sorted));
				}
			}
		}
	}

	/**
	 * Find what undoes a step.
	 * @param step the step
	 * @param options how it calls
	 * @param called what it may call
	 * @return the compensation, {@code null} for none
	 */
	@Nullable Compensation compensation(Step step, CallOptions options, Collection<ProcessDefinition> called) {
		Name name = options.compensation();
		if (name == null) {
			return null;
		}
		ProcessDefinition process = this.problems.find(this.processes, name);
		if (process.contract().semantic() == Semantic.PURE) {
			throw this.problems.at(name.position(),
					"process '%s' is PURE and cannot undo step '%s', name one that has effects".formatted(process.id(),
							step.id()));
		}
		Set<String> sources = sources(step, called);
		for (Parameter argument : process.arguments()) {
			if (!sources.contains(argument.name()) && !argument.optional()) {
				throw this.problems.at(name.position(),
						"argument '%s' of compensation '%s' has no source, name it 'result', or as an argument of step '%s' or an input of the workflow, known=%s"
							.formatted(argument.name(), process.id(), step.id(), sources));
			}
		}
		return new Compensation(process);
	}

	private Set<String> sources(Step step, Collection<ProcessDefinition> called) {
		Set<String> sources = new LinkedHashSet<>();
		sources.add(Compensation.RESULT);
		if (step instanceof ProcessStep process) {
			sources.addAll(process.arguments().names());
		}
		else {
			called.forEach((process) -> sources.addAll(names(process)));
		}
		sources.addAll(this.inputs);
		return sources;
	}

}
