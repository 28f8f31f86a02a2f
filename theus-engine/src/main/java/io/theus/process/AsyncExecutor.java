package io.theus.process;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.theus.conflict.TransactionTimeoutException;
import io.theus.store.CommitOrigin;
import io.theus.store.CommitOrigin.Kind;
import io.theus.transaction.Deadline;

/**
 * Runs processes on the engine's own threads: virtual ones where the JVM has them.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class AsyncExecutor implements AutoCloseable {

	private final ExecutorService executor = newExecutor();

	private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, daemons("theus-timer-"));

	private final Duration timeout;

	/**
	 * Create an executor.
	 * @param timeout the limit of executions whose process states none
	 */
	public AsyncExecutor(Duration timeout) {
		this.timeout = timeout;
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
	 * Run a process.
	 * @param process the process
	 * @param call the execution
	 * @return completes with its result, or with what it failed with, unchanged;
	 * cancelling it interrupts the thread
	 */
	public CompletableFuture<@Nullable Object> submit(ProcessDefinition process, Callable<@Nullable Object> call) {
		Duration own = process.timeout();
		Deadline deadline = Deadline.in((own != null) ? own : this.timeout);
		Submitted result = new Submitted();
		FutureTask<@Nullable Object> task = new FutureTask<>(
				() -> result.run(() -> ProcessRunner.within(deadline, call)));
		result.task = task;
		try {
			result.alarm = this.timer.schedule(() -> expire(process, deadline, result), deadline.remainingNanos(),
					TimeUnit.NANOSECONDS);
			this.executor.execute(task);
		}
		catch (RejectedExecutionException ex) {
			result.stopAlarm();
			throw new IllegalStateException(
					"process '%s' cannot be executed: the engine is closed".formatted(process.id()), ex);
		}
		return result;
	}

	private static void expire(ProcessDefinition process, Deadline deadline, Submitted result) {
		CommitOrigin origin = new CommitOrigin(Kind.PROCESS, process.id(), null);
		if (deadline.expire()
				&& result.completeExceptionally(new TransactionTimeoutException(origin, deadline.limit()))) {
			result.interrupt();
		}
	}

	/**
	 * Take no more work; what runs goes on.
	 */
	@Override
	public void close() {
		this.executor.shutdown();
		this.timer.shutdownNow();
	}

	/**
	 * The result of a process that runs on a thread of the engine.
	 */
	private static final class Submitted extends CompletableFuture<@Nullable Object> {

		private @Nullable Future<?> task;

		private @Nullable Future<?> alarm;

		private @Nullable Object run(Callable<@Nullable Object> call) {
			try {
				complete(call.call());
			}
			catch (Throwable ex) {
				completeExceptionally(ex);
			}
			stopAlarm();
			return null;
		}

		private void stopAlarm() {
			if (this.alarm != null) {
				this.alarm.cancel(false);
			}
		}

		@Override
		public boolean cancel(boolean mayInterruptIfRunning) {
			boolean cancelled = super.cancel(mayInterruptIfRunning);
			if (cancelled) {
				interrupt();
			}
			return cancelled;
		}

		private void interrupt() {
			if (this.task != null) {
				this.task.cancel(true);
			}
		}

	}

}
