package io.theus.spring.observation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import io.theus.run.Run;
import io.theus.run.RunState;
import io.theus.run.WorkflowObserver;

/**
 * Times runs that have ended as {@code theus.workflow} by workflow and outcome. What they
 * do meanwhile is observed step by step: a run may rest for days, and no observation is
 * open for so long.
 *
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class WorkflowMetrics implements WorkflowObserver {

	private final MeterRegistry registry;

	private final Map<Series, Timer> runs = new ConcurrentHashMap<>();

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
			this.runs.computeIfAbsent(new Series(run.workflow(), state), this::timer).record(run.elapsed());
		}
	}

	private Timer timer(Series series) {
		return Timer.builder("theus.workflow")
			.description("Runs of workflows that have ended, all waits included")
			.tags(Tags.of("workflow", series.workflow(), "outcome", series.outcome().name()))
			.register(this.registry);
	}

	/**
	 * What a timer is for.
	 *
	 * @param workflow the name of the workflow
	 * @param outcome how runs ended
	 */
	private record Series(String workflow, RunState outcome) {

	}

}
