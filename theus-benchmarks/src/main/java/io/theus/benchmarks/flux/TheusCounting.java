package io.theus.benchmarks.flux;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongUnaryOperator;

import io.theus.StatePath;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.process.ProcessSpec;
import io.theus.workflow.Workflow;
import io.theus.workflow.WorkflowParser;

/**
 * Theus with one process for each branch; each of their calls is a transaction.
 */
final class TheusCounting implements Counting {

	private static final StatePath<Long> COUNTER = StatePath.of("domain.counter", Long.class);

	private static final String WORKFLOW = "count";

	private static final String EVEN = "count_even";

	private static final String ODD = "count_odd";

	private final TheusEngine engine;

	private final Way way;

	private TheusCounting(Way way) {
		this.way = way;
		TheusEngineBuilder builder = TheusEngine.builder()
			.process(EVEN, (process) -> declare(process, Increment::even))
			.process(ODD, (process) -> declare(process, Increment::odd));
		this.engine = builder.workflows(workflow()).build();
		this.engine.edit("begin to count", (transaction) -> transaction.set(COUNTER, 0L));
	}

	private static void declare(ProcessSpec process, LongUnaryOperator increment) {
		process.updates("domain.counter").body((context, arguments) -> {
			context.set(COUNTER, increment.applyAsLong(context.get(COUNTER)));
			return null;
		});
	}

	private static Workflow workflow() {
		String resource = "count.yml";
		try (InputStream stream = Objects.requireNonNull(TheusCounting.class.getResourceAsStream(resource))) {
			return WorkflowParser.parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8), resource);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Open a candidate that runs the workflow.
	 * @return the candidate
	 */
	static Counting byWorkflow() {
		return new TheusCounting((engine, from, limit) -> engine.workflows().run(WORKFLOW, Map.of("limit", limit)));
	}

	/**
	 * Open a candidate without workflow, whose loop and branches are Java: what the calls
	 * of the processes cost by themselves.
	 * @return the candidate
	 */
	static Counting byProcesses() {
		return new TheusCounting((engine, from, limit) -> {
			for (long counter = from; counter < limit; counter++) {
				engine.execute((counter % 2 == 0) ? EVEN : ODD);
			}
		});
	}

	@Override
	public long run(long from, long limit) {
		this.way.run(this.engine, from, limit);
		return this.engine.state().get(COUNTER);
	}

	@Override
	public void close() {
		this.engine.close();
	}

	/**
	 * How the processes are called.
	 */
	private interface Way {

		void run(TheusEngine engine, long from, long limit);

	}

}
