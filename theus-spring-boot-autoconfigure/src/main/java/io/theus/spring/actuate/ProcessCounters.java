package io.theus.spring.actuate;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.theus.process.ProcessExecution;
import io.theus.process.ProcessListener;
import io.theus.process.ProcessOutcome;

/**
 * Counts executions by process and outcome for the endpoint.
 *
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class ProcessCounters implements ProcessListener {

	private final Map<String, Counters> byProcess = new ConcurrentHashMap<>();

	@Override
	public void finished(ProcessExecution execution) {
		Counters counters = this.byProcess.computeIfAbsent(execution.process().id(), (id) -> new Counters());
		Objects.requireNonNull(counters.outcomes.get(execution.outcome())).increment();
		counters.attempts.add(execution.attempts());
	}

	/**
	 * Return how often a process was executed.
	 * @param process its id
	 * @return the executions by outcome, without those that never occurred
	 */
	Map<ProcessOutcome, Long> executions(String process) {
		Map<ProcessOutcome, Long> executions = new EnumMap<>(ProcessOutcome.class);
		Counters counters = this.byProcess.get(process);
		if (counters != null) {
			counters.outcomes.forEach((outcome, count) -> {
				if (count.sum() > 0) {
					executions.put(outcome, count.sum());
				}
			});
		}
		return executions;
	}

	/**
	 * Return how often a process was tried.
	 * @param process its id
	 * @return the attempts of all executions
	 */
	long attempts(String process) {
		Counters counters = this.byProcess.get(process);
		return (counters != null) ? counters.attempts.sum() : 0;
	}

	/**
	 * The counters of a process.
	 */
	private static final class Counters {

		// Filled at once and never changed, so that threads share it without a lock
		private final Map<ProcessOutcome, LongAdder> outcomes = new EnumMap<>(ProcessOutcome.class);

		private final LongAdder attempts = new LongAdder();

		Counters() {
			for (ProcessOutcome outcome : ProcessOutcome.values()) {
				this.outcomes.put(outcome, new LongAdder());
			}
		}

	}

}
