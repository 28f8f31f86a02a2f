package io.theus.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.theus.contract.BoundContract;
import io.theus.transaction.ForkSettings;
import io.theus.transaction.Frame;
import io.theus.transaction.Scope;
import io.theus.transaction.Transactions;

/**
 * A call that was bound in its transaction: the values are there and the contract is
 * narrowed to them.
 *
 * @param process the process
 * @param scope the transaction, bound by zones only
 * @param frame who runs, with access under the contract
 * @param call the values
 * @param contract the narrowed contract
 * @param transactions answers what has changed since a version
 */
// A process may return null, which the type argument cannot say outside of JSpecify mode
@SuppressWarnings("NullAway")
record BoundCall(ProcessDefinition process, Scope scope, Frame frame, CallBinder.Call call, BoundContract contract,
		Transactions transactions) {

	@Nullable Object run(ProcessBody body) throws Throwable {
		ForkSettings fork = this.transactions.fork();
		ProcessBody own = (fork != null) ? in(fork, body) : body;
		return this.frame.run(() -> own.call(this.call.values()));
	}

	// What touches the outside does not run where nobody else shall notice anything
	private ProcessBody in(ForkSettings fork, ProcessBody body) {
		var result = fork.results().get(this.process.id());
		if (result == null && !this.process.contract().hasSideEffects()) {
			return body;
		}
		if (result == null) {
			throw new ForkedSideEffectException(this.process.id(), this.process.contract().spec().sideEffects());
		}
		AsynchronousType type = this.process.asynchronous();
		return (values) -> {
			Object value = result.apply(arguments(values));
			return (type != null) ? type.result((caller) -> CompletableFuture.completedFuture(value)) : value;
		};
	}

	private Map<String, @Nullable Object> arguments(@Nullable Object[] values) {
		Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
		List<Parameter> parameters = this.process.parameters();
		for (int i = 0; i < parameters.size(); i++) {
			if (parameters.get(i).kind() == Parameter.Kind.ARGUMENT) {
				arguments.put(parameters.get(i).name(), values[i]);
			}
		}
		return arguments;
	}

	// No value, no element and no component: each leaves its output alone
	void store(@Nullable Object result) {
		if (result != null && this.process.returnMapping() != ReturnMapping.NONE) {
			this.transactions.endWith(this.scope,
					(end) -> this.process.returnMapping()
						.apply(new ReturnMapping.Target(this.process, this.frame.scope(),
								end.under(this.contract.forReturn()), this.transactions, this.contract.outputs(),
								this.call.placeholders()), result));
		}
	}

}
