package io.theus.transaction;

/**
 * The context of one explicit transaction.
 */
final class FixedContext extends ScopedContext {

	private final Scope scope;

	FixedContext(Scope scope) {
		this.scope = scope;
	}

	@Override
	protected Scope scope() {
		return this.scope;
	}

}
