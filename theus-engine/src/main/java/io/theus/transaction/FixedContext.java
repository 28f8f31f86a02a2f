package io.theus.transaction;

import org.jspecify.annotations.Nullable;

import io.theus.contract.VariableValues;

/**
 * The context of one explicit transaction, which may be a part of a process.
 */
final class FixedContext extends ScopedContext {

	private final Scope scope;

	private final @Nullable VariableValues variables;

	FixedContext(Scope scope, @Nullable VariableValues variables) {
		this.scope = scope;
		this.variables = variables;
	}

	@Override
	protected @Nullable VariableValues variables() {
		return this.variables;
	}

	@Override
	protected Scope scope() {
		return this.scope;
	}

}
