package io.theus.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import io.theus.contract.ReadScope;
import io.theus.parallel.WorkerCall;
import io.theus.parallel.WorkerPool;
import io.theus.parallel.WorkerTimeoutException;
import io.theus.path.Path;
import io.theus.path.PathPattern;
import io.theus.state.StateTree;
import io.theus.transaction.Scope;

/**
 * Lets the code of processes run in workers. The attempt around it, from the binding of
 * the call to the commit, stays here.
 *
 * @param pool gives the workers, which are started when the first is needed
 */
// What a worker may read is read for it before it begins, under the contract of the call,
// and so it is in the read set: a commit is refused if any of it has changed, whether the
// code has looked at it or not.
record Workers(Supplier<WorkerPool> pool) {

	ProcessBody body(BoundCall call, Execution execution) {
		WorkerCall.Target target = call.process().target();
		if (target == null) {
			throw new IllegalStateException(
					"process '%s' cannot be executed in a worker: it is given as code, make it a method of a class, or set theus.parallel.mode=threads"
						.formatted(call.process().id()));
		}
		return (values) -> run(target, call, execution, values);
	}

	private @Nullable Object run(WorkerCall.Target target, BoundCall call, Execution execution,
			@Nullable Object[] values) throws Throwable {
		WorkerCall.Inputs inputs = new WorkerCall.Inputs(call.contract().inputs(), inputs(call),
				call.scope().base().version());
		WorkerCall shipped = new WorkerCall(call.process().id(), execution.id(), execution.number(), target,
				arguments(call.process(), values), inputs, trace());
		try {
			return this.pool.get().call(shipped, Duration.ofNanos(Math.max(0, execution.deadline().remainingNanos())));
		}
		catch (WorkerTimeoutException ex) {
			execution.deadline().expire();
			throw execution.deadline().exceeded(execution.origin());
		}
	}

	private static List<WorkerCall.Argument> arguments(ProcessDefinition process, @Nullable Object[] values) {
		List<WorkerCall.Argument> arguments = new ArrayList<>(values.length);
		for (int i = 0; i < values.length; i++) {
			Parameter parameter = process.parameters().get(i);
			arguments.add((parameter.kind() == Parameter.Kind.CONTEXT) ? WorkerCall.Argument.context(parameter.name())
					: WorkerCall.Argument.of(parameter.name(), values[i]));
		}
		return arguments;
	}

	private static Map<String, String> trace() {
		Map<String, String> trace = new LinkedHashMap<>();
		Map<String, String> bound = MDC.getCopyOfContextMap();
		if (bound != null) {
			bound.forEach((name, value) -> {
				if (value != null) {
					trace.put(name, value);
				}
			});
		}
		return trace;
	}

	private static Map<Path, @Nullable Object> inputs(BoundCall call) {
		Map<Path, @Nullable Object> inputs = new LinkedHashMap<>();
		Scope scope = call.frame().scope();
		for (PathPattern pattern : call.contract().inputs()) {
			if (pattern.isLiteral()) {
				read(scope, pattern.toPath(), inputs);
			}
			else {
				collect(scope, pattern, 1, Path.parse(layer(pattern)), inputs);
			}
		}
		return inputs;
	}

	private static String layer(PathPattern pattern) {
		String layer = pattern.literal(0);
		if (layer == null) {
			throw new IllegalStateException(
					"input '%s' covers all layers and cannot be given to a worker, begin it with one, for example 'domain'"
						.formatted(pattern));
		}
		return layer;
	}

	// Down to what the pattern covers whole, by the keys that there are on the way
	private static void collect(Scope scope, PathPattern pattern, int index, Path path,
			Map<Path, @Nullable Object> inputs) {
		String literal = (index < pattern.length()) ? pattern.literal(index) : null;
		boolean last = index >= pattern.length() - 1;
		if (index >= pattern.length() || (last && literal == null)) {
			read(scope, path, inputs);
		}
		else if (literal != null) {
			collect(scope, pattern, index + 1, path.child(literal), inputs);
		}
		else {
			boolean deep = pattern.isDeep(index);
			if (deep) {
				collect(scope, pattern, index + 1, path, inputs);
			}
			for (String key : StateTree.keys(scope.read(path, ReadScope.KEYS))) {
				collect(scope, pattern, deep ? index : index + 1, path.child(key), inputs);
			}
		}
	}

	private static void read(Scope scope, Path path, Map<Path, @Nullable Object> inputs) {
		Object value = scope.read(path, ReadScope.VALUE);
		if (value != StateTree.ABSENT) {
			inputs.put(path, value);
		}
	}

}
