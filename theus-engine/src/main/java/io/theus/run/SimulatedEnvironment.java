package io.theus.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import io.theus.audit.EngineStop;
import io.theus.process.CallOutcome;
import io.theus.process.CallSettings;
import io.theus.process.ForkedSideEffectException;
import io.theus.process.Overlaps;
import io.theus.process.ProcessDefinition;
import io.theus.process.ProcessEntry;
import io.theus.run.SimulationStop.Kind;
import io.theus.signal.Signal;
import io.theus.state.EngineFacts;
import io.theus.state.Snapshot;
import io.theus.store.CommitRecord;
import io.theus.store.RunOrder;
import io.theus.workflow.Step;

/**
 * One run on one thread, in virtual time, in a fork.
 */
// Everything happens on the thread of the simulation but the commits of asynchronous
// processes, which may come on any. Those are only put in line, and looked at when the
// process is over. Waits and conditions are kept in the order in which they began, so
// that the same simulation takes the same steps.
//
// A run that cannot go on is given a call that never ends, and is left alone.
final class SimulatedEnvironment implements RunEnvironment {

	private final SimulationFork fork;

	private final Overlaps overlaps;

	private final VirtualTime time;

	private final SimulationRecorder recorder;

	private final Queue<CommitRecord> commits;

	private final List<CommitRecord> seen = new ArrayList<>();

	private final Set<SignalWait> waits = new LinkedHashSet<>();

	private final Set<Runnable> conditions = new LinkedHashSet<>();

	private @Nullable SimulationStop obstacle;

	private @Nullable InterruptedException interruption;

	private boolean over;

	SimulatedEnvironment(SimulationFork fork, Overlaps overlaps, VirtualTime time, SimulationRecorder recorder,
			Queue<CommitRecord> commits) {
		this.fork = fork;
		this.overlaps = overlaps;
		this.time = time;
		this.recorder = recorder;
		this.commits = commits;
	}

	/**
	 * Return what has happened in the fork.
	 * @return the commits in order
	 */
	List<CommitRecord> commits() {
		return this.seen;
	}

	/**
	 * Return why the run cannot go on.
	 * @return the reason, {@code null} if it can
	 */
	@Nullable SimulationStop obstacle() {
		return this.obstacle;
	}

	/**
	 * Return what has interrupted the thread while it waited for a process.
	 * @return the exception, {@code null} if nothing has
	 */
	@Nullable InterruptedException interruption() {
		return this.interruption;
	}

	/**
	 * Return whether the run goes on if it is let.
	 * @return {@code false} if it has ended or cannot go on
	 */
	boolean isGoingOn() {
		return !this.over && this.obstacle == null && this.interruption == null;
	}

	@Override
	public long nanoTime() {
		return this.time.nanos();
	}

	@Override
	public void execute(Runnable task) {
		this.time.execute(task);
	}

	@Override
	public Future<?> after(Duration delay, Runnable task) {
		return this.time.after(delay, task);
	}

	@Override
	public Snapshot head() {
		return this.fork.head().get();
	}

	@Override
	public @Nullable EngineStop stop() {
		return this.fork.stop().get();
	}

	@Override
	public EngineFacts facts() {
		return this.fork.facts();
	}

	@Override
	public CompletableFuture<CallOutcome> call(Run run, Step step, ProcessDefinition process,
			Map<String, @Nullable Object> arguments, CallSettings settings) {
		ProcessEntry entry = this.fork.processes().entry(process.id());
		CompletableFuture<CallOutcome> execution = run.variables().during(() -> entry.start(arguments, settings));
		ForkedSideEffectException missing = missing(execution);
		react(run);
		if (missing != null) {
			this.obstacle = this.recorder.stop(Kind.SIDE_EFFECT, step,
					"calls process '%s', which is not run in a simulation: sideEffects=%s, give a result for it"
						.formatted(missing.process(), missing.sideEffects()));
		}
		return isGoingOn() ? execution : new CompletableFuture<>();
	}

	// Ends at the latest when the time of the process is over
	private @Nullable ForkedSideEffectException missing(CompletableFuture<CallOutcome> execution) {
		try {
			execution.get();
		}
		catch (InterruptedException ex) {
			execution.cancel(true);
			Thread.currentThread().interrupt();
			this.interruption = ex;
		}
		catch (CancellationException ex) {
			return null;
		}
		catch (ExecutionException ex) {
			for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
				if (cause instanceof ForkedSideEffectException missing) {
					return missing;
				}
			}
		}
		return null;
	}

	@Override
	public Overlaps overlaps() {
		return this.overlaps;
	}

	@Override
	public void emit(Run run, String topic, @Nullable Object payload) {
		this.fork.emitter().emit("workflow " + run.workflow(), topic, payload);
		react(run);
	}

	// What waits for what was committed
	private void react(Run run) {
		for (CommitRecord commit = this.commits.poll(); commit != null; commit = this.commits.poll()) {
			this.seen.add(commit);
			commit.signals().forEach(this::publish);
			if (!commit.changes().isEmpty()) {
				this.conditions.forEach(this.time::execute);
			}
			commit.orders().forEach((order) -> carryOut(run, order));
		}
	}

	private void publish(Signal signal) {
		for (SignalWait wait : this.waits) {
			if (wait.topic().equals(signal.topic())) {
				execute(() -> wait.offer(signal.payload()));
			}
		}
	}

	// Only this one run is there
	private static void carryOut(Run run, RunOrder order) {
		if (order instanceof RunOrder.Send send && send.workflow().equals(run.workflow())
				&& run.key().filter(send.key()::equals).isPresent()) {
			run.signal(send.signal(), send.payload());
		}
	}

	@Override
	public Runnable register(SignalWait wait) {
		this.waits.add(wait);
		return () -> this.waits.remove(wait);
	}

	@Override
	public Runnable watch(Runnable condition) {
		this.conditions.add(condition);
		return () -> this.conditions.remove(condition);
	}

	@Override
	public double jitter() {
		return 1;
	}

	@Override
	public void incident(Run run, Step step, Incident incident) {
		this.obstacle = this.recorder.stop(Kind.INCIDENT, step,
				"could not be undone and an operator would have to decide: process=%s, failure=%s, let its compensation succeed"
					.formatted(incident.process(), incident.failure()));
	}

	@Override
	public void ended(Run run) {
		this.over = true;
	}

	@Override
	public Trace trace(Run run) {
		return this.recorder;
	}

}
