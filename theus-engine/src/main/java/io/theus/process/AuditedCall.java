package io.theus.process;

import org.jspecify.annotations.Nullable;

import io.theus.audit.recipe.AuditCall;
import io.theus.contract.ReadScope;
import io.theus.path.Path;
import io.theus.path.PlaceholderValues;
import io.theus.transaction.Scope;

/**
 * A bound call as its audit rules see it.
 *
 * @param scope the transaction, bound by zones only
 * @param call the values
 */
record AuditedCall(Scope scope, CallBinder.Call call) implements AuditCall {

	@Override
	public @Nullable Object argument(int index) {
		return this.call.values()[index];
	}

	@Override
	public @Nullable Object read(Path path) {
		return this.scope.read(path, ReadScope.VALUE);
	}

	@Override
	public PlaceholderValues placeholders() {
		return this.call.placeholders();
	}

}
