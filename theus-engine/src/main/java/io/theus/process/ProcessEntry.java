package io.theus.process;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.theus.Isolation;
import io.theus.contract.VariableValues;
import io.theus.state.Snapshot;
import io.theus.transaction.CommitCapture;
import io.theus.transaction.Frame;
import io.theus.transaction.Transactions;

/**
 * The way into a process for those who do not wait for its end, such as a workflow:
 * looked up once, started often.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
// A process may return null, which a body of a generic type cannot say outside of
// JSpecify mode
@SuppressWarnings("NullAway")
public final class ProcessEntry {

	private final ProcessDefinition process;

	private final ProcessBody body;

	private final AsyncExecutor executor;

	private final @Nullable Transactions fork;

	ProcessEntry(ProcessDefinition process, ProcessBody body, AsyncExecutor executor, @Nullable Transactions fork) {
		this.process = process;
		this.body = body;
		this.executor = executor;
		this.fork = fork;
	}

	/**
	 * Return what is started here.
	 * @return the process
	 */
	public ProcessDefinition process() {
		return this.process;
	}

	/**
	 * Begin an execution on this thread, or that of a parallel process in its pool, for
	 * which no other thread waits; in a fork it is made here. The first attempt of a
	 * synchronous process runs here to its end, and so the future is complete on return,
	 * unless the attempt is refused: then no thread waits, and a thread of the engine
	 * makes the next one. An asynchronous process is begun here, and what it returns is
	 * not waited for.
	 * <p>
	 * Contract variables have the values that they have on this thread, in all attempts.
	 * Whatever completes the future (a thread of the engine or its timer) is not meant
	 * for what follows; hand that over.
	 * @param arguments the arguments by name, without what is supplied
	 * @param settings what holds for this call
	 * @return completes with what the process returned and what it committed, or with
	 * what it failed with, unchanged; also with what is wrong with the call itself, which
	 * may not be a part of a transaction. Cancelling it gives the execution up, unless it
	 * has begun to commit
	 */
	public CompletableFuture<CallOutcome> start(Map<String, ? extends @Nullable Object> arguments,
			CallSettings settings) {
		List<Snapshot> commits = Collections.synchronizedList(new ArrayList<>(1));
		try {
			refuseAsPart();
			@Nullable Object[] values = Arguments.named(this.process, arguments);
			AsynchronousType type = this.process.asynchronous();
			return (type != null) ? begin(type, values, settings, commits) : run(values, settings, commits);
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	// A part cannot be attempted again on its own, nor on another thread
	private void refuseAsPart() {
		Frame running = Frame.current();
		if (running != null) {
			throw new IllegalStateException(
					"process '%s' cannot be started within %s: it would not be part of that transaction, call it, or start it after the commit"
						.formatted(this.process.id(), running.scope().origin()));
		}
	}

	private CompletableFuture<CallOutcome> run(@Nullable Object[] values, CallSettings settings,
			List<Snapshot> commits) {
		if (this.process.isParallel() && this.fork == null) {
			VariableValues taken = this.executor.parallel().takenVariables();
			SubmittedExecution<CallOutcome> execution = execution(this.executor.parallel(this.process), settings,
					() -> taken.during(() -> call(values)), commits);
			execution.submit();
			return execution;
		}
		SubmittedExecution<CallOutcome> execution = execution(this.executor.own(), settings, () -> call(values),
				commits);
		execution.begin();
		return execution;
	}

	private SubmittedExecution<CallOutcome> execution(Lane lane, CallSettings settings,
			Frame.Body<@Nullable Object> call, List<Snapshot> commits) {
		return new SubmittedExecution<>(this.executor, lane, this.process, settings, call, CommitCapture.into(commits),
				(value) -> outcome(value, commits));
	}

	private CompletableFuture<CallOutcome> begin(AsynchronousType type, @Nullable Object[] values,
			CallSettings settings, List<Snapshot> commits) {
		if (settings.isolation() == Isolation.RAW) {
			throw new IllegalArgumentException(
					"asynchronous process '%s' cannot be isolated as RAW: its attempt is one transaction, use HYBRID or SAFE"
						.formatted(this.process.id()));
		}
		GivenSettings given = new GivenSettings(this.process, settings);
		Relayed<CallOutcome> result = new Relayed<>((value) -> outcome(value, commits));
		result.follow(() -> CommitCapture.into(commits)
			.run(() -> given.during(() -> type.open(Objects.requireNonNull(call(values))))));
		return result;
	}

	private @Nullable Object call(@Nullable Object[] values) throws Throwable {
		return (this.fork != null) ? this.fork.during(() -> this.body.call(values)) : this.body.call(values);
	}

	private static CallOutcome outcome(@Nullable Object value, List<Snapshot> commits) {
		return new CallOutcome(value, List.copyOf(commits));
	}

}
