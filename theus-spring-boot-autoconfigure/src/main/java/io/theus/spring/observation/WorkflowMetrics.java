package io.theus.spring.observation;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import io.theus.run.Run;
import io.theus.run.RunState;
import io.theus.run.StepObserver;
import io.theus.run.StepVisit;
import io.theus.run.WorkflowObserver;

/**
 * Times runs that have ended as {@code theus.workflow} by workflow and outcome, and
 * visited steps as {@code theus.workflow.step} by workflow, step and outcome.
 *
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class WorkflowMetrics implements WorkflowObserver, StepObserver {

	private final MeterRegistry registry;

	private final Map<RunSeries, Timer> runs = new ConcurrentHashMap<>();

	private final Map<StepSeries, Timer> steps = new ConcurrentHashMap<>();

	/**
	 * Create metrics.
	 * @param registry where they are kept
	 */
	public WorkflowMetrics(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void stateChanged(Run run, RunState state) {
		if (state.isEnded()) {
			this.runs.computeIfAbsent(new RunSeries(run.workflow(), state), this::timer).record(run.elapsed());
		}
	}

	@Override
	public void stepVisited(Run run, StepVisit visit, Duration duration) {
		this.steps.computeIfAbsent(new StepSeries(run.workflow(), visit.step(), visit.outcome()), this::timer)
			.record(duration);
	}

	private Timer timer(RunSeries series) {
		return Timer.builder("theus.workflow")
			.description("Runs of workflows that have ended, all waits included")
			.tags(Tags.of("workflow", series.workflow(), "outcome", series.outcome().name()))
			.register(this.registry);
	}

	private Timer timer(StepSeries series) {
		return Timer.builder("theus.workflow.step")
			.description("Steps of workflows, all attempts and waits included")
			.tags(Tags.of("workflow", series.workflow(), "step", series.step(), "outcome", series.outcome().name()))
			.register(this.registry);
	}

	/**
	 * What a timer of runs is for.
	 *
	 * @param workflow the name of the workflow
	 * @param outcome how runs ended
	 */
	private record RunSeries(String workflow, RunState outcome) {

	}

	/**
	 * What a timer of steps is for.
	 *
	 * @param workflow the name of the workflow that was started
	 * @param step the id of the step
	 * @param outcome what became of it
	 */
	private record StepSeries(String workflow, String step, StepVisit.Outcome outcome) {

	}

}
