package io.theus.process;

import java.lang.reflect.Type;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.contract.ContractViolationException;
import io.theus.contract.VariableValues;
import io.theus.path.Path;
import io.theus.state.IncompatibleValueException;
import io.theus.state.InvalidValueException;
import io.theus.state.TypedReads;
import io.theus.store.RecordedExecution;
import io.theus.transaction.Frame;
import io.theus.transaction.Scope;
import io.theus.transaction.Transactions;

/**
 * One call under a key: knows whether it is a repetition, and records what it returns.
 */
// A process may return null, which a body of a generic type cannot say outside of
// JSpecify mode
@SuppressWarnings("NullAway")
final class Once {

	private static final Path RESULT = Path.parse("local.result");

	private static final ThreadLocal<@Nullable Given> GIVEN = new ThreadLocal<>();

	private final ProcessDefinition process;

	private final ExecutionKey key;

	private final String fingerprint;

	private Once(ProcessDefinition process, ExecutionKey key, String fingerprint) {
		this.process = process;
		this.key = key;
		this.fingerprint = fingerprint;
	}

	// Null if the call has no key
	static @Nullable Once of(ProcessDefinition process, @Nullable ExecutionKey given, @Nullable Object[] values,
			VariableValues variables) {
		KeyTemplate declared = process.rules().once();
		if (given == null && declared == null) {
			return null;
		}
		ExecutionKey key = (given != null) ? given : process.binder().key(declared, values, variables);
		return new Once(process, key, Fingerprint.of(process, values));
	}

	// What commits write by write cannot commit together with its key
	ContractViolationException refusedRaw() {
		return new ContractViolationException(
				"execution of '%s' under a key is refused: with isolation=RAW each write is a commit of its own, use HYBRID or SAFE"
					.formatted(this.process.id()),
				this.process.id(), this.key.key(), List.of());
	}

	Path path() {
		return Transactions.pathOf(this.process.id(), this.key.key());
	}

	@Nullable RecordedExecution recorded(Transactions transactions) {
		return checked(transactions.recorded(this.process.id(), this.key.key()));
	}

	@Nullable RecordedExecution recorded(Transactions transactions, Scope scope) {
		RecordedExecution own = checked(scope.recorded(this.process.id(), this.key.key()));
		return (own != null) ? own : recorded(transactions);
	}

	private @Nullable RecordedExecution checked(@Nullable RecordedExecution recorded) {
		if (recorded != null && !recorded.fingerprint().equals(this.fingerprint)) {
			throw new KeyReuseException(this.process.id(), this.key.key(), recorded.fingerprint(), this.fingerprint);
		}
		return recorded;
	}

	@Nullable Object repeat(RecordedExecution recorded) {
		return TypedReads.convert(RESULT, recorded.result(), this.process.rules().returned());
	}

	void record(Scope scope, @Nullable Object result) {
		Type returned = this.process.rules().returned();
		try {
			Object accepted = scope.record(new RecordedExecution(this.process.id(), this.key.key(), this.fingerprint,
					result, this.key.retention()));
			TypedReads.convert(RESULT, accepted, returned);
		}
		catch (InvalidValueException | IncompatibleValueException ex) {
			throw new InvalidReturnException(this.process.id(),
					"under a key it would be returned again as %s, return text, numbers, records, or List, Set or Map of these"
						.formatted(returned.getTypeName()));
		}
	}

	/**
	 * Make a call under a key.
	 * @param key the key
	 * @param process the process that is called
	 * @param call the call
	 * @return what the process returned
	 * @throws Throwable what it threw, unchanged
	 */
	static @Nullable Object during(ExecutionKey key, ProcessDefinition process, Frame.Body<@Nullable Object> call)
			throws Throwable {
		Given outer = GIVEN.get();
		GIVEN.set(new Given(key, process));
		try {
			return call.run();
		}
		finally {
			GIVEN.set(outer);
		}
	}

	// The key that was given for this call; what the call itself calls has none
	static @Nullable ExecutionKey take(ProcessDefinition process) {
		Given given = GIVEN.get();
		if (given == null || given.process != process) {
			return null;
		}
		GIVEN.set(null);
		return given.key;
	}

	/**
	 * A key on its way to the execution.
	 *
	 * @param key the key
	 * @param process the process that is called
	 */
	private record Given(ExecutionKey key, ProcessDefinition process) {

	}

}
