package io.theus.process;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.theus.contract.ContractVariables;
import io.theus.parallel.ParallelRejectedException;
import io.theus.parallel.ParallelSettings;
import io.theus.telemetry.ThreadBound;
import io.theus.telemetry.ThreadContext;
import io.theus.transaction.CommitCapture;
import io.theus.transaction.Deadline;

/**
 * Runs processes on the engine's own threads: virtual ones where the JVM has them.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class AsyncExecutor implements AutoCloseable {

	// Time that nobody lives to see and the timer can still count
	private static final Duration LONGEST = Duration.ofDays(36500);

	private final ExecutorService executor;

	private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, daemons("theus-timer-"));

	private final RunningCalls running = new RunningCalls(this.timer);

	private final Duration timeout;

	private final ThreadContext context;

	private final ParallelThreads parallel;

	private final Lane own = new OwnLane();

	private volatile boolean closed;

	private final Set<Runnable> unfinished = ConcurrentHashMap.newKeySet();

	/**
	 * Create an executor.
	 * @param timeout the limit of executions whose process states none
	 */
	public AsyncExecutor(Duration timeout) {
		this(timeout, ThreadContext.NONE);
	}

	/**
	 * Create an executor that takes along what is bound to the thread of a caller.
	 * @param timeout the limit of executions whose process states none
	 * @param context what is taken along
	 */
	public AsyncExecutor(Duration timeout, ThreadContext context) {
		this(timeout, context, newExecutor());
	}

	/**
	 * Create an executor that takes along what is bound to the thread of a caller.
	 * @param timeout the limit of executions whose process states none
	 * @param context what is taken along
	 * @param parallel the pools for parallel processes, which end with this executor
	 */
	public AsyncExecutor(Duration timeout, ThreadContext context, ParallelThreads parallel) {
		this(timeout, context, newExecutor(), parallel);
	}

	AsyncExecutor(Duration timeout, ThreadContext context, ExecutorService executor) {
		this(timeout, context, executor, new ParallelThreads(ParallelSettings.DEFAULT, ContractVariables.NONE));
	}

	private AsyncExecutor(Duration timeout, ThreadContext context, ExecutorService executor, ParallelThreads parallel) {
		this.parallel = parallel;
		this.timeout = timeout;
		this.context = context;
		this.executor = executor;
		this.timer.setRemoveOnCancelPolicy(true);
	}

	private static ExecutorService newExecutor() {
		try {
			Method virtual = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
			return (ExecutorService) virtual.invoke(null);
		}
		catch (ReflectiveOperationException ex) {
			return Executors.newCachedThreadPool(daemons("theus-"));
		}
	}

	private static ThreadFactory daemons(String prefix) {
		AtomicInteger number = new AtomicInteger();
		return (task) -> {
			Thread thread = new Thread(task, prefix + number.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		};
	}

	/**
	 * Run something that is not a single process, without a limit of its own.
	 * @param task what to run
	 */
	public void run(Runnable task) {
		this.executor.execute(this.running.noting(task));
	}

	/**
	 * Run a process, on a thread of the pool if it is parallel and nothing that a thread
	 * of a pool waits for can wait here. Where it waits between two attempts, its thread
	 * goes back.
	 * @param process the process
	 * @param call the execution; called again for each further attempt
	 * @return completes with its result, or with what it failed with, unchanged;
	 * cancelling it interrupts the thread, unless it has begun to commit. Where there is
	 * no room in the pool, it is complete with a {@link ParallelRejectedException}
	 */
	public CompletableFuture<@Nullable Object> submit(ProcessDefinition process, Callable<@Nullable Object> call) {
		boolean pooled = process.isParallel() && ParallelThreads.mayBeWaitedForHere();
		return submit(process, call, pooled ? parallel(process) : this.own);
	}

	/**
	 * Run a process on a thread of the pool, whether it is declared as parallel or not.
	 * @param process the process
	 * @param call the execution; called again for each further attempt
	 * @return completes with its result, or with what it failed with, unchanged;
	 * cancelling it interrupts the thread, or keeps the process from being run if it
	 * waits for a thread, unless it has begun to commit. Where there is no room in the
	 * pool, it is complete with a {@link ParallelRejectedException}
	 */
	public CompletableFuture<@Nullable Object> submitParallel(ProcessDefinition process,
			Callable<@Nullable Object> call) {
		return submit(process, call, parallel(process));
	}

	private CompletableFuture<@Nullable Object> submit(ProcessDefinition process, Callable<@Nullable Object> call,
			Lane lane) {
		SubmittedExecution<@Nullable Object> execution = new SubmittedExecution<>(this, lane, process,
				CallSettings.DECLARED, call::call, CommitCapture.into(new ArrayList<>()), (value) -> value);
		try {
			execution.submit();
		}
		catch (ParallelRejectedException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		return execution;
	}

	Lane own() {
		return this.own;
	}

	Lane parallel(ProcessDefinition process) {
		return this.parallel.lane(process, this.running);
	}

	/**
	 * Return the pools for parallel processes.
	 * @return the pools
	 */
	public ParallelThreads parallel() {
		return this.parallel;
	}

	/**
	 * Run a process whose value is there later.
	 * @param process the process
	 * @param call begins the execution
	 * @return completes with its value, or with what it failed with, unchanged;
	 * cancelling it gives the execution up
	 */
	public CompletableFuture<@Nullable Object> submitAsynchronous(ProcessDefinition process,
			Callable<CompletableFuture<@Nullable Object>> call) {
		return submitAsynchronous(process, call, this.own);
	}

	/**
	 * Run a process whose value is there later, beginning on a thread of the pool.
	 * @param process the process
	 * @param call begins the execution
	 * @return completes with its value, or with what it failed with, unchanged;
	 * cancelling it gives the execution up. Where there is no room in the pool, it is
	 * complete with a {@link ParallelRejectedException}
	 */
	public CompletableFuture<@Nullable Object> submitAsynchronousParallel(ProcessDefinition process,
			Callable<CompletableFuture<@Nullable Object>> call) {
		return submitAsynchronous(process, call, parallel(process));
	}

	@SuppressWarnings("FutureReturnValueIgnored")
	private CompletableFuture<@Nullable Object> submitAsynchronous(ProcessDefinition process,
			Callable<CompletableFuture<@Nullable Object>> call, Lane lane) {
		Relayed<@Nullable Object> result = new Relayed<>((value) -> value);
		ThreadBound bound = this.context.capture();
		try {
			lane.begin(bound.around(() -> result.follow(call::call)));
		}
		catch (RejectedExecutionException ex) {
			throw closed(process);
		}
		catch (ParallelRejectedException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		return result;
	}

	Future<?> start(Runnable task) {
		return this.executor.submit(this.running.noting(task));
	}

	// Where this thread notes what it begins, null for threads of others
	RunningCalls.@Nullable Place place() {
		return this.running.here();
	}

	// Takes along what is bound to the thread of a caller
	ThreadContext context() {
		return this.context;
	}

	// The limit of executions whose process states none
	Duration timeout() {
		return this.timeout;
	}

	Future<?> alarm(Deadline deadline, Runnable task) {
		return this.timer.schedule(task, deadline.remainingNanos(), TimeUnit.NANOSECONDS);
	}

	// The task is called by the timer and must not take long
	@SuppressWarnings("FutureReturnValueIgnored")
	void later(long nanos, Runnable task) {
		this.timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
	}

	/**
	 * Run something on a thread of the engine after some time.
	 * @param delay how long to wait
	 * @param task what to run
	 * @return cancelling it keeps the task from being run, as long as the time is not
	 * over
	 * @throws RejectedExecutionException if this is closed
	 */
	public Future<?> schedule(Duration delay, Runnable task) {
		return this.timer.schedule(() -> handOver(task), saturated(delay), TimeUnit.NANOSECONDS);
	}

	private static long saturated(Duration delay) {
		return (delay.compareTo(LONGEST) < 0) ? delay.toNanos() : LONGEST.toNanos();
	}

	// The timer has one thread, which is not for work
	private void handOver(Runnable task) {
		try {
			run(task);
		}
		catch (RejectedExecutionException ex) {
			// Who waited for it is told of the end
		}
	}

	/**
	 * Tell of the end, at once if it has come already.
	 * @param task called once, by the thread that closes this, unless it is forgotten
	 * before
	 */
	public void onClose(Runnable task) {
		this.unfinished.add(task);
		if (this.closed && this.unfinished.remove(task)) {
			task.run();
		}
	}

	/**
	 * Do not tell of the end any more.
	 * @param task what was given to {@link #onClose}
	 */
	public void forget(Runnable task) {
		this.unfinished.remove(task);
	}

	IllegalStateException closed(ProcessDefinition process) {
		return new IllegalStateException(
				"process '%s' cannot be executed: the engine is closed".formatted(process.id()));
	}

	/**
	 * Take no more work. What runs goes on; what waits for another attempt fails, and so
	 * does an asynchronous process whose value is not there yet. What runs in a pool may
	 * go on for as long as its settings say, and fails then, too.
	 */
	@Override
	public void close() {
		this.executor.shutdown();
		this.parallel.drain();
		this.closed = true;
		this.timer.shutdownNow();
		for (Runnable each : List.copyOf(this.unfinished)) {
			if (this.unfinished.remove(each)) {
				each.run();
			}
		}
		this.parallel.close();
	}

	/**
	 * The engine's own threads, of which there are as many as are wanted.
	 */
	private final class OwnLane implements Lane {

		@Override
		public Future<?> begin(Runnable attempt) {
			return start(attempt);
		}

		@Override
		public Future<?> goOn(Runnable attempt) {
			return start(attempt);
		}

		@Override
		public void suspend() {
			// Nobody waits for what goes on here
		}

		@Override
		public void resume() {
			// As above
		}

		@Override
		public @Nullable Workers workers() {
			return null;
		}

		@Override
		public boolean endsWithEngine() {
			return false;
		}

	}

}
