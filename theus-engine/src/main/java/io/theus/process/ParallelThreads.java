package io.theus.process;

import java.time.Duration;
import java.util.concurrent.Future;

import io.theus.contract.ContractVariables;
import io.theus.contract.VariableValues;
import io.theus.parallel.ParallelSettings;
import io.theus.parallel.ParallelStatus;
import io.theus.parallel.ThreadPool;
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
// the outside by what may be under way.
public final class ParallelThreads {

	// What was interrupted needs a moment to end
	private static final Duration GRACE = Duration.ofSeconds(1);

	private final ParallelSettings settings;

	private final ContractVariables variables;

	private final ThreadPool computing;

	private final ThreadPool waiting;

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
		return new Pooled(pool(process), process.id(), running);
	}

	private ThreadPool pool(ProcessDefinition process) {
		return process.contract().hasSideEffects() ? this.waiting : this.computing;
	}

	/**
	 * Return what is going on.
	 * @return the numbers of this moment
	 */
	public ParallelStatus status() {
		return new ParallelStatus(this.settings.mode(), this.computing.size(), this.computing.active(),
				this.computing.queued(), this.waiting.active(), this.computing.rejected() + this.waiting.rejected(),
				this.computing.completed() + this.waiting.completed());
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
	 * End. What is under way was told to, and gets a moment for that.
	 */
	void close() {
		this.computing.close();
		this.waiting.close();
		if (!ThreadPool.isHere()) {
			await(GRACE);
		}
	}

	/**
	 * A pool as a process uses it.
	 *
	 * @param pool the pool
	 * @param process its id
	 * @param running notes what is begun on its threads
	 */
	private record Pooled(ThreadPool pool, String process, RunningCalls running) implements Lane {

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
