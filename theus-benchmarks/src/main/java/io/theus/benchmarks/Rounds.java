package io.theus.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

import org.openjdk.jmh.runner.RunnerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.benchmarks.group.Figure;
import io.theus.benchmarks.group.Group;
import io.theus.benchmarks.group.Trial;
import io.theus.benchmarks.report.Sample;
import io.theus.benchmarks.report.TrialResult;

/**
 * Runs the trials of a group in turn, round after round, each round in another order. A
 * trial that failed once does not count and is not run again.
 */
final class Rounds {

	private static final Logger logger = LoggerFactory.getLogger(Rounds.class);

	private final Group group;

	private final int count;

	private final TrialRunner runner;

	private final Map<Trial, List<Sample>> samples = new HashMap<>();

	private final Map<Trial, String> failures = new HashMap<>();

	Rounds(Group group, int count, TrialRunner runner) {
		this.group = group;
		this.count = count;
		this.runner = runner;
	}

	/**
	 * Run all rounds.
	 * @return one result per trial, in the order of the group
	 */
	List<TrialResult> run() {
		for (int round = 1; round <= this.count; round++) {
			List<Trial> trials = new ArrayList<>(this.group.trials());
			Collections.shuffle(trials, new Random(round));
			for (Trial trial : trials) {
				if (round <= trial.rounds() && !this.failures.containsKey(trial)) {
					run(trial, round);
				}
			}
		}
		return this.group.trials().stream().map(this::result).toList();
	}

	private void run(Trial trial, int round) {
		try {
			Sample sample = this.runner.run(trial);
			this.samples.computeIfAbsent(trial, (key) -> new ArrayList<>()).add(sample);
			logger.info("Round {} of {}: {}: {} per second", round, this.count, trial.cell(),
					String.format(Locale.ROOT, "%,.1f", sample.figures().get(Figure.SPEED)));
		}
		catch (RunnerException ex) {
			String failure = rootMessage(ex);
			this.failures.put(trial, failure);
			logger.error("Round {} of {}: {}: failed: {}", round, this.count, trial.cell(), failure);
		}
	}

	private TrialResult result(Trial trial) {
		return new TrialResult(trial, this.samples.getOrDefault(trial, List.of()), this.failures.get(trial));
	}

	/**
	 * Find what the measured JVM threw: JMH adds that to its own exception as suppressed.
	 * @param failure what JMH threw
	 * @return type and message of the innermost cause
	 */
	private static String rootMessage(Throwable failure) {
		Throwable cause = failure.getCause();
		if (cause != null) {
			return rootMessage(cause);
		}
		if (failure.getSuppressed().length > 0) {
			return rootMessage(failure.getSuppressed()[0]);
		}
		return failure.getClass().getSimpleName() + ": " + failure.getMessage();
	}

}
