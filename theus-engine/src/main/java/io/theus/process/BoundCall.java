package io.theus.process;

import org.jspecify.annotations.Nullable;

import io.theus.contract.BoundContract;
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
		return this.frame.run(() -> body.call(this.call.values()));
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
