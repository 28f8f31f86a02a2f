package io.theus.spring.observation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import io.theus.process.ProcessExecution;
import io.theus.process.ProcessListener;
import io.theus.process.ProcessOutcome;

/**
 * Counts refused commits of executions as {@code theus.process.conflicts} and further
 * attempts as {@code theus.process.retries}, by process. How long executions take is
 * observed, not measured here.
 *
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class ProcessMetrics implements ProcessListener {

	private final MeterRegistry registry;

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
		int repeated = execution.attempts() - 1;
		String process = execution.process().id();
		if (repeated > 0) {
			count(this.retries, "theus.process.retries", "Attempts after the first one", process, repeated);
		}
		int refused = (execution.outcome() == ProcessOutcome.CONFLICT) ? execution.attempts() : repeated;
		if (refused > 0) {
			count(this.conflicts, "theus.process.conflicts", "Commits that were refused", process, refused);
		}
	}

	private void count(Map<String, Counter> counters, String name, String description, String process, int amount) {
		counters
			.computeIfAbsent(process,
					(id) -> Counter.builder(name).description(description).tag("process", id).register(this.registry))
			.increment(amount);
	}

}
