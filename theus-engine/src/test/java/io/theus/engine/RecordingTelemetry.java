package io.theus.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.theus.run.Run;
import io.theus.run.RunTelemetry;
import io.theus.telemetry.Activity;
import io.theus.telemetry.ThreadBound;
import io.theus.workflow.Step;

/**
 * Keeps all that it is shown: what began as a part of what, on which thread it was bound,
 * and how it ended.
 */
final class RecordingTelemetry implements RunTelemetry {

	/** What a caller has bound to its thread. */
	static final ThreadLocal<@Nullable String> CALLER = new ThreadLocal<>();

	private static final ThreadLocal<Deque<Recorded>> BOUND = ThreadLocal.withInitial(ArrayDeque::new);

	private final List<Recorded> all = new CopyOnWriteArrayList<>();

	Telemetry telemetry() {
		return new Telemetry((process, executionId, isolation) -> begin("process " + process.id() + " " + isolation),
				(origin) -> begin("commit " + origin), this, () -> {
					String caller = CALLER.get();
					return () -> {
						String outer = CALLER.get();
						CALLER.set(caller);
						return () -> CALLER.set(outer);
					};
				});
	}

	@Override
	public Map<String, String> trace() {
		Recorded within = BOUND.get().peek();
		String trace = (within != null) ? within.name : CALLER.get();
		return (trace != null) ? Map.of("trace", trace) : Map.of();
	}

	@Override
	public Activity begin(Run run, Step step) {
		return begin("step " + step.id() + run.trace());
	}

	private Recorded begin(String name) {
		Recorded recorded = new Recorded(name, BOUND.get().peek(), CALLER.get());
		this.all.add(recorded);
		return recorded;
	}

	/** The name of what is bound to this thread. */
	static @Nullable String bound() {
		Recorded within = BOUND.get().peek();
		return (within != null) ? within.name : null;
	}

	/** Everything in the order of its beginning, as 'parent > name outcome'. */
	List<String> shown() {
		return this.all.stream().map(Recorded::toString).toList();
	}

	List<String> shown(String kind) {
		return shown().stream().filter((text) -> text.startsWith(kind) || text.contains("> " + kind)).toList();
	}

	Stream<Recorded> open() {
		return this.all.stream().filter((recorded) -> recorded.outcomes.isEmpty());
	}

	List<Recorded> all() {
		return new ArrayList<>(this.all);
	}

	static final class Recorded implements Activity {

		final String name;

		final @Nullable Recorded parent;

		final @Nullable String caller;

		final List<String> outcomes = new CopyOnWriteArrayList<>();

		final List<String> threads = new CopyOnWriteArrayList<>();

		final AtomicInteger bindings = new AtomicInteger();

		volatile @Nullable Throwable failure;

		volatile boolean boundAtEnd;

		Recorded(String name, @Nullable Recorded parent, @Nullable String caller) {
			this.name = name;
			this.parent = parent;
			this.caller = caller;
		}

		@Override
		public ThreadBound.Binding bind() {
			BOUND.get().push(this);
			this.bindings.incrementAndGet();
			this.threads.add(Thread.currentThread().getName());
			return () -> {
				if (BOUND.get().pop() != this) {
					throw new IllegalStateException("not the innermost: " + this);
				}
				this.bindings.decrementAndGet();
			};
		}

		@Override
		public void end(String outcome, @Nullable Throwable reason) {
			this.boundAtEnd = this.bindings.get() > 0;
			this.failure = reason;
			this.outcomes.add(outcome);
		}

		@Override
		public String toString() {
			return ((this.parent != null) ? this.parent.name + " > " : "") + this.name + " "
					+ String.join("+", this.outcomes);
		}

	}

}
