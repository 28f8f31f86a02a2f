package io.theus.spring.observation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import io.theus.process.ProcessDefinition;
import io.theus.process.ProcessExecution;
import io.theus.process.ProcessListener;
import io.theus.process.ProcessOutcome;

/**
 * Times executions as {@code theus.process} by process, outcome and semantic, and counts
 * refused commits as {@code theus.process.conflicts} and further attempts as
 * {@code theus.process.retries} by process.
 *
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class ProcessMetrics implements ProcessListener {

	private final MeterRegistry registry;

	private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

	private final Map<String, Counter> conflicts = new ConcurrentHashMap<>();

	private final Map<String, Counter> retries = new ConcurrentHashMap<>();

	/**
	 * Create metrics.
	 * @param registry where they are kept
	 */
	public ProcessMetrics(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void finished(ProcessExecution execution) {
		ProcessDefinition process = execution.process();
		this.timers.computeIfAbsent(new Series(process, execution.outcome()), this::timer).record(execution.duration());
		int repeated = execution.attempts() - 1;
		if (repeated > 0) {
			count(this.retries, "theus.process.retries", "Attempts after the first one", process.id(), repeated);
		}
		int refused = (execution.outcome() == ProcessOutcome.CONFLICT) ? execution.attempts() : repeated;
		if (refused > 0) {
			count(this.conflicts, "theus.process.conflicts", "Commits that were refused", process.id(), refused);
		}
	}

	private Timer timer(Series series) {
		return Timer.builder("theus.process")
			.description("Executions of processes, all attempts and waits included")
			.tags(Tags.of("process", series.process().id(), "outcome", series.outcome().name(), "semantic",
					series.process().contract().semantic().name()))
			.register(this.registry);
	}

	private void count(Map<String, Counter> counters, String name, String description, String process, int amount) {
		counters
			.computeIfAbsent(process,
					(id) -> Counter.builder(name).description(description).tag("process", id).register(this.registry))
			.increment(amount);
	}

	/**
	 * What a timer is for.
	 *
	 * @param process the process
	 * @param outcome how executions ended
	 */
	private record Series(ProcessDefinition process, ProcessOutcome outcome) {

	}

}
