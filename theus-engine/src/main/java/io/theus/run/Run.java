package io.theus.run;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.contract.VariableValues;
import io.theus.error.LoggedFailure;
import io.theus.path.TopicPattern;
import io.theus.run.RunControl.Ending;
import io.theus.telemetry.Activity;
import io.theus.workflow.Step;

/**
 * One run of a workflow.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
// What a run becomes is decided by its control, under the lock of that. Each change is
// put in line there, and told after the lock was left, by one thread at a time; so
// observers hear of all changes in order. Those who wait for the run go on when its last
// change was told.
public final class Run {

	private static final Logger logger = LoggerFactory.getLogger(Run.class);

	private static final int KEPT_VISITS = 10_000;

	private final String id = UUID.randomUUID().toString();

	private final BoundWorkflow definition;

	private final Map<String, @Nullable Object> inputs;

	private final VariableValues variables;

	private final Map<String, String> trace;

	private final RunOptions options;

	private final WorkflowSettings settings;

	private final Deque<StepVisit> history = new ArrayDeque<>(2);

	private final Deque<Change> untold = new ArrayDeque<>(2);

	private @Nullable RunControl control;

	private @Nullable RunCounts counts;

	private long started;

	private volatile long ended;

	private volatile @Nullable Thread telling;

	private volatile CountDownLatch settled = new CountDownLatch(1);

	private volatile boolean returned;

	private volatile @Nullable Object returnValue;

	private volatile @Nullable Throwable error;

	private volatile @Nullable Caught caught;

	private volatile @Nullable Incident incident;

	private final AtomicLong iterations = new AtomicLong();

	private volatile RunState state = RunState.PENDING;

	Run(BoundWorkflow definition, Map<String, @Nullable Object> inputs, VariableValues variables,
			Map<String, String> trace, RunOptions options, WorkflowSettings settings) {
		this.definition = definition;
		this.inputs = inputs;
		this.variables = variables;
		this.trace = trace;
		this.options = options;
		this.settings = settings;
		this.untold.add(new Change(RunState.PENDING, null));
	}

	void controlledBy(RunControl newControl) {
		this.control = newControl;
		this.started = newControl.nanoTime();
	}

	/**
	 * Have the run counted.
	 * @param newCounts counts the runs by state
	 */
	void countedBy(RunCounts newCounts) {
		this.counts = newCounts;
		newCounts.created();
	}

	RunControl control() {
		return Objects.requireNonNull(this.control);
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
		return this.definition.workflow().name();
	}

	/**
	 * Return the key that the run was started under.
	 * @return the key, empty if it has none
	 */
	public Optional<String> key() {
		return Optional.ofNullable(this.options.key());
	}

	/**
	 * Return what the run was given.
	 * @return a value for each input of the workflow, unmodifiable
	 */
	public Map<String, @Nullable Object> inputs() {
		return this.inputs;
	}

	/**
	 * Return the trace that the run was started in, which its steps belong to.
	 * @return what continues it, by name, unmodifiable; empty if there is none
	 */
	public Map<String, String> trace() {
		return this.trace;
	}

	/**
	 * Return where the run is in its life.
	 * @return the state
	 */
	public RunState state() {
		return this.state;
	}

	/**
	 * Return how long the run has been there.
	 * @return the time since its start until now, or until its end
	 */
	public Duration elapsed() {
		boolean over = this.state.isEnded();
		return Duration.ofNanos((over ? this.ended : control().nanoTime()) - this.started);
	}

	/**
	 * Wait until nothing more happens by itself: the run has ended or is an incident.
	 * @return this
	 * @throws InterruptedException if the waiting thread is interrupted
	 */
	public Run await() throws InterruptedException {
		CountDownLatch awaited;
		do {
			awaited = this.settled;
			if (!isSettledForObserver()) {
				awaited.await();
			}
		}
		while (awaited != this.settled);
		return this;
	}

	// An observer who is just told of it may ask as well
	private boolean isSettledForObserver() {
		return this.telling == Thread.currentThread() && this.state.isSettled();
	}

	/**
	 * Wait until nothing more happens by itself, for a limited time.
	 * @param limit how long to wait at most
	 * @return whether the run has ended or is an incident
	 * @throws InterruptedException if the waiting thread is interrupted
	 */
	public boolean await(Duration limit) throws InterruptedException {
		long end = System.nanoTime() + limit.toNanos();
		CountDownLatch awaited;
		do {
			awaited = this.settled;
			if (!isSettledForObserver() && !awaited.await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
				return false;
			}
		}
		while (awaited != this.settled);
		return true;
	}

	/**
	 * Return the result of the run.
	 * @return what {@code flux: return} gave, else what the last step with a result has
	 * returned; {@code null} if there is none
	 */
	public @Nullable Object result() {
		return this.returned ? this.returnValue : ownResults().last();
	}

	/**
	 * Return what steps have returned; of a step that ran several times, the last value.
	 * The results of parallel branches are there when these have come together.
	 * @return the values by step id, in the order of the first time, a copy
	 */
	public Map<String, @Nullable Object> results() {
		return ownResults().value();
	}

	private Results ownResults() {
		return control().results();
	}

	/**
	 * Return what the run has failed with.
	 * @return what the step threw, unchanged; empty if the run has not failed
	 */
	public Optional<Throwable> error() {
		return Optional.ofNullable(this.error);
	}

	/**
	 * Return what an operator has to decide.
	 * @return the incident, empty if there is none
	 */
	public Optional<Incident> incident() {
		return Optional.ofNullable(this.incident);
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
	 * Return the topics that the run waits for.
	 * @return the topic of each wait for a signal
	 */
	public List<String> awaitedSignals() {
		return control().signals().awaited();
	}

	/**
	 * Ask the run to end before its next step, and to undo what it has committed as far
	 * as it says how. A step that is running is finished first; a wait ends at once.
	 * @return whether the request came before the end of the run; the run still completes
	 * if its last step is running
	 */
	public boolean cancel() {
		return control().end(new Ending(RunState.CANCELLED, null));
	}

	/**
	 * Ask the run to rest before its next step. Waits go on: what they wait for is kept,
	 * and time passes.
	 * @return whether the run had not begun to end
	 */
	public boolean pause() {
		return control().branches().pause();
	}

	/**
	 * Let a paused run go on.
	 * @return whether it was paused
	 */
	public boolean resume() {
		return control().branches().resume();
	}

	/**
	 * Send the run a signal. Its first wait for that topic whose condition holds takes
	 * it; if there is none yet, it is kept for one that comes later. Conditions and
	 * {@code GUIDE} steps see it until a process step that begins later has committed.
	 * @param topic the topic
	 * @param payload an immutable value, or {@code null}
	 * @return whether the run has not ended
	 * @throws io.theus.path.InvalidTopicException if the topic is not a valid name
	 */
	public boolean signal(String topic, @Nullable Object payload) {
		TopicPattern.requireTopic(topic);
		return control().signals().send(topic, payload);
	}

	/**
	 * Decide an incident.
	 * @param resolution what to do
	 * @return whether there was one
	 */
	public boolean resolve(Resolution resolution) {
		return control().resolve(resolution);
	}

	BoundWorkflow definition() {
		return this.definition;
	}

	// The values of contract variables when the run was started
	VariableValues variables() {
		return this.variables;
	}

	RunOptions options() {
		return this.options;
	}

	long maxOps() {
		Long own = this.options.maxOps();
		return (own != null) ? own
				: Objects.requireNonNullElse(this.definition.workflow().options().maxOps(), this.settings.maxOps());
	}

	/**
	 * Return what expressions see of the run itself.
	 * @return its facts by name
	 */
	Map<String, @Nullable Object> facts() {
		Map<String, @Nullable Object> facts = new LinkedHashMap<>();
		facts.put("id", this.id);
		facts.put("workflow", workflow());
		facts.put("key", this.options.key());
		Caught last = this.caught;
		facts.put("error", (last != null) ? last.toMap() : null);
		return facts;
	}

	/**
	 * Return whether somebody wants to know how long steps take.
	 * @return whether there are observers of steps
	 */
	boolean isTimed() {
		return !this.settings.stepObservers().isEmpty();
	}

	/**
	 * A branch begins to visit a step, or a further attempt at it.
	 * @param branch the branch
	 * @param step the step
	 */
	void visiting(Branch branch, Step step) {
		if (isWatched()) {
			branch.activity(watch(step));
		}
	}

	private boolean isWatched() {
		return this.settings.telemetry() != RunTelemetry.NONE;
	}

	/**
	 * Let those who watch see that something is done for a step.
	 * @param step the step
	 * @return what is done
	 */
	Activity watch(Step step) {
		return this.settings.telemetry().begin(this, step);
	}

	/**
	 * A branch has visited a step.
	 * @param branch the branch
	 * @param step the step
	 * @param outcome what became of it
	 * @param block the part of it that was entered, {@code null} for none
	 */
	void visited(Branch branch, Step step, StepVisit.Outcome outcome, @Nullable String block) {
		visited(branch, step, outcome, block, null);
	}

	/**
	 * The step that a branch has visited has failed.
	 * @param branch the branch
	 * @param step the step
	 * @param failure what it has failed with
	 */
	void failed(Branch branch, Step step, Throwable failure) {
		visited(branch, step, StepVisit.Outcome.FAILED, null, failure);
	}

	/**
	 * A branch has visited a step.
	 * @param branch the branch
	 * @param step the step
	 * @param outcome what became of it
	 * @param block the part of it that was entered, {@code null} for none
	 * @param failure what it has failed with, {@code null} if it has not
	 */
	void visited(Branch branch, Step step, StepVisit.Outcome outcome, @Nullable String block,
			@Nullable Throwable failure) {
		// Who begins to wait may hold the lock
		if (outcome != StepVisit.Outcome.WAITING && isWatched()) {
			if (branch.activity() == Activity.NONE) {
				visiting(branch, step);
			}
			branch.endActivity(outcome.name(), failure);
		}
		visited(step, outcome, block, branch.began());
	}

	/**
	 * A step was undone.
	 * @param step the step
	 * @param began when that began
	 */
	void undone(Step step, long began) {
		visited(step, StepVisit.Outcome.COMPENSATED, null, began);
	}

	private void visited(Step step, StepVisit.Outcome outcome, @Nullable String block, long began) {
		StepVisit visit = new StepVisit(step.id(), step.address(), outcome, block);
		synchronized (this.history) {
			if (this.history.size() == KEPT_VISITS) {
				this.history.removeFirst();
			}
			this.history.addLast(visit);
		}
		control().trace().visited(step, visit);
		// Who begins to wait may hold the lock, and the step is not over
		if (outcome != StepVisit.Outcome.WAITING && isTimed()) {
			tell(visit, Duration.ofNanos(control().nanoTime() - began));
		}
	}

	private void tell(StepVisit visit, Duration duration) {
		for (StepObserver observer : this.settings.stepObservers()) {
			try {
				observer.stepVisited(this, visit, duration);
			}
			catch (Throwable ex) {
				logger.error("Observer failed when run '{}' of workflow '{}' had visited step '{}'", this.id,
						workflow(), visit.step(), LoggedFailure.of(ex, logger));
			}
		}
	}

	void caught(Step step, Throwable failure) {
		this.caught = new Caught(step.id(), failure);
	}

	void returned(@Nullable Object value) {
		this.returnValue = value;
		this.returned = true;
	}

	void failing(Throwable cause) {
		this.error = cause;
		if (this.caught == null || this.caught.failure != cause) {
			this.caught = new Caught(null, cause);
		}
	}

	void incident(@Nullable Incident undecided) {
		this.incident = undecided;
	}

	// Which iteration of its outermost loop it is in, 0 before the first
	long iteration() {
		return this.iterations.get();
	}

	void nextIteration() {
		this.iterations.incrementAndGet();
	}

	// The following are called with the lock of the branches

	void changed() {
		control().changed();
	}

	boolean isOver() {
		return control().isOver();
	}

	void become(RunState next) {
		if (this.state != next) {
			// An incident is left: who waits, waits for what comes next
			if (this.state.isSettled()) {
				this.settled = new CountDownLatch(1);
			}
			if (next.isEnded()) {
				this.ended = control().nanoTime();
			}
			if (this.counts != null) {
				this.counts.moved(this.state, next);
			}
			this.state = next;
			this.untold.add(new Change(next, next.isSettled() ? this.settled : null));
		}
	}

	void end(Ending ending) {
		this.error = ending.error();
		become(ending.state());
	}

	/**
	 * Tell observers what the run has become; to be called without the lock.
	 */
	void tell() {
		Branches lock = control().branches();
		lock.closeIfRefused();
		while (true) {
			Change next;
			synchronized (lock) {
				next = (this.telling != null) ? null : this.untold.poll();
				if (next == null) {
					return;
				}
				this.telling = Thread.currentThread();
			}
			tell(next.state);
			synchronized (lock) {
				this.telling = null;
			}
			if (next.settled != null) {
				next.settled.countDown();
			}
		}
	}

	private void tell(RunState next) {
		for (WorkflowObserver observer : this.settings.observers()) {
			try {
				observer.stateChanged(this, next);
			}
			catch (Throwable ex) {
				logger.error("Observer failed when run '{}' of workflow '{}' became {}", this.id, workflow(), next,
						LoggedFailure.of(ex, logger));
			}
		}
	}

	@Override
	public String toString() {
		return "run '%s' of workflow '%s', state=%s".formatted(this.id, workflow(), this.state);
	}

	/**
	 * A change that observers have not heard of.
	 *
	 * @param state what the run has become
	 * @param settled who waits for that, {@code null} for nobody
	 */
	private record Change(RunState state, @Nullable CountDownLatch settled) {

	}

	/**
	 * The last error, as expressions see it.
	 *
	 * @param step the step, {@code null} if it was none
	 * @param failure what it has failed with
	 */
	private record Caught(@Nullable String step, Throwable failure) {

		Map<String, @Nullable Object> toMap() {
			Map<String, @Nullable Object> facts = new LinkedHashMap<>();
			facts.put("type", (this.failure instanceof WorkflowFailureException named) ? named.error()
					: this.failure.getClass().getSimpleName());
			facts.put("message", this.failure.getMessage());
			facts.put("step", this.step);
			return facts;
		}

	}

}
