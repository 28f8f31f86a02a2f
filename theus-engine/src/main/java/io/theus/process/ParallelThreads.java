package io.theus.process;

import java.time.Duration;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import io.theus.contract.ContractVariables;
import io.theus.contract.InvalidContractException;
import io.theus.contract.VariableValues;
import io.theus.parallel.ParallelMode;
import io.theus.parallel.ParallelSettings;
import io.theus.parallel.ParallelStatus;
import io.theus.parallel.ThreadPool;
import io.theus.parallel.WorkerPool;
import io.theus.transaction.Frame;

/**
 * The pools in which the parallel processes of an engine run. There are no threads before
 * the first of them is called.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
// Two pools: what computes is limited by what the machine can do at a time, what waits
// for
// the outside by what may be under way. A process whose code runs in a worker takes a
// place
// among those that compute, and its thread waits for the worker: so there is a worker for
// everybody who has a place, and nobody waits for one with a snapshot that grows old.
public final class ParallelThreads {

	// What was interrupted needs a moment to end
	private static final Duration GRACE = Duration.ofSeconds(1);

	private final ParallelSettings settings;

	private final ContractVariables variables;

	private final ThreadPool computing;

	private final ThreadPool waiting;

	private volatile @Nullable WorkerPool workers;

	private boolean closed;

	/**
	 * Create pools.
	 * @param settings how many threads, and for how many more there is room
	 * @param variables the contract variables
	 */
	public ParallelThreads(ParallelSettings settings, ContractVariables variables) {
		this.settings = settings;
		this.variables = variables;
		this.computing = ThreadPool.computing(settings.poolSize(), settings.queueCapacity());
		this.waiting = ThreadPool.waiting(settings.queueCapacity(), 0);
	}

	/**
	 * Return the settings.
	 * @return how parallel processes run
	 */
	public ParallelSettings settings() {
		return this.settings;
	}

	// Whoever waits within a transaction, or on a thread of a pool, may be waited for by
	// all those that have a place
	static boolean mayBeWaitedForHere() {
		return Frame.current() == null && !ThreadPool.isHere();
	}

	// As they are on this thread
	VariableValues takenVariables() {
		return new VariableValues(this.variables).takeAll();
	}

	Lane lane(ProcessDefinition process, RunningCalls running) {
		return new Pooled(pool(process), process.id(), running,
				runsInWorker(process) ? new Workers(this::workers) : null);
	}

	private ThreadPool pool(ProcessDefinition process) {
		return (process.contract().hasSideEffects() && !runsInWorker(process)) ? this.waiting : this.computing;
	}

	private boolean inProcesses() {
		return this.settings.mode() == ParallelMode.PROCESSES;
	}

	// Whether its code does, outside of forks. The value of an asynchronous one is there
	// later than its code ends
	boolean runsInWorker(ProcessDefinition process) {
		return inProcesses() && !process.isAsynchronous();
	}

	void check(ProcessDefinition process) {
		if (process.isParallel() && runsInWorker(process) && process.target() == null) {
			throw new InvalidContractException(process.id(), "it is parallel and given as code, which no worker has",
					"make it a method of a class, or set theus.parallel.mode=threads");
		}
	}

	WorkerPool workers() {
		WorkerPool known = this.workers;
		return (known != null) ? known : startWorkers();
	}

	private synchronized WorkerPool startWorkers() {
		if (this.closed) {
			throw new IllegalStateException("a worker cannot be started: the engine is closed");
		}
		WorkerPool known = this.workers;
		if (known == null) {
			known = new WorkerPool(this.settings.workers());
			this.workers = known;
		}
		return known;
	}

	/**
	 * Return what is going on.
	 * @return the numbers of this moment
	 */
	public ParallelStatus status() {
		WorkerPool known = this.workers;
		return new ParallelStatus(this.settings.mode(), this.computing.size(), this.computing.active(),
				this.computing.queued(), this.waiting.active(), this.computing.rejected() + this.waiting.rejected(),
				this.computing.completed() + this.waiting.completed(), (known != null) ? known.status() : null);
	}

	/**
	 * Begin nothing new, and wait for what is under way, as long as the settings say.
	 */
	void drain() {
		this.computing.refuse();
		this.waiting.refuse();
		// It cannot wait for itself
		if (!ThreadPool.isHere()) {
			await(this.settings.drain());
		}
		// What has not begun by now does not begin because something else is interrupted
		this.computing.halt();
		this.waiting.halt();
	}

	private void await(Duration limit) {
		long end = System.nanoTime() + limit.toNanos();
		try {
			if (this.computing.awaitIdle(limit)) {
				this.waiting.awaitIdle(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * End. What is under way was told to, and gets a moment for that; workers are killed
	 * if they need more.
	 */
	void close() {
		this.computing.close();
		this.waiting.close();
		if (!ThreadPool.isHere()) {
			await(GRACE);
		}
		WorkerPool known;
		synchronized (this) {
			this.closed = true;
			known = this.workers;
		}
		if (known != null) {
			known.close();
		}
	}

	/**
	 * A pool as a process uses it.
	 *
	 * @param pool the pool
	 * @param process its id
	 * @param running notes what is begun on its threads
	 * @param workers where its code runs, {@code null} for these threads
	 */
	private record Pooled(ThreadPool pool, String process, RunningCalls running,
			@Nullable Workers workers) implements Lane {

		@Override
		public Future<?> begin(Runnable attempt) {
			return this.pool.begin(this.process, this.running.noting(attempt));
		}

		@Override
		public Future<?> goOn(Runnable attempt) {
			return this.pool.goOn(this.running.noting(attempt));
		}

		@Override
		public void suspend() {
			this.pool.suspend();
		}

		@Override
		public void resume() {
			this.pool.resume();
		}

		@Override
		public boolean endsWithEngine() {
			return true;
		}

	}

}
