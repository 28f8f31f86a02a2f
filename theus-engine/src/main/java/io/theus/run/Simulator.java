package io.theus.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

import io.theus.contract.VariableValues;
import io.theus.process.Overlaps;
import io.theus.run.Simulation.Ending;
import io.theus.run.SimulationOptions.GivenSignal;
import io.theus.run.SimulationStop.Kind;
import io.theus.state.Snapshot;
import io.theus.state.StateChange;
import io.theus.store.CommitRecord;
import io.theus.workflow.Step;
import io.theus.workflow.WaitStep;

/**
 * Takes one run from its beginning to where it ends or cannot go on.
 */
final class Simulator {

	private final SimulationOptions options;

	private final VirtualTime time = new VirtualTime();

	private final SimulationRecorder recorder = new SimulationRecorder(this.time);

	private final SimulationFork fork;

	private final SimulatedEnvironment environment;

	private final Run run;

	private Simulator(SimulationFork fork, Queue<CommitRecord> commits, Overlaps overlaps, BoundWorkflow workflow,
			Map<String, @Nullable Object> inputs, VariableValues variables, SimulationOptions options, long maxOps) {
		this.fork = fork;
		this.options = options;
		this.environment = new SimulatedEnvironment(fork, overlaps, this.time, this.recorder, commits);
		this.run = new Run(workflow, inputs, variables, Map.of(), options.run(),
				new WorkflowSettings(maxOps, false, List.of(), 0));
		this.run.controlledBy(new RunControl(this.run, this.environment));
	}

	/**
	 * Simulate a run.
	 * @param forks makes the fork
	 * @param overlaps tells which calls would be in each other's way
	 * @param workflow the workflow, linked
	 * @param inputs its inputs, checked
	 * @param variables the contract variables that the run sees
	 * @param options what is given, and when to stop
	 * @param maxOps the limit of operations where neither options nor workflow have one
	 * @return what would have happened
	 */
	static Simulation simulate(SimulationForks forks, Overlaps overlaps, BoundWorkflow workflow,
			Map<String, @Nullable Object> inputs, VariableValues variables, SimulationOptions options, long maxOps) {
		Queue<CommitRecord> commits = new ConcurrentLinkedQueue<>();
		try (SimulationFork fork = forks.fork(options.results(), commits::add)) {
			return new Simulator(fork, commits, overlaps, workflow, inputs, variables, options, maxOps).simulate();
		}
	}

	private Simulation simulate() {
		Snapshot before = this.fork.head().get();
		this.options.signals().forEach(this::send);
		this.time.execute(this.run.control()::begin);
		List<SimulationStop> stops = proceed();
		InterruptedException interruption = this.environment.interruption();
		if (interruption != null) {
			throw new IllegalStateException(
					"the thread was interrupted while it simulated workflow '%s'".formatted(this.run.workflow()),
					interruption);
		}
		return result(stops, before);
	}

	// Nobody takes the alarm back
	@SuppressWarnings("FutureReturnValueIgnored")
	private void send(GivenSignal signal) {
		if (signal.after().isZero()) {
			this.run.signal(signal.topic(), signal.payload());
		}
		else {
			this.time.after(signal.after(), () -> this.run.signal(signal.topic(), signal.payload()));
		}
	}

	private List<SimulationStop> proceed() {
		while (this.environment.isGoingOn()) {
			Step last = this.recorder.last();
			if (last != null && this.recorder.steps().size() >= this.options.maxVisits()) {
				return List.of(this.recorder.stop(Kind.VISITS, last,
						"is as far as the simulation goes: maxVisits=%d, allow more"
							.formatted(this.options.maxVisits())));
			}
			Runnable next = this.time.next();
			if (next == null) {
				next = this.time.pass(this.options.maxTime());
			}
			if (next == null) {
				return resting();
			}
			next.run();
		}
		SimulationStop obstacle = this.environment.obstacle();
		return (obstacle != null) ? List.of(obstacle) : List.of();
	}

	// Nothing happens any more, or not in time
	private List<SimulationStop> resting() {
		List<SimulationStop> stops = new ArrayList<>();
		for (Step step : this.run.control().branches().restingAt()) {
			stops.add(this.time.isWaiting() ? this.recorder.stop(Kind.TIME, step,
					"rests longer than the simulation lasts: maxTime=%s, allow more".formatted(this.options.maxTime()))
					: waiting((WaitStep) step));
		}
		return stops;
	}

	private SimulationStop waiting(WaitStep step) {
		if (step.signal() != null) {
			return this.recorder.stop(Kind.SIGNAL, step,
					"waits for a signal that nobody sends: signal=%s%s, give it to the simulation"
						.formatted(step.signal(), (step.where() != null) ? ", where=" + step.where() : ""));
		}
		return this.recorder.stop(Kind.CONDITION, step,
				"waits for a condition that nothing brings about: until=%s, let an earlier step see to it, or give it a 'timeout'"
					.formatted(step.until()));
	}

	private Simulation result(List<SimulationStop> stops, Snapshot before) {
		List<CommitRecord> commits = this.environment.commits();
		return new Simulation(this.run.workflow(), ending(stops), this.recorder.steps(), stops, this.run.result(),
				this.run.results(), this.run.error().orElse(null), changes(before),
				commits.stream().flatMap((commit) -> commit.signals().stream()).toList(),
				commits.stream().flatMap((commit) -> commit.messages().stream()).toList(),
				commits.stream().flatMap((commit) -> commit.orders().stream()).toList(), this.time.passed());
	}

	private Ending ending(List<SimulationStop> stops) {
		if (!stops.isEmpty()) {
			return Ending.STOPPED;
		}
		return (this.run.state() == RunState.COMPLETED) ? Ending.COMPLETED : Ending.FAILED;
	}

	private List<StateChange> changes(Snapshot before) {
		return before.diff(this.fork.head().get())
			.stream()
			.sorted(Comparator.comparing((change) -> change.path().toString()))
			.toList();
	}

}
