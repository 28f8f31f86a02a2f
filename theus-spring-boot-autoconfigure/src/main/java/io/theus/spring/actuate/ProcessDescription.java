package io.theus.spring.actuate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.Propagation;
import io.theus.Semantic;
import io.theus.contract.ContractSpec;
import io.theus.contract.ContractUse;
import io.theus.path.PathPattern;
import io.theus.process.Parameter;
import io.theus.process.ProcessDefinition;
import io.theus.process.ProcessOutcome;

/**
 * A process as the endpoint shows it.
 *
 * @param id its id
 * @param name its short name
 * @param semantic what it is for
 * @param arguments the types of its arguments by name
 * @param inputs what it reads
 * @param outputs what it writes
 * @param emits the signals that it may emit
 * @param sends the topics that it may send messages to
 * @param starts the workflows of which it may start and signal runs
 * @param calls the processes that it may call, empty where all without side effects may
 * be called
 * @param sideEffects what it touches outside
 * @param errors the failures that are expected
 * @param timeout its own time limit, {@code null} for the engine's
 * @param propagation what it does where a transaction is running already
 * @param executions how often it ran, by outcome
 * @param attempts how often it was tried
 * @param unused what it declares and has not used so far
 * @param missing what it used without declaring it, where that is not refused
 * @since 0.1.0
 */
public record ProcessDescription(String id, String name, Semantic semantic, Map<String, String> arguments,
		List<String> inputs, List<String> outputs, List<String> emits, List<String> sends, List<String> starts,
		List<String> calls, List<String> sideEffects, List<String> errors, @Nullable Duration timeout,
		Propagation propagation, Map<ProcessOutcome, Long> executions, long attempts, Unused unused, Missing missing) {

	static ProcessDescription of(ProcessDefinition process, ProcessCounters counters, Viewer viewer) {
		ContractSpec spec = process.contract().spec();
		Map<String, String> arguments = new LinkedHashMap<>();
		for (Parameter argument : process.arguments()) {
			arguments.put(argument.name(), argument.type().getTypeName());
		}
		return new ProcessDescription(process.id(), process.name(), spec.semantic(), arguments,
				patterns(process.contract().inputs(), viewer), patterns(process.contract().outputs(), viewer),
				spec.emits(), spec.sends(), spec.starts(), spec.calls(), spec.sideEffects(),
				spec.errors().stream().map(Class::getName).toList(), process.timeout(), process.propagation(),
				counters.executions(process.id()), counters.attempts(process.id()),
				unused(process.contract().use(), viewer), missing(process.contract().use(), viewer));
	}

	private static List<String> patterns(List<PathPattern> declared, Viewer viewer) {
		return declared.stream().filter(viewer::sees).map(Object::toString).toList();
	}

	private static Unused unused(ContractUse use, Viewer viewer) {
		return new Unused(seen(use.unusedInputs(), viewer), seen(use.unusedOutputs(), viewer));
	}

	private static Missing missing(ContractUse use, Viewer viewer) {
		return new Missing(seen(use.missingInputs(), viewer), seen(use.missingOutputs(), viewer), use.missingEmits(),
				use.missingSends(), use.missingStarts(), use.missingCalls());
	}

	private static List<String> seen(List<String> paths, Viewer viewer) {
		return paths.stream().filter((path) -> viewer.sees(PathPattern.parse(path))).toList();
	}

	/**
	 * Grants that nobody needed.
	 *
	 * @param inputs patterns that were not read
	 * @param outputs patterns that were not written
	 */
	public record Unused(List<String> inputs, List<String> outputs) {

	}

	/**
	 * Grants that would have been needed.
	 *
	 * @param inputs paths that were read
	 * @param outputs paths that were written
	 * @param emits topics of signals
	 * @param sends topics of messages
	 * @param starts names of workflows
	 * @param calls ids of processes
	 */
	public record Missing(List<String> inputs, List<String> outputs, List<String> emits, List<String> sends,
			List<String> starts, List<String> calls) {

	}

}
