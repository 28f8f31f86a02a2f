package io.theus.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.Isolation;
import io.theus.Propagation;
import io.theus.audit.recipe.AuditedProcess;
import io.theus.contract.BoundContract;
import io.theus.contract.Contract;
import io.theus.contract.InvalidContractException;
import io.theus.contract.VariableValues;
import io.theus.parallel.WorkerCall;
import io.theus.state.Snapshot;

/**
 * A registered process.
 * <p>
 * Immutable and safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class ProcessDefinition {

	private final String id;

	private final String name;

	private final Contract contract;

	private final List<Parameter> parameters;

	private final List<Parameter> arguments;

	private final List<String> argumentNames;

	private final ReturnMapping returnMapping;

	private final ExecutionRules rules;

	private final @Nullable AsynchronousType asynchronous;

	private final CallBinder binder;

	private final AuditedProcess audited = new AuditedDefinition(this);

	ProcessDefinition(String id, String name, Contract contract, List<Parameter> parameters,
			ReturnMapping returnMapping, ExecutionRules rules, @Nullable AsynchronousType asynchronous) {
		this.id = id;
		this.name = name;
		this.contract = contract;
		this.parameters = List.copyOf(parameters);
		this.arguments = this.parameters.stream()
			.filter((parameter) -> parameter.kind() == Parameter.Kind.ARGUMENT)
			.toList();
		this.returnMapping = returnMapping;
		this.rules = rules;
		if (asynchronous != null && rules.once() != null) {
			throw new InvalidContractException(id, "it is asynchronous and declares once",
					"return the value itself, its result is recorded when the method returns");
		}
		this.asynchronous = asynchronous;
		this.argumentNames = this.arguments.stream().map(Parameter::name).toList();
		this.binder = new CallBinder(this);
	}

	/**
	 * Return the identity.
	 * @return {@code bean.method}
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return the short name, valid where no other process has it.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return whether a name means this process, if it means no other one.
	 * @param text an id, a short name, or a relaxed spelling of either
	 * ({@code charge_payment} for {@code chargePayment})
	 * @return whether it is the id or the short name, however spelt
	 */
	public boolean isNamed(String text) {
		String relaxed = ProcessRegistry.relaxed(text);
		return relaxed.equals(ProcessRegistry.relaxed(this.id)) || relaxed.equals(ProcessRegistry.relaxed(this.name));
	}

	/**
	 * Return what the process declares.
	 * @return the compiled contract
	 */
	public Contract contract() {
		return this.contract;
	}

	/**
	 * Return all parameters of the method.
	 * @return the parameters in order
	 */
	public List<Parameter> parameters() {
		return this.parameters;
	}

	List<String> argumentNames() {
		return this.argumentNames;
	}

	/**
	 * Return the parameters that the caller supplies.
	 * @return the arguments in order
	 */
	public List<Parameter> arguments() {
		return this.arguments;
	}

	/**
	 * Check a value before it is passed.
	 * @param argument the name of an argument
	 * @param value the value
	 * @throws InvalidArgumentException if there is no such argument, or the value does
	 * not have its type and cannot be converted to it
	 */
	public void checkArgument(String argument, @Nullable Object value) {
		Arguments.check(this, argument, value);
	}

	/**
	 * Foresee what a call will touch.
	 * @param given the arguments by name
	 * @param snapshot where inputs are read that name further places
	 * @param variables the values of contract variables for the call
	 * @return the contract narrowed to the call, if those inputs do not change until then
	 * @throws InvalidArgumentException if the arguments do not fit or cannot be a part of
	 * a path
	 * @throws io.theus.state.NoSuchPathException if an input is absent
	 */
	public BoundContract foresee(Map<String, ? extends @Nullable Object> given, Snapshot snapshot,
			VariableValues variables) {
		return this.binder.foresee(Arguments.named(this, given), snapshot, variables);
	}

	/**
	 * Return the time limit of an execution.
	 * @return the limit, {@code null} for the engine's
	 */
	public @Nullable Duration timeout() {
		return this.rules.timeout();
	}

	/**
	 * Return how much must not have changed when it commits.
	 * @return the isolation, {@link Isolation#DEFAULT} for the engine's
	 */
	public Isolation isolation() {
		return this.rules.isolation();
	}

	/**
	 * Return what it does where a transaction is running already.
	 * @return the propagation
	 */
	public Propagation propagation() {
		return this.rules.propagation();
	}

	/**
	 * Return whether its value is there later than its method returns.
	 * @return whether it returns a type that stands for such a value
	 */
	public boolean isAsynchronous() {
		return this.asynchronous != null;
	}

	/**
	 * Return whether its executions run on the threads of a pool, or in workers.
	 * @return {@code false} if they run on the thread of the caller
	 */
	public boolean isParallel() {
		return this.rules.parallel();
	}

	// Its code as a worker finds it
	WorkerCall.@Nullable Target target() {
		return this.rules.target();
	}

	@Nullable AsynchronousType asynchronous() {
		return this.asynchronous;
	}

	ExecutionRules rules() {
		return this.rules;
	}

	ReturnMapping returnMapping() {
		return this.returnMapping;
	}

	AuditedProcess audited() {
		return this.audited;
	}

	CallBinder binder() {
		return this.binder;
	}

	@Override
	public String toString() {
		return this.id;
	}

}
