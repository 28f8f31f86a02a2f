package io.theus.process;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.theus.Isolation;
import io.theus.audit.AuditException;
import io.theus.audit.Verdicts;
import io.theus.conflict.Claim;
import io.theus.conflict.ConflictException;
import io.theus.contract.BoundContract;
import io.theus.contract.ContractVariables;
import io.theus.store.CommitOrigin;
import io.theus.store.CommitOrigin.Kind;
import io.theus.telemetry.Activity;
import io.theus.transaction.Deadline;
import io.theus.transaction.Frame;
import io.theus.transaction.Repeatable;
import io.theus.transaction.Scope;
import io.theus.transaction.SharedTransaction;

/**
 * What all attempts of one execution share.
 */
// A process may return null, which the type argument cannot say outside of JSpecify mode
@SuppressWarnings("NullAway")
final class Execution extends ExecutionMemory implements Repeatable<@Nullable Object> {

	private static final ThreadLocal<@Nullable Execution> CURRENT = new ThreadLocal<>();

	private final ProcessDefinition process;

	private final CallSettings settings;

	private final String id;

	private final CommitOrigin origin;

	private final Deadline deadline;

	private Frame.Body<@Nullable Object> call;

	private final int attempts;

	// Whether the caller has opened the surrounding transaction
	private final boolean surrounded;

	// Whether a PURE process has called it
	private final boolean pure;

	// Given by the caller for this execution
	private final @Nullable ExecutionKey key;

	private int attempt;

	private @Nullable Scope scope;

	private @Nullable BoundContract contract;

	private @Nullable SharedTransaction shared;

	private @Nullable Handover handover;

	private Activity activity = Activity.NONE;

	private @Nullable Workers workers;

	Execution(ProcessDefinition process, CallSettings settings, String id, Deadline deadline,
			ContractVariables variables, Frame.Body<@Nullable Object> call, int attempts, boolean surrounded,
			boolean pure, @Nullable ExecutionKey key) {
		super(variables);
		this.process = process;
		this.settings = settings;
		this.id = id;
		this.origin = new CommitOrigin(Kind.PROCESS, process.id(), id, settings.place());
		this.deadline = deadline;
		this.call = call;
		this.attempts = attempts;
		this.surrounded = surrounded;
		this.pure = pure;
		this.key = key;
	}

	// The execution whose next attempt begins on this thread, if it is one of the process
	static @Nullable Execution begin(ProcessDefinition process) {
		Execution current = CURRENT.get();
		if (current == null || current.process != process) {
			return null;
		}
		// What the attempt calls is not it
		CURRENT.set(null);
		return current;
	}

	ProcessDefinition process() {
		return this.process;
	}

	// The same access, to what this call is to see
	Scope seenIn(Scope begun) {
		return this.settings.seenIn(begun);
	}

	Isolation isolation() {
		return this.settings.isolation(this.process);
	}

	String id() {
		return this.id;
	}

	// Which attempt is running, or ran last
	int number() {
		return this.attempt;
	}

	boolean isSurrounded() {
		return this.surrounded;
	}

	// What goes with it where it does not stay on its thread
	Handover handover() {
		return Objects.requireNonNull(this.handover);
	}

	void goWith(Handover newHandover) {
		this.handover = newHandover;
	}

	// As those see it who watch
	Activity activity() {
		return this.activity;
	}

	void watchedAs(Activity newActivity) {
		this.activity = newActivity;
	}

	// An attempt on another thread comes there by a call of its own
	void attemptBy(Frame.Body<@Nullable Object> newCall) {
		this.call = newCall;
	}

	@Nullable ExecutionKey key() {
		return this.key;
	}

	boolean isPure() {
		return this.pure;
	}

	// Where its code runs, null for right here
	@Nullable Workers workers() {
		return this.workers;
	}

	void runIn(@Nullable Workers newWorkers) {
		this.workers = newWorkers;
	}

	// Whether there may be another attempt after this one
	boolean isRepeatable() {
		return this.attempts > 1 && !this.process.contract().isReserving();
	}

	void runIn(Scope newScope) {
		this.scope = newScope;
	}

	void runIn(SharedTransaction newShared, Scope newScope) {
		this.shared = newShared;
		this.scope = newScope;
	}

	// The last attempt, null if none has begun
	@Nullable Scope scope() {
		return this.scope;
	}

	// What the body has caught does not save it
	Throwable decisive(Throwable failure) {
		Verdicts said = said();
		AuditException fatal = (said != null) ? said.fatal() : null;
		if (fatal == null || fatal == failure || failure instanceof ConflictException) {
			return failure;
		}
		fatal.addSuppressed(failure);
		return fatal;
	}

	@Nullable Verdicts said() {
		return (this.scope != null) ? this.scope.said() : null;
	}

	void bind(BoundContract newContract) {
		this.contract = newContract;
	}

	// What it is part of, null if it commits itself
	@Nullable SharedTransaction shared() {
		return this.shared;
	}

	@Override
	public CommitOrigin origin() {
		return this.origin;
	}

	@Override
	public Deadline deadline() {
		return this.deadline;
	}

	// What touches the outside is never run twice because of a conflict. A transaction
	// that the caller has opened is repeated by the caller, one that has begun and ended
	// with this execution is not.
	@Override
	public int maxAttempts() {
		boolean callers = this.surrounded && (this.shared == null || this.shared.isOpen());
		return (callers || !isRepeatable()) ? 1 : this.attempts;
	}

	@Override
	public @Nullable Object attempt(int newNumber) throws Throwable {
		this.attempt = newNumber;
		// What comes between here and the attempt may run processes of its own
		Execution outer = CURRENT.get();
		CURRENT.set(this);
		try {
			return this.call.run();
		}
		finally {
			CURRENT.set(outer);
		}
	}

	@Override
	public Claim claim() {
		Claim touched = Claim.of(List.of(), (this.scope != null) ? this.scope.touched() : List.of());
		return (this.contract != null) ? touched.and(claimOf(this.contract)) : touched;
	}

	static Claim claimOf(BoundContract contract) {
		return Claim.of(contract.inputs(), List.of()).and(Claim.of(contract.outputs(), List.of()));
	}

}
