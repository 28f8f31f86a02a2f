package io.theus.process;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.theus.contract.VariableValues;
import io.theus.state.Snapshot;

/**
 * Makes many calls at once: those that touch different places side by side, the others in
 * their order.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
// A process may return null, which the type argument cannot say outside of JSpecify mode
@SuppressWarnings("NullAway")
public final class ParallelCalls {

	private final ProcessRegistry processes;

	private final AsyncExecutor executor;

	private final Supplier<Snapshot> head;

	private final Overlaps overlaps;

	/**
	 * Create what makes calls.
	 * @param processes the processes
	 * @param executor has the threads on which they run
	 * @param head gives the live state
	 * @param places where several may write at the same time
	 */
	public ParallelCalls(ProcessRegistry processes, AsyncExecutor executor, Supplier<Snapshot> head,
			SharedPlaces places) {
		this.processes = processes;
		this.executor = executor;
		this.head = head;
		this.overlaps = new Overlaps(processes, places);
	}

	/**
	 * Make calls.
	 * @param calls the calls in their order
	 * @return what each completes with, in the same order
	 * @throws InvalidCallException if one of them cannot be made
	 */
	public List<CompletableFuture<@Nullable Object>> start(Collection<ProcessCall> calls) {
		VariableValues variables = this.executor.parallel().takenVariables();
		Snapshot snapshot = this.head.get();
		List<CallBatch.Member> members = new ArrayList<>(calls.size());
		for (ProcessCall call : calls) {
			try {
				members.add(member(call, members, snapshot, variables));
			}
			catch (RuntimeException ex) {
				throw new InvalidCallException(members.size() + 1, calls.size(), call.process(), ex);
			}
		}
		new CallBatch(this.overlaps, members, this.executor.parallel().settings(), this.executor.context().capture())
			.start();
		return List.copyOf(members);
	}

	private CallBatch.Member member(ProcessCall call, List<CallBatch.Member> before, Snapshot snapshot,
			VariableValues variables) {
		ProcessDefinition process = this.processes.get(call.process());
		Map<String, @Nullable Object> arguments = call.arguments(process);
		boolean moving = process.binder().dependsOnInputs();
		if (!moving) {
			// What cannot be a part of a path never will be
			process.foresee(arguments, snapshot, variables);
		}
		Touched touched = this.overlaps.touchedBy(process, arguments, snapshot, variables);
		if (moving && before.stream().anyMatch((earlier) -> earlier.touched().meets(touched))) {
			// By then the inputs may name other places
			return new CallBatch.Member(process, this.overlaps.declared(process),
					() -> begin(process, arguments, variables));
		}
		return new CallBatch.Member(process, touched, () -> begin(process, arguments, variables));
	}

	private CompletableFuture<@Nullable Object> begin(ProcessDefinition process,
			Map<String, @Nullable Object> arguments, VariableValues variables) {
		if (process.isAsynchronous()) {
			return this.executor.submitAsynchronousParallel(process,
					during(variables, () -> this.processes.begin(process.id(), arguments)));
		}
		return this.executor.submitParallel(process,
				during(variables, () -> this.processes.call(process.id(), arguments)));
	}

	private static <T extends @Nullable Object> Callable<T> during(VariableValues variables,
			VariableValues.Call<T, Throwable> call) {
		return () -> {
			try {
				return variables.during(call);
			}
			catch (Exception | Error ex) {
				throw ex;
			}
			catch (Throwable ex) {
				throw new IllegalStateException(Objects.toString(ex.getMessage()), ex);
			}
		};
	}

}
