package io.theus.process;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import io.theus.Isolation;
import io.theus.ProcessContext;
import io.theus.Propagation;
import io.theus.Semantic;
import io.theus.audit.recipe.OutputGate;
import io.theus.audit.recipe.ProcessAudit;
import io.theus.conflict.Claim;
import io.theus.contract.BoundContract;
import io.theus.contract.ContractVariables;
import io.theus.contract.OpenGuard;
import io.theus.contract.ReadScope;
import io.theus.contract.VariableValues;
import io.theus.path.Path;
import io.theus.store.CommitOrigin;
import io.theus.store.CommitOrigin.Kind;
import io.theus.store.RecordedExecution;
import io.theus.telemetry.Activity;
import io.theus.transaction.Contender;
import io.theus.transaction.Deadline;
import io.theus.transaction.Frame;
import io.theus.transaction.Scope;
import io.theus.transaction.SharedTransaction;
import io.theus.transaction.Transactions;

/**
 * The one door through which every process runs: by its bean's method, through the engine
 * or as a step of a workflow. It has two halves, because a Spring transaction belongs
 * between them: {@link #execute} repeats, {@link #attempt} runs once.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
// A process may return null, which a body of a generic type cannot say outside of
// JSpecify mode
@SuppressWarnings("NullAway")
public final class ProcessRunner {

	private static final ProcessContext CONTEXT = new CurrentContext();

	private final Transactions transactions;

	private final Outcomes outcomes;

	private final ProcessTelemetry telemetry;

	private final Duration timeout;

	private final ContractVariables variables;

	private final Calls calls;

	private final AsynchronousRunner asynchronous;

	private final ParallelRunner parallel;

	private final BlockingCalls blocking;

	private final String session = UUID.randomUUID().toString().substring(0, 8);

	private final AtomicLong executions = new AtomicLong();

	/**
	 * Create a runner.
	 * @param transactions begins and commits
	 * @param listeners who hears of executions
	 * @param telemetry watches executions
	 * @param timeout the limit of executions whose process states none
	 * @param variables the contract variables
	 * @param processes who can be called
	 * @param executor has the threads of the engine
	 * @param blocking keeps callers from threads that must not wait
	 */
	public ProcessRunner(Transactions transactions, List<ProcessListener> listeners, ProcessTelemetry telemetry,
			Duration timeout, ContractVariables variables, ProcessRegistry processes, AsyncExecutor executor,
			BlockingCalls blocking) {
		this.blocking = blocking;
		this.transactions = transactions;
		this.outcomes = new Outcomes(listeners, transactions);
		this.telemetry = telemetry;
		this.timeout = timeout;
		this.variables = variables;
		this.calls = new Calls(processes);
		this.asynchronous = new AsynchronousRunner(this, transactions, this.outcomes, executor);
		this.parallel = new ParallelRunner(this, transactions, executor);
	}

	/**
	 * Run a process: attempts until one commits, within its time limit. Where a
	 * transaction is running on this thread already, the process joins it and is run
	 * once, unless it requires a new one. A parallel process runs in its pool, unless
	 * this thread is one of a pool, or within a transaction that is bound to it; this
	 * thread waits.
	 * @param process the process
	 * @param call one attempt, which leads to {@link #attempt}
	 * @return what the process returned
	 * @throws Throwable what the process threw, unchanged
	 */
	public @Nullable Object execute(ProcessDefinition process, Frame.Body<@Nullable Object> call) throws Throwable {
		AsynchronousType type = process.asynchronous();
		if (type != null) {
			return this.asynchronous.execute(process, type, call);
		}
		Frame outer = this.transactions.running();
		if (outer == null) {
			this.blocking.check(process);
			SubmittedExecution<?> submitted = SubmittedExecution.take(process);
			if (submitted != null) {
				return attempt(submitted, process, call);
			}
			return this.parallel.takes(process) ? this.parallel.execute(process, call)
					: repeat(begin(process, CallSettings.DECLARED, call));
		}
		if (!isApart(process) && !outer.scope().isRaw()) {
			return call.run();
		}
		this.blocking.check(process);
		this.calls.check(outer, process);
		Deadline deadline = outer.scope().deadline().within(limit(process));
		return variables(outer).during(() -> this.transactions
			.apart(() -> repeat(begin(process, CallSettings.DECLARED, deadline, call, Calls.isPure(outer)))));
	}

	private @Nullable Object repeat(Execution execution) throws Throwable {
		long start = this.outcomes.start();
		try {
			Object result = run(execution);
			ended(execution, start);
			return result;
		}
		catch (Throwable ex) {
			this.outcomes.failed(execution, start, ex);
			throw ex;
		}
	}

	private @Nullable Object run(Execution execution) throws Throwable {
		Activity activity = execution.activity();
		return (activity != Activity.NONE) ? activity.during(() -> this.transactions.retryLoop().run(execution))
				: this.transactions.retryLoop().run(execution);
	}

	// One attempt of an execution that gives its thread back
	private @Nullable Object attempt(SubmittedExecution<?> submitted, ProcessDefinition process,
			Frame.Body<@Nullable Object> call) throws Throwable {
		Execution execution = submitted.execution();
		if (execution == null) {
			execution = begin(process, submitted.settings(), submitted.deadline(), call, false);
			execution.runIn(submitted.workers());
			submitted.begin(execution, this.outcomes);
		}
		execution.attemptBy(call);
		try {
			Object result = attempt(submitted, execution);
			ended(execution, submitted.start());
			return result;
		}
		catch (Throwable ex) {
			if (submitted.isPostponed()) {
				submitted.handOver(this.transactions.forThisThread());
			}
			else {
				this.outcomes.failed(execution, submitted.start(), ex);
			}
			throw ex;
		}
	}

	private @Nullable Object attempt(SubmittedExecution<?> submitted, Execution execution) throws Throwable {
		Activity activity = execution.activity();
		return (activity != Activity.NONE)
				? activity.during(() -> submitted.attempt(execution, this.transactions.retryLoop()))
				: submitted.attempt(execution, this.transactions.retryLoop());
	}

	Execution begin(ProcessDefinition process, CallSettings settings, Frame.Body<@Nullable Object> call) {
		return begin(process, settings, Deadline.in(settings.timeout(process, this.timeout)), call, false);
	}

	private Execution begin(ProcessDefinition process, CallSettings settings, Deadline deadline,
			Frame.Body<@Nullable Object> call, boolean pure) {
		boolean surrounded = this.transactions.isSurrounded();
		boolean raw = this.transactions.isolation(settings.isolation(process)) == Isolation.RAW;
		boolean once = raw && !process.isAsynchronous();
		int attempts = once ? 1 : this.transactions.retryLoop().maxAttempts();
		Execution execution = new Execution(process, settings, nextId(), deadline, this.variables, call, attempts,
				surrounded && !isApart(process), pure, Once.take(process));
		if (surrounded && isApart(process)) {
			this.transactions.markSurrounding(execution);
		}
		if (this.telemetry != ProcessTelemetry.NONE && !this.transactions.isFork()) {
			execution.watchedAs(this.telemetry.begin(process, execution.id(), isolation(execution)));
		}
		return execution;
	}

	private static boolean isApart(ProcessDefinition process) {
		return process.propagation() == Propagation.REQUIRES_NEW;
	}

	// Whether a part of another transaction has committed shows at its end, which has
	// come already if that began with the execution
	private void ended(Execution execution, long start) {
		SharedTransaction shared = execution.shared();
		if (shared == null) {
			this.outcomes.committed(execution, start);
			return;
		}
		shared.whenOver((failure) -> {
			if (failure == null) {
				this.outcomes.committed(execution, start);
			}
			else {
				this.outcomes.failed(execution, start, failure);
			}
		});
	}

	private Isolation isolation(Execution execution) {
		return this.transactions.isolation(execution.isolation());
	}

	private String nextId() {
		return this.session + "-" + this.executions.incrementAndGet();
	}

	private Duration limit(ProcessDefinition process) {
		return CallSettings.DECLARED.timeout(process, this.timeout);
	}

	/**
	 * Run a process once and commit, or join the transaction that is running on this
	 * thread.
	 * @param process the process
	 * @param values the values of all parameters; what is supplied is ignored
	 * @param body the code
	 * @return what the process returned
	 * @throws Throwable what the process threw, unchanged
	 */
	public @Nullable Object attempt(ProcessDefinition process, @Nullable Object[] values, ProcessBody body)
			throws Throwable {
		Frame outer = this.transactions.running();
		if (outer != null && !isApart(process) && !outer.scope().isRaw()) {
			return join(outer, process, values, body);
		}
		Execution execution = Execution.begin(process);
		if (execution == null) {
			return execute(process, () -> attempt(process, values, body));
		}
		AsynchronousType type = process.asynchronous();
		if (type != null) {
			return this.asynchronous.attempt(execution, type, values, body);
		}
		refuseCallersTransaction(execution);
		Once once = Once.of(process, execution.key(), values, execution);
		RecordedExecution earlier = (once != null) ? once.recorded(this.transactions) : null;
		if (once != null && earlier != null) {
			return once.repeat(earlier);
		}
		if (once != null && isolation(execution) == Isolation.RAW) {
			throw once.refusedRaw();
		}
		if (!process.contract().isReserving() || isolation(execution) == Isolation.RAW) {
			return attempt(execution, values, body, once);
		}
		Contender reservation = reserve(execution, values, once);
		boolean kept = false;
		try {
			// Another one may have had the ticket
			earlier = (once != null) ? once.recorded(this.transactions) : null;
			if (once != null && earlier != null) {
				return once.repeat(earlier);
			}
			Object result = attempt(execution, values, body, once);
			SharedTransaction shared = execution.shared();
			if (shared != null) {
				shared.whenOver((failure) -> this.transactions.retryLoop().giveBack(reservation));
				kept = true;
			}
			return result;
		}
		finally {
			if (!kept) {
				this.transactions.retryLoop().giveBack(reservation);
			}
		}
	}

	// Its commit could not be taken back when the other transaction rolls back, and a
	// repeated attempt would find what an earlier one has left there
	private void refuseCallersTransaction(Execution execution) {
		if (isApart(execution.process()) && this.transactions.isMarked(execution)) {
			throw new PropagationException(execution.process(),
					"the transaction that surrounds its caller may still be rolled back, give it one of its own with @Transactional(propagation = REQUIRES_NEW), or none with NOT_SUPPORTED");
		}
	}

	private @Nullable Object attempt(Execution execution, @Nullable Object[] values, ProcessBody body,
			@Nullable Once once) throws Throwable {
		ProcessDefinition process = execution.process();
		SharedTransaction shared = this.transactions.joinSurrounding(execution.origin(), execution.deadline());
		if (shared != null) {
			return attemptWithin(shared, execution, values, body, once);
		}
		Scope begun = (isolation(execution) == Isolation.RAW)
				? this.transactions.beginRaw(execution.origin(), OpenGuard.ZONES_ONLY, execution.deadline())
				: this.transactions.begin(execution.origin(), OpenGuard.ZONES_ONLY, execution.deadline());
		Scope scope = execution.seenIn(begun);
		execution.runIn(scope);
		try {
			Frame frame = new Frame(process.id(), execution.origin(), execution.number(), execution.isRepeatable(),
					execution, scope);
			Object result = run(frame, process, values, body, execution.isPure(), execution);
			if (once != null) {
				once.record(scope, result);
			}
			this.transactions.commit(scope);
			return result;
		}
		catch (Throwable ex) {
			throw execution.decisive(ex);
		}
		finally {
			this.transactions.abandon(scope);
		}
	}

	// The surrounding transaction commits, or not; what fails here leaves nothing behind
	private @Nullable Object attemptWithin(SharedTransaction shared, Execution execution, @Nullable Object[] values,
			ProcessBody body, @Nullable Once once) throws Throwable {
		ProcessDefinition process = execution.process();
		Scope scope = execution.seenIn(shared.scope().under(OpenGuard.ZONES_ONLY));
		execution.runIn(shared, scope);
		Frame frame = new Frame(process.id(), execution.origin(), execution.number(), execution.isRepeatable(),
				execution, scope);
		boolean done = false;
		try {
			Object result = scope.atomically(() -> {
				Object value = once(once, scope,
						() -> run(frame, process, values, body, execution.isPure(), execution));
				this.transactions.checkOutputs(scope);
				return value;
			});
			done = true;
			return result;
		}
		finally {
			// Its own transaction must not commit what the state does not know, for which
			// a database alone would ask only after an unchecked exception
			if (!done && !execution.isSurrounded()) {
				this.transactions.rollBackSurrounding();
			}
		}
	}

	// What touches the outside or writes in place must not be run in vain: everything
	// that its contract
	// covers is reserved before. Which places these are may depend on inputs, which can
	// change until the ticket is granted.
	Contender reserve(Execution execution, @Nullable Object[] values, @Nullable Once once) {
		Claim claim = claim(execution, values, once);
		while (true) {
			Contender contender = this.transactions.retryLoop().reserve(execution, claim);
			boolean settled = false;
			try {
				Claim current = claim(execution, values, once);
				settled = current.equals(claim);
				if (settled) {
					return contender;
				}
				claim = current;
			}
			finally {
				if (!settled) {
					this.transactions.retryLoop().giveBack(contender);
				}
			}
		}
	}

	// Executions with one key run one after the other, whatever they touch
	private Claim claim(Execution execution, @Nullable Object[] values, @Nullable Once once) {
		Claim claim = claim(execution, values);
		return (once != null) ? claim.and(Claim.of(List.of(), List.of(once.path()))) : claim;
	}

	private Claim claim(Execution execution, @Nullable Object[] values) {
		Scope scope = execution
			.seenIn(this.transactions.begin(execution.origin(), OpenGuard.ZONES_ONLY, execution.deadline()));
		try {
			return Execution.claimOf(execution.process().binder().bind(values, scope, CONTEXT, execution).contract());
		}
		finally {
			this.transactions.abandon(scope);
		}
	}

	private @Nullable Object join(Frame outer, ProcessDefinition process, @Nullable Object[] values, ProcessBody body)
			throws Throwable {
		this.calls.check(outer, process);
		Scope scope = outer.scope();
		CommitOrigin origin = outer.executionId().isEmpty() ? new CommitOrigin(Kind.PROCESS, process.id(), nextId())
				: outer.origin();
		VariableValues variables = variables(outer);
		Frame frame = new Frame(process.id(), origin, outer.attempt(), outer.repeatable(), variables,
				scope.under(OpenGuard.ZONES_ONLY));
		Once once = Once.of(process, Once.take(process), values, variables);
		return scope
			.atomically(() -> once(once, scope, () -> run(frame, process, values, body, Calls.isPure(outer), null)));
	}

	// A part of a transaction: what another part has done already is not done again
	private @Nullable Object once(@Nullable Once once, Scope scope, Frame.Body<@Nullable Object> part)
			throws Throwable {
		if (once == null) {
			return part.run();
		}
		RecordedExecution earlier = once.recorded(this.transactions, scope);
		if (earlier != null) {
			return once.repeat(earlier);
		}
		Object result = part.run();
		once.record(scope, result);
		return result;
	}

	// As they are on this thread
	VariableValues takenVariables() {
		return new VariableValues(this.variables).takeAll();
	}

	// Within an explicit transaction each process is an execution of its own
	private VariableValues variables(Frame outer) {
		VariableValues running = outer.variables();
		if (running != null) {
			return running;
		}
		return new ExecutionMemory(this.variables);
	}

	/**
	 * Let what runs on another thread see the contract variables of this one.
	 * @param <T> the type of the result
	 * @param call what will run there
	 * @return the same with the values that count here, in a running process those of its
	 * execution
	 */
	public <T extends @Nullable Object> Callable<T> withVariables(Callable<T> call) {
		if (this.variables.isEmpty()) {
			return call;
		}
		Frame running = this.transactions.running();
		VariableValues here = (running != null) ? variables(running) : new VariableValues(this.variables);
		VariableValues taken = here.takeAll();
		return () -> taken.during(call::call);
	}

	/**
	 * Make a call under a key: if it was made before, what it returned then is returned
	 * again.
	 * @param key identifies the execution
	 * @param process the process that is called
	 * @param call leads to {@link #execute}
	 * @return what the process returned, now or then
	 * @throws Throwable what the process threw, unchanged
	 */
	public @Nullable Object execute(ExecutionKey key, ProcessDefinition process, Frame.Body<@Nullable Object> call)
			throws Throwable {
		if (process.contract().semantic() == Semantic.PURE) {
			throw new IllegalArgumentException(
					"execution of PURE process '%s' has a key, execute it without, to run it again changes nothing"
						.formatted(process.id()));
		}
		if (process.isAsynchronous()) {
			throw new IllegalArgumentException(
					"execution of asynchronous process '%s' has a key, return the value itself from the process"
						.formatted(process.id()));
		}
		return Once.during(key, process, call);
	}

	/**
	 * Check that what runs on this thread may call a process at all, whether it joins or
	 * is executed apart.
	 * @param process the process to be called
	 * @throws io.theus.contract.ContractViolationException if the contract of the process
	 * that is running does not allow it
	 */
	public void checkCall(ProcessDefinition process) {
		Frame running = this.transactions.running();
		if (running != null) {
			this.calls.check(running, process);
		}
	}

	private @Nullable Object run(Frame unbound, ProcessDefinition process, @Nullable Object[] values, ProcessBody body,
			boolean pure, @Nullable Execution execution) throws Throwable {
		BoundCall call = bind(unbound, process, values, pure, execution);
		Workers workers = (execution != null && !this.transactions.isFork()) ? execution.workers() : null;
		Object result = call.run((workers != null) ? workers.body(call, execution) : body);
		if (result instanceof CompletionStage<?>) {
			throw new InvalidReturnException(process.id(),
					"it has returned a %s, which its declaration does not say, declare it as its return type"
						.formatted(result.getClass().getSimpleName()));
		}
		call.store(result);
		return result;
	}

	// Before the body, over everything that it will see
	private void audit(ProcessDefinition process, CommitOrigin execution, Scope scope, CallBinder.Call call) {
		ProcessAudit rules = this.transactions.auditor().rules().find(process.audited());
		if (rules == null) {
			return;
		}
		AuditedCall audited = new AuditedCall(scope, call);
		rules.checkInputs(audited, scope.verdicts(execution));
		OutputGate outputs = rules.outputs(audited);
		if (outputs != null) {
			scope.check(outputs, execution);
		}
	}

	BoundCall bind(Frame unbound, ProcessDefinition process, @Nullable Object[] values, boolean pure,
			@Nullable Execution execution) {
		Scope scope = unbound.scope();
		CallBinder.Call call = process.binder().bind(values, scope, CONTEXT, variables(unbound));
		BoundContract contract = pure ? call.contract().underPure() : call.contract();
		if (execution != null) {
			execution.bind(contract);
		}
		// What is called by safe work is part of it
		Isolation wanted = (execution != null) ? execution.isolation() : process.isolation();
		if (this.transactions.isolation(wanted) == Isolation.SAFE || scope.isWatching()) {
			scope.watch(contract.inputs());
			scope.watch(contract.outputs());
		}
		Scope guarded = scope.under(contract);
		// An input is a read like any other, which could not be checked before it was
		// bound
		for (Path path : call.inputs()) {
			guarded.read(path, ReadScope.VALUE);
		}
		audit(process, unbound.origin(), scope, call);
		return new BoundCall(process, scope, unbound.in(guarded), call, contract, this.transactions);
	}

}
