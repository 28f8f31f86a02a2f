package io.theus.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.theus.Isolation;
import io.theus.TransactionContext;
import io.theus.conflict.ConflictException;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.state.State;
import io.theus.transaction.CommitCapture;
import io.theus.transaction.Frame;
import io.theus.transaction.TransactionOptions;

/**
 * Runs transactions of all kinds in an engine and notes what each of them saw and did.
 */
final class Recorder {

	private static final TransactionOptions OPTIONS = TransactionOptions.named("explicit").withAttempts(30);

	private static final ThreadLocal<Consumer<TransactionContext>> BODY = new ThreadLocal<>();

	private final Queue<Work> works = new ConcurrentLinkedQueue<>();

	private final AtomicInteger numbers = new AtomicInteger();

	private final Map<String, Object> initial;

	private final TheusEngine engine;

	private final long first;

	Recorder(TheusEngineBuilder builder, Map<String, Object> initial) {
		this.initial = initial;
		builder.initialState(() -> initial);
		for (Isolation isolation : List.of(Isolation.HYBRID, Isolation.SAFE)) {
			builder.process(process(isolation),
					(process) -> process.updates("domain").isolation(isolation).body((context, arguments) -> {
						BODY.get().accept(context);
						return null;
					}));
		}
		this.engine = builder.build();
		this.first = this.engine.state().version();
	}

	private static String process(Isolation isolation) {
		return "proof." + isolation.name().toLowerCase(Locale.ROOT);
	}

	TheusEngine engine() {
		return this.engine;
	}

	/**
	 * Run an explicit transaction.
	 */
	void transact(Isolation isolation, Consumer<RecordedContext> steps) {
		TransactionOptions options = OPTIONS.withIsolation(isolation);
		Attempts attempts = new Attempts(steps);
		record("transaction", isolation, attempts, () -> this.engine.transact(options, (transaction) -> {
			attempts.accept(transaction);
			return true;
		}));
	}

	/**
	 * Run a process.
	 */
	void execute(Isolation isolation, Consumer<RecordedContext> steps) {
		Attempts attempts = new Attempts(steps);
		record("process", isolation, attempts, () -> {
			BODY.set(attempts);
			return this.engine.execute(process(isolation));
		});
	}

	/**
	 * Read some paths and swap them for other values.
	 */
	void swap(Map<String, Long> update) {
		long invoked = System.nanoTime();
		State state = this.engine.state();
		List<Access> accesses = new ArrayList<>();
		update.keySet().forEach((path) -> accesses.add(RecordedContext.value(state, path)));
		update.forEach((path, value) -> accesses.add(new Access.Write(path, value)));
		try {
			long version = this.engine.compareAndSwap(state.version(), update);
			add("compare-and-swap", invoked, state.version(), version, true, false, accesses);
		}
		catch (ConflictException ex) {
			Thread.onSpinWait();
		}
	}

	/**
	 * Read some paths outside any transaction.
	 */
	void look(List<String> paths) {
		long invoked = System.nanoTime();
		State state = this.engine.state();
		List<Access> accesses = new ArrayList<>();
		paths.forEach((path) -> accesses.add(RecordedContext.value(state, path)));
		add("reader", invoked, state.version(), state.version(), false, false, accesses);
	}

	private void record(String kind, Isolation isolation, Attempts attempts, Frame.Body<?> call) {
		long invoked = System.nanoTime();
		try {
			CommitCapture<?> capture = CommitCapture.of(call);
			boolean committed = !capture.commits().isEmpty();
			long version = committed ? capture.commits().get(0).version() : attempts.begin;
			add(kind, invoked, attempts.begin, version, committed, isolation == Isolation.SAFE, attempts.accesses);
		}
		catch (ConflictException ex) {
			Thread.onSpinWait();
		}
		catch (Throwable ex) {
			throw new AssertionError(ex);
		}
	}

	private void add(String kind, long invoked, long begin, long version, boolean committed, boolean alone,
			List<Access> accesses) {
		String name = "%s %d".formatted(kind, this.numbers.incrementAndGet());
		this.works.add(new Work(name, invoked, System.nanoTime(), begin, version, committed, alone, accesses));
	}

	/**
	 * Return what was recorded. To be called when everything has ended.
	 */
	Recording recording() {
		return new Recording(Plain.ofMap(this.initial), this.first, List.copyOf(this.works),
				Map.of("domain", Plain.of(this.engine.state().get("domain"))));
	}

	/**
	 * One transaction, of which the last attempt counts.
	 */
	private final class Attempts implements Consumer<TransactionContext> {

		private final Consumer<RecordedContext> steps;

		private List<Access> accesses = List.of();

		private long begin;

		Attempts(Consumer<RecordedContext> steps) {
			this.steps = steps;
		}

		@Override
		public void accept(TransactionContext context) {
			this.accesses = new ArrayList<>();
			this.begin = context.version();
			this.steps.accept(new RecordedContext(Recorder.this.engine, context, this.accesses));
		}

	}

}
