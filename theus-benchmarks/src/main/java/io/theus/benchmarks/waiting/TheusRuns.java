package io.theus.benchmarks.waiting;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import io.theus.MapPath;
import io.theus.ProcessContext;
import io.theus.benchmarks.ledger.Keys;
import io.theus.engine.TheusEngine;
import io.theus.run.Run;
import io.theus.run.RunState;
import io.theus.workflow.Workflow;
import io.theus.workflow.WorkflowParser;

/**
 * Theus with a workflow that waits for a signal; the step after that commits. One thread
 * starts and signals the runs, and those of the engine take them on.
 */
final class TheusRuns implements WaitingRuns {

	private static final MapPath<String, Long> ARRIVED = MapPath.of("domain.arrived", String.class, Long.class);

	private static final String WORKFLOW = "wait";

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private final TheusEngine engine;

	private List<Run> runs = List.of();

	TheusRuns() {
		this.engine = TheusEngine.builder()
			.process("arrive",
					(process) -> process.argument("key", String.class)
						.argument("number", Long.class)
						.argument("payload", Long.class)
						.updates("domain.arrived.{key}")
						.body(TheusRuns::arrive))
			.workflows(workflow())
			.build();
		forget();
	}

	private static Workflow workflow() {
		String resource = "wait.yml";
		try (InputStream stream = Objects.requireNonNull(TheusRuns.class.getResourceAsStream(resource))) {
			return WorkflowParser.parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8), resource);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// Fails if it is called again with the same key
	private static @Nullable Object arrive(ProcessContext context, Map<String, @Nullable Object> arguments) {
		Long number = (Long) Objects.requireNonNull(arguments.get("number"));
		if (!number.equals(arguments.get("payload"))) {
			throw new IllegalStateException("run got a signal that is not its own: number=%d, payload=%s, "
				.formatted(number, arguments.get("payload")) + "do not count this measurement");
		}
		context.create(ARRIVED, (String) Objects.requireNonNull(arguments.get("key")), number);
		return null;
	}

	@Override
	public void start(int count) {
		List<Run> started = new ArrayList<>(count);
		for (int number = 0; number < count; number++) {
			started.add(this.engine.workflows().start(WORKFLOW, Map.of("number", number, "key", Keys.of(number))));
		}
		started.forEach(TheusRuns::awaitWaiting);
		this.runs = started;
	}

	private static void awaitWaiting(Run run) {
		while (run.state() != RunState.WAITING) {
			if (run.state().isEnded()) {
				throw new IllegalStateException(
						"run has ended without its signal: run=%s, error=%s, ".formatted(run, run.error())
								+ "do not count this measurement");
			}
			LockSupport.parkNanos(PAUSE_NANOS);
		}
	}

	@Override
	public void resume() {
		for (int number = 0; number < this.runs.size(); number++) {
			this.runs.get(number).signal("cmd_go", number);
		}
		try {
			for (Run run : this.runs) {
				run.await();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while runs end, do not count this measurement", ex);
		}
	}

	@Override
	public int takeArrived() {
		long left = this.runs.stream().filter((run) -> run.state() != RunState.COMPLETED).count();
		int count = this.engine.state().keys(ARRIVED).size();
		forget();
		return (int) (count - left);
	}

	private void forget() {
		this.runs = List.of();
		this.engine.edit("forget arrivals", (transaction) -> transaction.set(ARRIVED, Map.of()));
	}

	@Override
	public void close() {
		this.engine.close();
	}

}
