package io.theus.parallel;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

/**
 * A limited number of threads with a limited number of tasks that wait for one of them.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
// State, under the lock: how many threads are at work, and the tasks that wait, which
// there
// are only while all threads are at work. A thread takes the next task under the lock
// that
// it ends the last one under, so both numbers are exact: the task that finds no room is
// refused, and no other. The threads themselves come from an executor without limits,
// which is never asked for more than 'size' at a time; an idle thread ends by itself.
//
// What was begun goes on: a task that continues one that was accepted before is never
// refused for want of room.
public final class ThreadPool {

	private static final ThreadLocal<@Nullable ThreadPool> HERE = new ThreadLocal<>();

	private final Object lock = new Object();

	private final ExecutorService threads;

	private final int size;

	private final int capacity;

	private final Deque<Task> queue = new ArrayDeque<>();

	private final LongAdder rejected = new LongAdder();

	private final LongAdder completed = new LongAdder();

	private int active;

	private int suspended;

	private boolean closing;

	private boolean halted;

	private boolean closed;

	private ThreadPool(ExecutorService threads, int size, int capacity) {
		this.threads = threads;
		this.size = size;
		this.capacity = capacity;
	}

	/**
	 * Create a pool for tasks that compute, of platform threads.
	 * @param size how many tasks run at the same time, at least 1
	 * @param capacity how many more may wait
	 * @return the pool, without threads yet
	 */
	public static ThreadPool computing(int size, int capacity) {
		return new ThreadPool(PoolThreads.computing(), size, capacity);
	}

	/**
	 * Create a pool for tasks that wait most of the time, of virtual threads where there
	 * are any.
	 * @param size how many tasks run at the same time, at least 1
	 * @param capacity how many more may wait
	 * @return the pool, without threads yet
	 */
	public static ThreadPool waiting(int size, int capacity) {
		return new ThreadPool(PoolThreads.waiting(), size, capacity);
	}

	/**
	 * Return whether this thread runs a task of a pool, of whatever engine. Who waits
	 * here for another task may wait for itself.
	 * @return whether it is a thread of a pool
	 */
	public static boolean isHere() {
		return HERE.get() != null;
	}

	/**
	 * Begin something new.
	 * @param process the id of the process, for messages
	 * @param work what to run
	 * @return cancelling it interrupts the thread that runs it; if there is none yet, it
	 * does not run
	 * @throws ParallelRejectedException if there is no room for it
	 * @throws RejectedExecutionException if the pool is closing
	 */
	public Future<?> begin(String process, Runnable work) {
		synchronized (this.lock) {
			if (this.closing) {
				throw new RejectedExecutionException();
			}
			if (this.active >= this.size && this.queue.size() >= room()) {
				this.rejected.increment();
				throw new ParallelRejectedException(process, this.size, this.capacity);
			}
			return add(work);
		}
	}

	// What follows a task begins on the thread of that, which is about to be free
	private int room() {
		return (HERE.get() == this) ? this.capacity + this.size : this.capacity;
	}

	/**
	 * Go on with something that was begun before, whether there is room for it or not.
	 * @param work what to run
	 * @return cancelling it interrupts the thread that runs it; if there is none yet, it
	 * does not run
	 * @throws RejectedExecutionException if the pool is closed
	 */
	public Future<?> goOn(Runnable work) {
		synchronized (this.lock) {
			if (this.closed) {
				throw new RejectedExecutionException();
			}
			return add(work);
		}
	}

	private Task add(Runnable work) {
		Task task = new Task(work);
		if (this.active < this.size) {
			this.threads.execute(() -> work(task));
			this.active++;
		}
		else {
			this.queue.add(task);
		}
		return task;
	}

	private void work(Task first) {
		HERE.set(this);
		try {
			for (Task task = first; task != null; task = next()) {
				task.run();
				this.completed.increment();
				// One that was meant for the task that is over
				Thread.interrupted();
			}
		}
		finally {
			HERE.remove();
		}
	}

	/**
	 * Expect something to go on here that is not a task at the moment.
	 */
	public void suspend() {
		synchronized (this.lock) {
			this.suspended++;
		}
	}

	/**
	 * Expect it no longer: it has gone on, or never will.
	 */
	public void resume() {
		synchronized (this.lock) {
			this.suspended--;
			this.lock.notifyAll();
		}
	}

	private @Nullable Task next() {
		synchronized (this.lock) {
			Task next = this.halted ? null : this.queue.poll();
			if (next == null) {
				this.active--;
				this.lock.notifyAll();
			}
			return next;
		}
	}

	private void remove(Task task) {
		synchronized (this.lock) {
			this.queue.remove(task);
		}
	}

	/**
	 * Begin nothing new from now on.
	 */
	public void refuse() {
		synchronized (this.lock) {
			this.closing = true;
		}
	}

	/**
	 * Wait until nothing runs, nothing waits and nothing is expected to go on.
	 * @param limit how long at most
	 * @return whether it is idle
	 * @throws InterruptedException if the thread was interrupted
	 */
	public boolean awaitIdle(Duration limit) throws InterruptedException {
		long end = System.nanoTime() + limit.toNanos();
		synchronized (this.lock) {
			while (this.active > 0 || this.suspended > 0) {
				long millis = (end - System.nanoTime() + 999_999) / 1_000_000;
				if (millis <= 0) {
					return false;
				}
				this.lock.wait(millis);
			}
			return true;
		}
	}

	/**
	 * Let what waits go on waiting until the pool is closed, so that it can be cancelled.
	 */
	public void halt() {
		synchronized (this.lock) {
			this.closing = true;
			this.halted = true;
		}
	}

	/**
	 * Take nothing at all from now on, and end the threads that have nothing to do. What
	 * waits still runs.
	 */
	public void close() {
		synchronized (this.lock) {
			this.closing = true;
			this.closed = true;
			this.halted = false;
			while (this.active < this.size && !this.queue.isEmpty()) {
				Task next = this.queue.remove();
				this.active++;
				this.threads.execute(() -> work(next));
			}
		}
		this.threads.shutdown();
	}

	/**
	 * Return how many tasks run at the same time at most.
	 * @return the size
	 */
	public int size() {
		return this.size;
	}

	/**
	 * Return how many tasks run.
	 * @return how many threads are at work
	 */
	public int active() {
		synchronized (this.lock) {
			return this.active;
		}
	}

	/**
	 * Return how many tasks wait for a thread.
	 * @return the length of the queue
	 */
	public int queued() {
		synchronized (this.lock) {
			return this.queue.size();
		}
	}

	/**
	 * Return how many tasks were refused for want of room.
	 * @return the number so far
	 */
	public long rejected() {
		return this.rejected.sum();
	}

	/**
	 * Return how many tasks have run.
	 * @return the number so far
	 */
	public long completed() {
		return this.completed.sum();
	}

	/**
	 * A task, which gives its place in the queue back when it is cancelled.
	 */
	private final class Task extends FutureTask<@Nullable Void> {

		Task(Runnable work) {
			super(work, null);
		}

		@Override
		protected void done() {
			if (isCancelled()) {
				remove(this);
			}
		}

	}

}
