package io.theus.parallel;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.error.LoggedFailure;

/*
 * State. Everything below is guarded by one lock: which workers there are, which of them
 * are idle, which calls wait, and, in Worker and PendingCall, who has which call. The lock
 * is held for a few assignments only; starting, reading, writing, waiting for an end and
 * calling a listener happen without it. Putting a frame into a worker's queue happens with
 * it, so that the order of frames is that of the decisions: CANCEL never overtakes CALL.
 *
 * Who does what. A caller encodes its call, leaves it in the queue or with an idle worker,
 * and waits for the reply, which it decodes. The thread that reads from a worker delivers
 * replies and then gives the worker the next call, so that a worker never rests while a
 * call waits. A thread of its own starts each worker and ends. The timer kills what takes
 * too long.
 *
 * Rules that hold whenever the lock is free:
 *  (1) If a call waits, no worker is idle.
 *  (2) If more calls wait than workers are being started, there are as many workers as
 *      there may be: "settle" sees to it after every change that could break it. A worker
 *      that cannot be started takes a waiting call with it, so that a command that never
 *      works ends all calls instead of being tried for ever.
 *  (3) A worker is in "workers" from its start until its end has been seen, and counts
 *      against the size for as long: there are never more virtual machines than that.
 *
 * Ends. The end of a worker is seen in one place, by the thread that reads from it, after
 * the process of the operating system has ended. A call that it had is failed, with one
 * exception: a worker says BEGUN before it does anything for a call, so that a call which
 * an idle worker took with it into its grave is given to another one, once. A reply that
 * arrives for a call that its caller has abandoned frees the worker and is dropped.
 *
 * Limits. A caller that is interrupted, or whose time is over, leaves at once; its worker
 * goes on until the code has reacted to the interrupt, or is killed after the time of
 * grace, and has no other call meanwhile.
 */

/**
 * Runs methods in worker JVMs, one at a time in each. Workers are started when they are
 * needed, used again, and replaced when they die.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class WorkerPool implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(WorkerPool.class);

	// Time that nobody lives to see and can still be counted
	private static final Duration LONGEST = Duration.ofDays(36500);

	private static final Duration TO_DIE = Duration.ofSeconds(10);

	private final ReentrantLock lock = new ReentrantLock();

	// Something ended
	private final Condition changed = this.lock.newCondition();

	private final WorkerSettings settings;

	private final WorkerLauncher launcher;

	private final CallTransport transport;

	private final ExecutorService starter = Executors.newCachedThreadPool(daemons("theus-worker-start"));

	private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, daemons("theus-worker-timer"));

	private final Worker.Events events = new Worker.Events() {

		@Override
		public void ready(Worker worker) {
			WorkerPool.this.ready(worker);
		}

		@Override
		public void received(Worker worker, Frame frame) {
			WorkerPool.this.received(worker, frame);
		}

		@Override
		public void ended(Worker worker, WorkerExit exit) {
			WorkerPool.this.ended(worker, exit);
		}

	};

	private final Set<Worker> workers = new LinkedHashSet<>();

	private final Deque<Worker> idle = new ArrayDeque<>();

	private final Deque<PendingCall> waiting = new ArrayDeque<>();

	// Workers that are not ready yet
	private int starting;

	// Those of them of which there is no process yet
	private int launching;

	private long numbers;

	private long started;

	private long died;

	private boolean closed;

	private boolean killing;

	/**
	 * Create a pool. No worker is started yet.
	 * @param settings how many workers there are and how they are kept
	 */
	public WorkerPool(WorkerSettings settings) {
		this.settings = settings;
		this.launcher = new WorkerLauncher(settings);
		this.transport = new CallTransport(loader());
		this.timer.setRemoveOnCancelPolicy(true);
	}

	private static ClassLoader loader() {
		ClassLoader context = Thread.currentThread().getContextClassLoader();
		return (context != null) ? context : WorkerPool.class.getClassLoader();
	}

	private static ThreadFactory daemons(String name) {
		return (task) -> {
			Thread thread = new Thread(task, name);
			thread.setDaemon(true);
			return thread;
		};
	}

	/**
	 * Run a method in a worker and wait for its end. An interrupt of the calling thread,
	 * or the end of the limit, interrupts the method.
	 * @param call what to run
	 * @param limit how long to wait at most, queue included
	 * @return what the method returned
	 * @throws ParallelRejectedException if no worker is free and the queue is full, or
	 * the pool is closed
	 * @throws TransportException if an argument, an input or the result cannot be
	 * transported
	 * @throws WorkerDiedException if the worker died while it ran the method
	 * @throws WorkerStartException if no worker can be started
	 * @throws WorkerTimeoutException if the limit is over
	 * @throws RemoteProcessException if the method threw something that cannot be
	 * transported
	 * @throws InterruptedException if the calling thread is interrupted
	 * @throws Throwable what else the method threw, unchanged
	 */
	public @Nullable Object call(WorkerCall call, Duration limit) throws Throwable {
		PendingCall pending = new PendingCall(call.process(), this.transport.encode(call));
		submit(pending);
		try {
			return this.transport.decode(call, pending.outcome().get(nanos(limit), TimeUnit.NANOSECONDS).reply());
		}
		catch (InterruptedException ex) {
			abandon(pending);
			throw ex;
		}
		catch (TimeoutException ex) {
			abandon(pending);
			throw new WorkerTimeoutException(call.process(), limit);
		}
	}

	private static long nanos(Duration limit) {
		return (limit.compareTo(LONGEST) < 0) ? limit.toNanos() : LONGEST.toNanos();
	}

	private void submit(PendingCall call) {
		this.lock.lock();
		try {
			if (this.closed) {
				throw closed(call);
			}
			Worker worker = this.idle.pollLast();
			if (worker != null) {
				worker.begin(call, ++this.numbers);
				return;
			}
			this.waiting.addLast(call);
			settle();
			// Calls for which a worker is being started do not count
			if (this.waiting.size() - this.starting > this.settings.queueCapacity()) {
				this.waiting.removeLast();
				throw new ParallelRejectedException(call.process(), this.settings.size(),
						this.settings.queueCapacity());
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private ParallelRejectedException closed(PendingCall call) {
		return ParallelRejectedException.closed(call.process(), this.settings.size(), this.settings.queueCapacity());
	}

	// Rule 2; the lock is held
	private void settle() {
		while (this.waiting.size() > this.starting && this.workers.size() + this.launching < this.settings.size()) {
			this.launching++;
			this.starting++;
			this.starter.execute(this::startWorker);
		}
		this.changed.signalAll();
	}

	private void startWorker() {
		try {
			WorkerLauncher.Started launched = this.launcher.start();
			Worker worker = new Worker(launched, this.events);
			this.lock.lock();
			try {
				this.launching--;
				this.workers.add(worker);
				if (this.killing) {
					worker.kill("the pool was closed");
				}
			}
			finally {
				this.lock.unlock();
			}
			worker.start();
			killLater(worker, this.settings.startLimit(),
					"it was not ready in time: limit=" + this.settings.startLimit(), () -> !worker.isReady());
		}
		catch (RuntimeException ex) {
			this.lock.lock();
			try {
				this.launching--;
				failedToStart(() -> {
					throw ex;
				});
			}
			finally {
				this.lock.unlock();
			}
			logger.warn("A worker could not be started: {}", LoggedFailure.describe(ex, logger));
		}
	}

	// A worker that cannot be started takes a call with it; the lock is held
	private void failedToStart(PendingCall.Outcome outcome) {
		this.starting--;
		PendingCall call = this.waiting.pollFirst();
		if (call != null) {
			call.end(outcome);
		}
		settle();
	}

	// Nobody waits for the task, which does not fail
	@SuppressWarnings("FutureReturnValueIgnored")
	private void killLater(Worker worker, Duration after, String reason, BooleanSupplier condition) {
		Runnable task = () -> {
			this.lock.lock();
			try {
				if (this.workers.contains(worker) && condition.getAsBoolean()) {
					worker.kill(reason);
				}
			}
			finally {
				this.lock.unlock();
			}
		};
		try {
			this.timer.schedule(task, nanos(after), TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			// The pool has been closed, and kills all that is left
		}
	}

	private void abandon(PendingCall call) {
		this.lock.lock();
		try {
			call.abandon();
			if (!this.waiting.remove(call)) {
				interrupt(call);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	// The lock is held
	private void interrupt(PendingCall call) {
		Worker worker = call.worker();
		if (worker != null && worker.running() == call) {
			worker.send(Frame.of(Frame.Kind.CANCEL, call.number()));
			killLater(worker, this.settings.grace(),
					"its code went on for longer than grace=" + this.settings.grace() + " after it was interrupted",
					() -> worker.running() == call);
		}
	}

	// The lock is held
	private void free(Worker worker) {
		PendingCall next = this.waiting.pollFirst();
		if (next != null) {
			worker.begin(next, ++this.numbers);
		}
		else if (this.closed) {
			worker.stop();
		}
		else {
			this.idle.addLast(worker);
		}
		this.changed.signalAll();
	}

	private void ready(Worker worker) {
		this.lock.lock();
		try {
			worker.ready();
			this.starting--;
			this.started++;
			free(worker);
		}
		finally {
			this.lock.unlock();
		}
		tell(() -> this.settings.listener().started(worker.pid()));
	}

	private void received(Worker worker, Frame frame) {
		this.lock.lock();
		try {
			PendingCall call = worker.running();
			if (call == null || call.number() != frame.number()) {
				throw new IllegalStateException("it answered what it was not asked: number=" + frame.number());
			}
			switch (frame.kind()) {
				case BEGUN -> call.begun();
				case RESULT, FAILURE -> {
					worker.finish();
					call.end(() -> new PendingCall.Reply(worker.pid(), frame));
					free(worker);
				}
				default -> throw new IllegalStateException("it sent what only the engine sends: " + frame.kind());
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void ended(Worker worker, WorkerExit exit) {
		PendingCall call;
		boolean death;
		this.lock.lock();
		try {
			this.workers.remove(worker);
			this.idle.remove(worker);
			call = worker.running();
			death = worker.isReady() && !worker.isStopping();
			if (!worker.isReady()) {
				failedToStart(() -> {
					throw worker.startFailure(exit);
				});
			}
			else if (call != null && worker.isProven() && call.repeat()) {
				this.waiting.addFirst(call);
			}
			else if (call != null) {
				call.end(() -> {
					throw exit.toException(call.process());
				});
			}
			if (death) {
				this.died++;
			}
			settle();
		}
		finally {
			this.lock.unlock();
		}
		if (death) {
			WorkerDiedException report = exit.toException((call != null) ? call.process() : null);
			logger.warn("{}", report.getMessage());
			tell(() -> this.settings.listener().died(report));
		}
	}

	private void tell(Runnable listener) {
		try {
			listener.run();
		}
		catch (RuntimeException ex) {
			logger.warn("A listener of workers failed", LoggedFailure.of(ex, logger));
		}
	}

	/**
	 * Return what the pool is doing.
	 * @return a picture of this moment
	 */
	public WorkerPoolStatus status() {
		this.lock.lock();
		try {
			List<Long> pids = this.workers.stream().filter(Worker::isReady).map(Worker::pid).toList();
			return new WorkerPoolStatus(this.settings.size(), pids.size(), pids.size() - this.idle.size(),
					this.waiting.size(), this.started, this.died, pids);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Take no more calls and end the workers: those that are under way or wait may finish
	 * within the time for that, then they are interrupted, and what is left after the
	 * time of grace is killed. Closing it again waits for the same end. An interrupt of
	 * the calling thread goes to the last step at once.
	 */
	@Override
	public void close() {
		boolean interrupted = false;
		this.lock.lock();
		try {
			this.closed = true;
			this.idle.forEach(Worker::stop);
			this.idle.clear();
			interrupted = !waitForEnd(this.settings.drain());
			refuseWaiting();
			this.workers.stream().map(Worker::running).filter(Objects::nonNull).forEach(this::interrupt);
			interrupted = interrupted || !waitForEnd(this.settings.grace());
			this.killing = true;
			this.workers.forEach((worker) -> worker.kill("the pool was closed"));
			interrupted = !waitForEnd(TO_DIE) || interrupted;
			this.timer.shutdownNow();
			this.starter.shutdown();
		}
		finally {
			this.lock.unlock();
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private void refuseWaiting() {
		for (PendingCall call = this.waiting.pollFirst(); call != null; call = this.waiting.pollFirst()) {
			PendingCall refused = call;
			call.end(() -> {
				throw closed(refused);
			});
		}
	}

	// Returns false if the thread was interrupted
	private boolean waitForEnd(Duration limit) {
		long left = nanos(limit);
		try {
			while (left > 0 && !(this.workers.isEmpty() && this.waiting.isEmpty() && this.launching == 0)) {
				left = this.changed.awaitNanos(left);
			}
			return true;
		}
		catch (InterruptedException ex) {
			return false;
		}
	}

}
