package io.theus.run;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.process.ProcessDefinition;
import io.theus.run.SimulatedStep.Call;
import io.theus.run.SimulatedStep.Value;
import io.theus.run.SimulationStop.Kind;
import io.theus.workflow.Step;

/**
 * Keeps what the run of a simulation does. For one thread.
 */
// What is evaluated and called for a step belongs to its next visit
final class SimulationRecorder implements Trace {

	private final VirtualTime time;

	private final List<SimulatedStep> steps = new ArrayList<>();

	private final IdentityHashMap<Step, List<Value>> values = new IdentityHashMap<>();

	private final IdentityHashMap<Step, Call> calls = new IdentityHashMap<>();

	private @Nullable Step last;

	SimulationRecorder(VirtualTime time) {
		this.time = time;
	}

	List<SimulatedStep> steps() {
		return this.steps;
	}

	/**
	 * Return the step that was visited last.
	 * @return the step, {@code null} before the first visit
	 */
	@Nullable Step last() {
		return this.last;
	}

	@Override
	public void evaluated(Step step, String expression, @Nullable Object value) {
		this.values.computeIfAbsent(step, (each) -> new ArrayList<>()).add(new Value(expression, value));
	}

	@Override
	public void calling(Step step, ProcessDefinition process, Map<String, @Nullable Object> arguments) {
		this.calls.put(step, new Call(process.id(), arguments, null, null));
	}

	@Override
	public void returned(Step step, @Nullable Object result) {
		this.calls.computeIfPresent(step, (each, call) -> new Call(call.process(), call.arguments(), result, null));
	}

	@Override
	public void threw(Step step, Throwable failure) {
		this.calls.computeIfPresent(step, (each, call) -> new Call(call.process(), call.arguments(), null, failure));
	}

	@Override
	public void visited(Step step, StepVisit visit) {
		this.last = step;
		this.steps.add(new SimulatedStep(visit, this.time.passed(), takeValues(step), this.calls.remove(step)));
	}

	private List<Value> takeValues(Step step) {
		List<Value> taken = this.values.remove(step);
		return (taken != null) ? taken : List.of();
	}

	/**
	 * Say why the simulation does not go on at a step.
	 * @param kind the kind of reason
	 * @param step the step
	 * @param reason the reason
	 * @return the stop, with what was evaluated for the step
	 */
	SimulationStop stop(Kind kind, Step step, String reason) {
		return new SimulationStop(kind, step.id(), step.address(), "step '" + step.id() + "' " + reason,
				takeValues(step));
	}

}
