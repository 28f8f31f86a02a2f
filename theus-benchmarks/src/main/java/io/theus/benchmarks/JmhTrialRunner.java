package io.theus.benchmarks;

import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

import io.theus.benchmarks.group.Effort;
import io.theus.benchmarks.group.Figure;
import io.theus.benchmarks.group.Trial;
import io.theus.benchmarks.report.Sample;

/**
 * Runs a trial by JMH in a JVM of its own. All trials get the same flags.
 */
final class JmhTrialRunner implements TrialRunner {

	/** The auxiliary counter of benchmarks that hold data. */
	static final String HEAP_COUNTER = "liveBytes";

	private static final TimeValue TIMEOUT = TimeValue.seconds(60);

	private final Effort effort;

	private final String heap;

	private final OutputFormat log;

	/**
	 * Create a runner.
	 * @param effort how long is measured
	 * @param heap the heap of the JVM
	 * @param log where JMH reports
	 */
	JmhTrialRunner(Effort effort, String heap, OutputFormat log) {
		this.effort = effort;
		this.heap = heap;
		this.log = log;
	}

	@Override
	public Sample run(Trial trial) throws RunnerException {
		RunResult result = new Runner(options(trial), this.log).run().iterator().next();
		Map<Figure, Double> figures = new EnumMap<>(Figure.class);
		figures.put(Figure.SPEED, result.getPrimaryResult().getScore());
		if (trial.threads() > 1) {
			iterations(result).mapToDouble(JmhTrialRunner::fairness)
				.average()
				.ifPresent((fairness) -> figures.put(Figure.FAIRNESS, fairness));
		}
		iterations(result).flatMap((iteration) -> iteration.getRawSecondaryResults().get(HEAP_COUNTER).stream())
			.mapToDouble((value) -> value.getScore())
			.max()
			.ifPresent((bytes) -> putHeap(figures, bytes, trial.operations()));
		return new Sample(figures);
	}

	private static void putHeap(Map<Figure, Double> figures, double bytes, int operations) {
		figures.put(Figure.HEAP, bytes);
		if (operations > 0) {
			figures.put(Figure.HEAP_EACH, bytes / operations);
		}
	}

	private static Stream<IterationResult> iterations(RunResult result) {
		return result.getBenchmarkResults().stream().flatMap((benchmark) -> benchmark.getIterationResults().stream());
	}

	// The raw results of an iteration are those of its threads, one each
	private static double fairness(IterationResult iteration) {
		DoubleSummaryStatistics threads = iteration.getRawPrimaryResults()
			.stream()
			.mapToDouble((thread) -> thread.getScore())
			.summaryStatistics();
		return threads.getMin() / threads.getAverage();
	}

	private Options options(Trial trial) {
		TimeValue duration = TimeValue.milliseconds(this.effort.millis());
		ChainedOptionsBuilder options = new OptionsBuilder().include(Pattern.quote(trial.benchmark().getName() + "."))
			.mode(Mode.Throughput)
			.timeUnit(TimeUnit.SECONDS)
			.threads(trial.threads())
			.forks(1)
			.warmupForks(0)
			.warmupIterations(this.effort.warmups() * trial.warmupFactor())
			.warmupTime(duration)
			.measurementIterations(this.effort.measurements())
			.measurementTime(duration)
			.timeout(TIMEOUT)
			.shouldFailOnError(true)
			.jvmArgs("-Xms" + this.heap, "-Xmx" + this.heap, "-XX:+UseG1GC", "-XX:+AlwaysPreTouch");
		if (trial.operations() > 0) {
			options.operationsPerInvocation(trial.operations());
		}
		trial.parameters().forEach(options::param);
		return options.build();
	}

}
