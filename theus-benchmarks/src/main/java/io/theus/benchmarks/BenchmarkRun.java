package io.theus.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;

import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.benchmarks.group.Effort;
import io.theus.benchmarks.group.Group;
import io.theus.benchmarks.report.DocsPage;
import io.theus.benchmarks.report.GroupResult;
import io.theus.benchmarks.report.JsonReport;
import io.theus.benchmarks.report.MarkdownReport;
import io.theus.benchmarks.report.RunFacts;
import io.theus.benchmarks.report.TrialResult;

/**
 * Runs groups and writes their reports: a Markdown and a JSON file each, and, unless it
 * was a smoke run, the page of the documentation.
 *
 * @since 0.1.0
 */
public final class BenchmarkRun {

	private static final Logger logger = LoggerFactory.getLogger(BenchmarkRun.class);

	private final RunOptions options;

	private BenchmarkRun(RunOptions options) {
		this.options = options;
	}

	/**
	 * Run what the command line selects.
	 * @param arguments {@code --groups=}, {@code --quick=}, {@code --output=} and
	 * {@code --docs=}
	 * @throws IOException if a report cannot be written
	 * @throws IllegalStateException if a trial of Theus failed; the reports are written
	 * before
	 */
	public static void main(String... arguments) throws IOException {
		RunOptions options = RunOptions.parse(arguments);
		Files.createDirectories(options.output());
		BenchmarkRun run = new BenchmarkRun(options);
		for (Group group : options.groups()) {
			run.run(group);
		}
	}

	private void run(Group group) throws IOException {
		Effort effort = this.options.effort(group);
		RunFacts facts = RunFacts.collect(LocalDate.now(Clock.systemUTC()));
		List<TrialResult> results = measure(group, effort);
		report(new GroupResult(group, effort, facts, results));
	}

	private List<TrialResult> measure(Group group, Effort effort) throws IOException {
		Path log = file(group, ".log");
		try (PrintStream stream = new PrintStream(Files.newOutputStream(log), false, StandardCharsets.UTF_8)) {
			OutputFormat format = OutputFormatFactory.createFormatInstance(stream, VerboseMode.NORMAL);
			return new Rounds(group, effort.rounds(), new JmhTrialRunner(effort, group.heap(), format)).run();
		}
	}

	private void report(GroupResult result) throws IOException {
		Group group = result.group();
		String markdown = MarkdownReport.write(result);
		Files.writeString(file(group, ".md"), markdown);
		Files.writeString(file(group, ".json"), JsonReport.write(result));
		if (!result.effort().isQuick()) {
			new DocsPage(this.options.docs()).replace(group.name(), markdown);
		}
		logger.info("Reports are in {} and {}\n\n{}", file(group, ".md"), file(group, ".json"), markdown);
		List<TrialResult> failures = result.failuresOfTheus();
		if (!failures.isEmpty()) {
			throw new IllegalStateException("benchmark group '" + group.name() + "' failed: trials="
					+ failures.stream().map((failure) -> failure.trial().cell()).toList() + ", see "
					+ file(group, ".log"));
		}
	}

	private Path file(Group group, String extension) {
		return this.options.output().resolve("benchmarks-" + group.name() + extension);
	}

}
