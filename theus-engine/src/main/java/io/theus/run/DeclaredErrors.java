package io.theus.run;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.theus.error.Suggestions;
import io.theus.parallel.ParallelRejectedException;
import io.theus.parallel.WorkerDiedException;
import io.theus.process.ProcessDefinition;
import io.theus.workflow.CallOptions;
import io.theus.workflow.ErrorHandler;
import io.theus.workflow.Name;
import io.theus.workflow.RetryRule;

/**
 * Relates the names of errors in a workflow to the errors that processes declare. A name
 * is that of the class, with or without package. Every parallel process may find no room,
 * and lose the worker that it runs in.
 */
final class DeclaredErrors {

	private static final List<Class<? extends Throwable>> PARALLEL = List.of(ParallelRejectedException.class,
			WorkerDiedException.class);

	private DeclaredErrors() {
	}

	/**
	 * Check that all names that a step uses mean errors of its process.
	 * @param options how the step calls
	 * @param step the name of the process in the step
	 * @param processes the processes that it may call
	 * @param problems refuses what is wrong
	 */
	static void check(CallOptions options, Name step, Collection<ProcessDefinition> processes, Problems problems) {
		options.handlers().forEach((handler) -> check(handler.error(), processes, problems));
		RetryRule retry = options.retry();
		if (retry == null) {
			return;
		}
		retry.errors().forEach((name) -> check(name, processes, problems));
		if (retry.errors().isEmpty() && processes.stream().flatMap(DeclaredErrors::of).findAny().isEmpty()) {
			throw problems.at(step.position(),
					"%s no errors, and only those are tried again, declare them or remove 'retry'"
						.formatted(declaring(processes)));
		}
	}

	private static void check(Name name, Collection<ProcessDefinition> processes, Problems problems) {
		Set<String> known = new LinkedHashSet<>();
		boolean found = false;
		for (ProcessDefinition process : processes) {
			List<String> meant = nameable(process).filter((error) -> isNamed(error, name.text()))
				.map(Class::getName)
				.toList();
			if (meant.size() > 1) {
				throw problems.at(name.position(), "error '%s' of process '%s' is ambiguous, use one of %s"
					.formatted(name.text(), process.id(), meant));
			}
			found |= !meant.isEmpty();
			nameable(process).forEach((error) -> known.add(error.getSimpleName()));
		}
		if (!found) {
			throw problems.at(name.position(), "%s no error '%s'%s, declared=%s, add it to the errors of the process"
				.formatted(declaring(processes), name.text(), Suggestions.didYouMean(name.text(), known), known));
		}
	}

	private static String declaring(Collection<ProcessDefinition> processes) {
		List<String> ids = processes.stream().map(ProcessDefinition::id).toList();
		return (ids.size() == 1) ? "process '%s' declares".formatted(ids.get(0))
				: "processes %s declare".formatted(ids);
	}

	private static Stream<Class<? extends Throwable>> of(ProcessDefinition process) {
		return process.contract().spec().errors().stream();
	}

	// Where a process runs is no choice of its author, who cannot be asked to declare
	// what
	// comes of that
	private static Stream<Class<? extends Throwable>> nameable(ProcessDefinition process) {
		return process.isParallel() ? Stream.concat(of(process), PARALLEL.stream()).distinct() : of(process);
	}

	private static boolean isNamed(Class<?> error, String name) {
		return name.equals(error.getSimpleName()) || name.equals(error.getName())
				|| name.equals(error.getCanonicalName());
	}

	/**
	 * Return whether a failure is what a handler is for.
	 * @param handler the handler
	 * @param process the process that has failed
	 * @param failure what it threw
	 * @return whether the name means an error that the process declares, and the failure
	 * is one
	 */
	static boolean handles(ErrorHandler handler, ProcessDefinition process, Throwable failure) {
		return isNamed(handler.error(), process, failure);
	}

	/**
	 * Return whether a failure is one to try again.
	 * @param retry the rule
	 * @param process the process that has failed
	 * @param failure what it threw
	 * @return whether the process declares it and the rule names it, if it names any
	 */
	static boolean retries(RetryRule retry, ProcessDefinition process, Throwable failure) {
		return retry.errors().isEmpty() ? process.contract().declares(failure)
				: retry.errors().stream().anyMatch((name) -> isNamed(name, process, failure));
	}

	private static boolean isNamed(Name name, ProcessDefinition process, Throwable failure) {
		return nameable(process).anyMatch((error) -> error.isInstance(failure) && isNamed(error, name.text()));
	}

}
