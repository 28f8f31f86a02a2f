package io.theus.benchmarks.group;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One measurement, repeated in each round.
 *
 * @param cell where its result goes
 * @param benchmark the class with the one JMH benchmark that is run
 * @param threads how many threads run it at once
 * @param parameters JMH parameters by name
 * @param operations how many operations an invocation of the benchmark counts as, zero if
 * its class says so or it is one
 * @param warmupFactor how many times the group's warm-up it gets, because there is more
 * code to be compiled
 * @param rounds in how many of the group's rounds it is run at most, the first ones
 * @param baseline the column that the same candidate is compared with, {@code null} if it
 * is compared with others only
 * @since 0.1.0
 */
public record Trial(Cell cell, Class<?> benchmark, int threads, Map<String, String> parameters, int operations,
		int warmupFactor, int rounds, @Nullable String baseline) {

	/**
	 * Create a trial.
	 */
	public Trial {
		parameters = Map.copyOf(parameters);
	}

	/**
	 * Create a trial on one thread without parameters and baseline.
	 * @param cell where its result goes
	 * @param benchmark the class with the JMH benchmark
	 */
	public Trial(Cell cell, Class<?> benchmark) {
		this(cell, benchmark, 1, Map.of(), 0, 1, Integer.MAX_VALUE, null);
	}

	/**
	 * Return this trial with another number of threads.
	 * @param count how many threads
	 * @return the trial
	 */
	public Trial threads(int count) {
		return new Trial(this.cell, this.benchmark, count, this.parameters, this.operations, this.warmupFactor,
				this.rounds, this.baseline);
	}

	/**
	 * Return this trial with a JMH parameter.
	 * @param name the name of the field
	 * @param value its value, whose text is what JMH parses
	 * @return the trial
	 */
	public Trial parameter(String name, Object value) {
		Map<String, String> changed = new HashMap<>(this.parameters);
		changed.put(name, value.toString());
		return new Trial(this.cell, this.benchmark, this.threads, changed, this.operations, this.warmupFactor,
				this.rounds, this.baseline);
	}

	/**
	 * Return this trial with a number of operations per invocation.
	 * @param count as how many an invocation counts
	 * @return the trial
	 */
	public Trial operations(int count) {
		return new Trial(this.cell, this.benchmark, this.threads, this.parameters, count, this.warmupFactor,
				this.rounds, this.baseline);
	}

	/**
	 * Return this trial with a longer warm-up.
	 * @param factor how many times the group's warm-up
	 * @return the trial
	 */
	public Trial warmupFactor(int factor) {
		return new Trial(this.cell, this.benchmark, this.threads, this.parameters, this.operations, factor, this.rounds,
				this.baseline);
	}

	/**
	 * Return this trial with fewer rounds than the group has, for candidates that are far
	 * from the others.
	 * @param limit in how many rounds it is run at most
	 * @return the trial
	 */
	public Trial rounds(int limit) {
		return new Trial(this.cell, this.benchmark, this.threads, this.parameters, this.operations, this.warmupFactor,
				limit, this.baseline);
	}

	/**
	 * Return this trial with a baseline.
	 * @param column the column that the same candidate is compared with
	 * @return the trial
	 */
	public Trial baseline(String column) {
		return new Trial(this.cell, this.benchmark, this.threads, this.parameters, this.operations, this.warmupFactor,
				this.rounds, column);
	}

}
