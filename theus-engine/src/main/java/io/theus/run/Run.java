package io.theus.run;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.contract.VariableValues;
import io.theus.workflow.Step;

/**
 * One run of a workflow.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
// One thread at a time moves a run forward and is the only one to write anything but the
// request to cancel. Each field that others read is volatile and holds an immutable
// value; the history has a lock of its own because it grows with every step. The state is
// written last, so whoever sees an ended run sees all that it did.
public final class Run {

	private static final Logger logger = LoggerFactory.getLogger(Run.class);

	private static final int KEPT_VISITS = 10_000;

	private final String id = UUID.randomUUID().toString();

	private final String workflow;

	private final Map<String, @Nullable Object> inputs;

	private final VariableValues variables;

	private final List<WorkflowObserver> observers;

	private final Deque<StepVisit> history = new ArrayDeque<>();

	private final CountDownLatch ended = new CountDownLatch(1);

	private volatile Map<String, @Nullable Object> results = Map.of();

	private volatile @Nullable Object result;

	private volatile @Nullable Throwable error;

	private volatile boolean cancelRequested;

	private volatile RunState state = RunState.PENDING;

	Run(String workflow, Map<String, @Nullable Object> inputs, VariableValues variables,
			List<WorkflowObserver> observers) {
		this.workflow = workflow;
		this.inputs = inputs;
		this.variables = variables;
		this.observers = observers;
	}

	/**
	 * Return the identity of the run.
	 * @return a text that no other run has
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return the workflow.
	 * @return its name
	 */
	public String workflow() {
		return this.workflow;
	}

	/**
	 * Return what the run was given.
	 * @return a value for each input of the workflow, unmodifiable
	 */
	public Map<String, @Nullable Object> inputs() {
		return this.inputs;
	}

	/**
	 * Return where the run is in its life.
	 * @return the state
	 */
	public RunState state() {
		return this.state;
	}

	/**
	 * Wait until the run has ended.
	 * @return this
	 * @throws InterruptedException if the waiting thread is interrupted
	 */
	public Run await() throws InterruptedException {
		// An observer of the end may ask as well
		if (!this.state.isEnded()) {
			this.ended.await();
		}
		return this;
	}

	/**
	 * Wait until the run has ended, for a limited time.
	 * @param limit how long to wait at most
	 * @return whether the run has ended
	 * @throws InterruptedException if the waiting thread is interrupted
	 */
	public boolean await(Duration limit) throws InterruptedException {
		return this.state.isEnded() || this.ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
	}

	/**
	 * Return what the last process step has returned.
	 * @return the value, {@code null} if there is none yet or the process returned none
	 */
	public @Nullable Object result() {
		return this.result;
	}

	/**
	 * Return what the process steps have returned; of a step that ran several times, the
	 * last value.
	 * @return the values by step id, in the order of the first time, unmodifiable
	 */
	public Map<String, @Nullable Object> results() {
		return this.results;
	}

	/**
	 * Return what the run has failed with.
	 * @return what the step threw, unchanged; empty if the run has not failed
	 */
	public Optional<Throwable> error() {
		return Optional.ofNullable(this.error);
	}

	/**
	 * Return the steps that were visited.
	 * @return the last 10,000 visits in order, copied
	 */
	public List<StepVisit> history() {
		synchronized (this.history) {
			return List.copyOf(this.history);
		}
	}

	/**
	 * Ask the run to end before its next step. A step that is running is finished first;
	 * what was committed stays.
	 * @return whether the request came before the end of the run; the run still completes
	 * if its last step is running
	 */
	public boolean cancel() {
		this.cancelRequested = true;
		return !this.state.isEnded();
	}

	// The values of contract variables when the run was started
	VariableValues variables() {
		return this.variables;
	}

	boolean isCancelRequested() {
		return this.cancelRequested;
	}

	void visited(Step step, StepVisit.Outcome outcome, @Nullable String block) {
		synchronized (this.history) {
			if (this.history.size() == KEPT_VISITS) {
				this.history.removeFirst();
			}
			this.history.addLast(new StepVisit(step.id(), step.address(), outcome, block));
		}
	}

	void completed(Step step, @Nullable Object value) {
		Map<String, @Nullable Object> next = new LinkedHashMap<>(this.results);
		next.put(step.id(), value);
		this.results = Collections.unmodifiableMap(next);
		this.result = value;
		visited(step, StepVisit.Outcome.COMPLETED, null);
	}

	void fail(Throwable cause) {
		this.error = cause;
		become(RunState.FAILED);
	}

	// Observers hear of the end before those who wait for it go on
	void become(RunState next) {
		this.state = next;
		for (WorkflowObserver observer : this.observers) {
			try {
				observer.stateChanged(this, next);
			}
			catch (Throwable ex) {
				logger.error("Observer failed when run '{}' of workflow '{}' became {}", this.id, this.workflow, next,
						ex);
			}
		}
		if (next.isEnded()) {
			this.ended.countDown();
		}
	}

	@Override
	public String toString() {
		return "run '%s' of workflow '%s', state=%s".formatted(this.id, this.workflow, this.state);
	}

}
