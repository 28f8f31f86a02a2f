package io.theus.process;

import java.lang.reflect.Method;
import java.time.Duration;
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

import io.theus.transaction.Deadline;

/**
 * Runs processes on the engine's own threads: virtual ones where the JVM has them.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class AsyncExecutor implements AutoCloseable {

	private final ExecutorService executor;

	private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, daemons("theus-timer-"));

	private final Duration timeout;

	private final Set<Runnable> unfinished = ConcurrentHashMap.newKeySet();

	/**
	 * Create an executor.
	 * @param timeout the limit of executions whose process states none
	 */
	public AsyncExecutor(Duration timeout) {
		this(timeout, newExecutor());
	}

	AsyncExecutor(Duration timeout, ExecutorService executor) {
		this.timeout = timeout;
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
		this.executor.execute(task);
	}

	/**
	 * Run a process. Where it waits between two attempts, its thread goes back.
	 * @param process the process
	 * @param call the execution; called again for each further attempt
	 * @return completes with its result, or with what it failed with, unchanged;
	 * cancelling it interrupts the thread, unless it has begun to commit
	 */
	public CompletableFuture<@Nullable Object> submit(ProcessDefinition process, Callable<@Nullable Object> call) {
		Duration own = process.timeout();
		Deadline deadline = Deadline.in((own != null) ? own : this.timeout);
		SubmittedExecution execution = new SubmittedExecution(this, process, deadline, call);
		execution.submit();
		return execution;
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
		Relayed result = new Relayed();
		try {
			this.executor.execute(() -> result.follow(call));
		}
		catch (RejectedExecutionException ex) {
			throw closed(process);
		}
		return result;
	}

	Future<?> start(Runnable task) {
		return this.executor.submit(task);
	}

	Future<?> alarm(Deadline deadline, Runnable task) {
		return this.timer.schedule(task, deadline.remainingNanos(), TimeUnit.NANOSECONDS);
	}

	// The task is called by the timer and must not take long
	@SuppressWarnings("FutureReturnValueIgnored")
	void later(long nanos, Runnable task) {
		this.timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
	}

	// Tell of the end of the engine, at once if it has come already
	void tell(Runnable onClose) {
		this.unfinished.add(onClose);
		if (this.executor.isShutdown() && this.unfinished.remove(onClose)) {
			onClose.run();
		}
	}

	void forget(Runnable onClose) {
		this.unfinished.remove(onClose);
	}

	IllegalStateException closed(ProcessDefinition process) {
		return new IllegalStateException(
				"process '%s' cannot be executed: the engine is closed".formatted(process.id()));
	}

	/**
	 * Take no more work. What runs goes on; what waits for another attempt fails, and so
	 * does an asynchronous process whose value is not there yet.
	 */
	@Override
	public void close() {
		this.executor.shutdown();
		this.timer.shutdownNow();
		for (Runnable each : List.copyOf(this.unfinished)) {
			if (this.unfinished.remove(each)) {
				each.run();
			}
		}
	}

	/**
	 * The value of an asynchronous process that a thread of the engine begins.
	 */
	private static final class Relayed extends CompletableFuture<@Nullable Object> {

		private volatile @Nullable CompletableFuture<@Nullable Object> execution;

		// Its failure is passed on
		@SuppressWarnings("FutureReturnValueIgnored")
		void follow(Callable<CompletableFuture<@Nullable Object>> call) {
			if (isDone()) {
				return;
			}
			try {
				CompletableFuture<@Nullable Object> begun = call.call();
				this.execution = begun;
				begun.whenComplete((value, failure) -> {
					if (failure != null) {
						completeExceptionally(AsynchronousAttempt.reason(failure));
					}
					else {
						complete(value);
					}
				});
				if (isDone()) {
					begun.cancel(true);
				}
			}
			catch (Throwable ex) {
				completeExceptionally(ex);
			}
		}

		@Override
		public boolean cancel(boolean mayInterruptIfRunning) {
			CompletableFuture<@Nullable Object> begun = this.execution;
			if (begun != null && !isDone()) {
				return begun.cancel(mayInterruptIfRunning);
			}
			return super.cancel(mayInterruptIfRunning);
		}

	}

}
