package io.theus.engine;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.theus.ProcessContext;
import io.theus.TransactionContext;
import io.theus.audit.Audit;
import io.theus.conflict.ConflictReport;
import io.theus.heavy.HeavyZone;
import io.theus.history.History;
import io.theus.invariant.Invariants;
import io.theus.outbox.Outbox;
import io.theus.parallel.ParallelStatus;
import io.theus.process.AnnotatedProcesses;
import io.theus.process.ExecutionKey;
import io.theus.process.ProcessCall;
import io.theus.process.ProcessRegistry;
import io.theus.process.ProcessRunner;
import io.theus.run.Workflows;
import io.theus.signal.SignalHub;
import io.theus.state.State;
import io.theus.transaction.MetaLog;
import io.theus.transaction.TransactionOptions;

/**
 * Runs processes over one transactional state. An application has one engine; Spring Boot
 * configures it, {@link #builder()} makes one without Spring.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
// What a process returns is known to its caller only
@SuppressWarnings("TypeParameterUnusedInFormals")
public interface TheusEngine extends AutoCloseable {

	/**
	 * Make an engine without Spring.
	 * @return a builder with the defaults of the documentation
	 */
	static TheusEngineBuilder builder() {
		return new TheusEngineBuilder();
	}

	/**
	 * Return the newest version of the state, or within a running process the version
	 * that the process reads, under its contract.
	 * @return a version that never changes
	 */
	State state();

	/**
	 * Run a process with arguments by position. Exceptions of the process reach the
	 * caller unchanged, checked ones included. The value of an asynchronous process is
	 * waited for.
	 * @param <T> the type of the result
	 * @param process the id, the short name, or a relaxed spelling of either
	 * @param arguments the arguments in order, without what the engine supplies
	 * @return what the process returned
	 * @throws io.theus.process.ProcessNotFoundException if there is no such process
	 * @throws io.theus.process.InvalidArgumentException if the arguments do not fit
	 * @throws io.theus.conflict.ConflictException if every attempt conflicted
	 * @throws io.theus.process.BlockingCallException on a thread that must not wait
	 */
	<T> T execute(String process, @Nullable Object... arguments);

	/**
	 * Run a process with arguments by name.
	 * @param <T> the type of the result
	 * @param process the id, the short name, or a relaxed spelling of either
	 * @param arguments the arguments by name, without what the engine supplies
	 * @return what the process returned
	 */
	<T> T execute(String process, Map<String, ?> arguments);

	/**
	 * Run a process once: if one of this key has committed, what it returned then is
	 * returned again and nothing is done.
	 * @param <T> the type of the result
	 * @param key identifies the execution among those of the process
	 * @param process the id, the short name, or a relaxed spelling of either
	 * @param arguments the arguments in order, without what the engine supplies
	 * @return what the process returned, now or then
	 * @throws io.theus.process.KeyReuseException if the key belongs to an execution with
	 * other arguments
	 */
	<T> T execute(ExecutionKey key, String process, @Nullable Object... arguments);

	/**
	 * Run a process once with arguments by name.
	 * @param <T> the type of the result
	 * @param key identifies the execution among those of the process
	 * @param process the id, the short name, or a relaxed spelling of either
	 * @param arguments the arguments by name, without what the engine supplies
	 * @return what the process returned, now or then
	 * @throws io.theus.process.KeyReuseException if the key belongs to an execution with
	 * other arguments
	 */
	<T> T execute(ExecutionKey key, String process, Map<String, ?> arguments);

	/**
	 * Run a process on a thread of the engine, or of the pool if it is parallel, which it
	 * gives back while it waits after a conflict. When its time is over, or the future is
	 * cancelled before the commit has begun, the thread is interrupted. An asynchronous
	 * process begins there, and the future is that of its value.
	 * @param <T> the type of the result
	 * @param process the id, the short name, or a relaxed spelling of either
	 * @param arguments the arguments in order, without what the engine supplies
	 * @return completes with what the process returned or failed with
	 */
	<T> CompletableFuture<T> executeAsync(String process, @Nullable Object... arguments);

	/**
	 * Run a process on a thread of the engine with arguments by name.
	 * @param <T> the type of the result
	 * @param process the id, the short name, or a relaxed spelling of either
	 * @param arguments the arguments by name, without what the engine supplies
	 * @return completes with what the process returned or failed with
	 */
	<T> CompletableFuture<T> executeAsync(String process, Map<String, ?> arguments);

	/**
	 * Run a process on the threads of the pool for parallel processes, whether it is
	 * declared as parallel or not. It gives its thread back while it waits after a
	 * conflict. When its time is over, or the future is cancelled before the commit has
	 * begun, the thread is interrupted; one that still waits for a thread never begins.
	 * Its time limit counts from now on. A transaction of another kind that surrounds the
	 * caller, such as one of a database, does not extend to it. A thread of the pool must
	 * not wait for the future: it might be the thread that the process waits for.
	 * @param <T> the type of the result
	 * @param process the id, the short name, or a relaxed spelling of either
	 * @param arguments the arguments in order, without what the engine supplies
	 * @return completes with what the process returned or failed with, or with a
	 * {@link io.theus.parallel.ParallelRejectedException} if there is no room for it
	 * @throws IllegalStateException within a running transaction of an engine, of which
	 * it would not be a part: other than {@code executeAsync}, which has threads without
	 * number, it might wait for a place that the transaction's own process has
	 */
	<T> CompletableFuture<T> executeParallel(String process, @Nullable Object... arguments);

	/**
	 * Run a process on the threads of the pool for parallel processes, whether it is
	 * declared as parallel or not. It gives its thread back while it waits after a
	 * conflict. When its time is over, or the future is cancelled before the commit has
	 * begun, the thread is interrupted; one that still waits for a thread never begins.
	 * Its time limit counts from now on. A transaction of another kind that surrounds the
	 * caller, such as one of a database, does not extend to it. A thread of the pool must
	 * not wait for the future: it might be the thread that the process waits for.
	 * @param <T> the type of the result
	 * @param process the id, the short name, or a relaxed spelling of either
	 * @param arguments the arguments by name, without what the engine supplies
	 * @return completes with what the process returned or failed with, or with a
	 * {@link io.theus.parallel.ParallelRejectedException} if there is no room for it
	 * @throws IllegalStateException within a running transaction of an engine, of which
	 * it would not be a part: other than {@code executeAsync}, which has threads without
	 * number, it might wait for a place that the transaction's own process has
	 */
	<T> CompletableFuture<T> executeParallel(String process, Map<String, ?> arguments);

	/**
	 * Make many calls at once on the threads of the pool for parallel processes. Calls
	 * whose contracts, narrowed to their arguments, do not overlap run side by side. Of
	 * those that overlap a later one begins when every earlier one that it overlaps with
	 * has ended, whether that failed or not; all others go on meanwhile. Two calls that
	 * only read, or only merge or append at a place, do not overlap there. What a process
	 * declares to call counts as its own, with any arguments.
	 * <p>
	 * Each call is a transaction of its own, whose time limit counts from when it may
	 * begin. However many calls there are, they take no more of the pool at a time than
	 * it can run. Order is kept within these calls; others may come between them.
	 * @param calls the calls in their order
	 * @return a future for each call, in the same order, which completes with what the
	 * process returned or failed with; cancelling it gives up that call only
	 * @throws io.theus.process.InvalidCallException if there is no process of a name, or
	 * arguments do not fit; then none of the calls is made
	 * @throws IllegalStateException within a running transaction of an engine, of which
	 * they would not be a part
	 */
	List<CompletableFuture<@Nullable Object>> executeAll(Collection<ProcessCall> calls);

	/**
	 * Return what parallel execution is doing.
	 * @return the numbers of this moment
	 */
	ParallelStatus parallel();

	/**
	 * Run an explicit transaction once: bound by zones, free of contracts. Within a
	 * running process it joins under the process's contract.
	 * @param <T> the type of the result
	 * @param body reads and writes
	 * @return what the body returned
	 * @throws io.theus.conflict.ConflictException if the commit was refused
	 */
	default <T> T transact(Function<TransactionContext, T> body) {
		return transact(TransactionOptions.DEFAULT, body);
	}

	/**
	 * Run an explicit transaction.
	 * @param <T> the type of the result
	 * @param options name, attempts and time limit
	 * @param body reads and writes
	 * @return what the body returned
	 * @throws io.theus.conflict.ConflictException if the last attempt was refused
	 */
	<T> T transact(TransactionOptions options, Function<TransactionContext, T> body);

	/**
	 * Run an explicit transaction once: if one of this name and key has committed, what
	 * it returned then is returned again and nothing is done. Within a running
	 * transaction the key commits with that.
	 * @param <T> the type of the result
	 * @param key identifies the transaction among those of its name
	 * @param type the type of the result, which must be an accepted value
	 * @param options name, attempts and time limit; give it more than one attempt, or one
	 * that comes while another of its key is running is refused
	 * @param body reads and writes
	 * @return what the body returned, now or then
	 * @throws io.theus.conflict.ConflictException if the last attempt was refused
	 */
	<T> T transact(ExecutionKey key, Class<T> type, TransactionOptions options, Function<TransactionContext, T> body);

	/**
	 * Change several keys if none of them has changed since a version, as a whole or not
	 * at all.
	 * @param expectedVersion the version that the values are based on
	 * @param update the new values by path
	 * @return the version that was made
	 * @throws io.theus.conflict.ConflictException if one of the keys has changed
	 */
	long compareAndSwap(long expectedVersion, Map<String, ?> update);

	/**
	 * Change the state as an administrator.
	 * @param reason why, for the record
	 * @param body reads and writes
	 */
	void edit(String reason, Consumer<TransactionContext> body);

	/**
	 * Return the context to give to objects that are made without Spring. It resolves to
	 * what runs on the calling thread.
	 * @return the shared context
	 */
	ProcessContext context();

	/**
	 * Return the registered processes.
	 * @return the registry
	 */
	ProcessRegistry processes();

	/**
	 * Return what runs processes, for those who intercept calls.
	 * @return the runner
	 */
	ProcessRunner runner();

	/**
	 * Return what reads the declarations of process methods by the rules of this engine.
	 * @return the reader, for those who register processes themselves
	 */
	AnnotatedProcesses annotatedProcesses();

	/**
	 * Return the workflows.
	 * @return definitions and runs
	 */
	Workflows workflows();

	/**
	 * Return the hub that signals are published on.
	 * @return the hub
	 */
	SignalHub signals();

	/**
	 * Return the outbox that messages wait in.
	 * @return the outbox
	 */
	Outbox outbox();

	/**
	 * Return the arrays in memory that processes of this machine share.
	 * @return allocates and maps them outside of transactions
	 */
	HeavyZone heavy();

	/**
	 * Return the last versions of the state and the commits that made them.
	 * @return the history
	 */
	History history();

	/**
	 * Begin a private engine on a version of this one, in which nothing stands in for
	 * processes with side effects.
	 * @param version the version, which must still be kept
	 * @return the fork, to be closed by the caller
	 * @throws io.theus.history.VersionNotKeptException if it is too old or was not made
	 * yet
	 */
	default TheusEngine fork(long version) {
		return fork(version, Map.of());
	}

	/**
	 * Begin a private engine on a version of this one, for questions of the kind "what
	 * if". It has the same processes, workflows and rules, a hub and an outbox of its own
	 * that delivers nothing, and no listeners; what it commits nobody else sees. While a
	 * process runs in it, this engine stands for the fork on that thread, so that beans
	 * need not know. A process with side effects is not run: the result that is given for
	 * it stands in, or else the call fails. A result that is given for another process
	 * stands in for it as well.
	 * @param version the version, which must still be kept
	 * @param results by process, gives the result for the arguments by name
	 * @return the fork, to be closed by the caller
	 * @throws io.theus.history.VersionNotKeptException if the version is too old or was
	 * not made yet
	 * @throws io.theus.process.ProcessNotFoundException if a result is given for a
	 * process that does not exist
	 */
	TheusEngine fork(long version, Map<String, Function<Map<String, @Nullable Object>, @Nullable Object>> results);

	/**
	 * Return what every commit must keep.
	 * @return the invariants that are enforced
	 */
	Invariants invariants();

	/**
	 * Return what audit rules and invariants have found.
	 * @return the audit
	 */
	Audit audit();

	/**
	 * Let the engine go on after a rule of level {@link io.theus.AuditLevel#STOP} has
	 * stopped it. Runs that it paused go on, and compensations that had to wait are made.
	 * @param reason why, for the record; not blank
	 * @throws IllegalStateException if it is not stopped
	 */
	void resume(String reason);

	/**
	 * Report how commits got along: the keys and the pairs of processes that conflict
	 * most, and who holds a ticket.
	 * @param limit how many keys and pairs at most
	 * @return the report
	 */
	ConflictReport conflicts(int limit);

	/**
	 * Return the last commits in a line each.
	 * @return the log
	 */
	MetaLog metaLog();

	/**
	 * Stop: no further execution starts, parallel ones that are under way may go on for a
	 * while before they are interrupted, the outbox drains for its time limit, the hub
	 * ends its subscriptions, the sinks of the audit get what is left for a few seconds.
	 */
	@Override
	void close();

}
