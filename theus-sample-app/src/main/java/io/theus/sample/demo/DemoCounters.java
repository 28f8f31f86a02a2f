package io.theus.sample.demo;

import java.util.concurrent.atomic.LongAdder;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

import io.theus.process.ProcessExecution;
import io.theus.process.ProcessListener;
import io.theus.process.ProcessOutcome;

/**
 * Counts executions and how often they had to run again.
 */
@Component
@ConditionalOnProperty("demo")
class DemoCounters implements ProcessListener {

	private final LongAdder executions = new LongAdder();

	private final LongAdder retries = new LongAdder();

	private final LongAdder givenUp = new LongAdder();

	@Override
	public void finished(ProcessExecution execution) {
		this.executions.increment();
		this.retries.add(execution.attempts() - 1L);
		if (execution.outcome() == ProcessOutcome.CONFLICT) {
			this.givenUp.increment();
		}
	}

	long executions() {
		return this.executions.sum();
	}

	// Each retry follows a conflict
	long retries() {
		return this.retries.sum();
	}

	long conflicts() {
		return this.retries.sum() + this.givenUp.sum();
	}

}
