package io.theus.benchmarks;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

import io.theus.benchmarks.group.Effort;
import io.theus.benchmarks.group.Trial;

/**
 * Runs a trial by JMH in a JVM of its own. All trials get the same flags.
 */
final class JmhTrialRunner implements TrialRunner {

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
	public double run(Trial trial) throws RunnerException {
		Collection<RunResult> results = new Runner(options(trial), this.log).run();
		return results.iterator().next().getPrimaryResult().getScore();
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
		trial.parameters().forEach(options::param);
		return options.build();
	}

}
