package io.theus.expression;

/**
 * One evaluation: where names get their values and how many operations are left. Used by
 * one thread.
 */
final class Evaluation {

	private static final int CHARACTERS_PER_OPERATION = 64;

	private final Scope scope;

	private final ExpressionLimits limits;

	private long left;

	Evaluation(Scope scope, ExpressionLimits limits) {
		this.scope = scope;
		this.limits = limits;
		this.left = limits.operations();
	}

	Scope scope() {
		return this.scope;
	}

	ExpressionLimits limits() {
		return this.limits;
	}

	void charge(long operations, Site site) {
		this.left -= operations;
		if (this.left < 0) {
			throw site.failed(site.name() + " takes too many operations, limit=" + this.limits.operations());
		}
	}

	void chargeText(long characters, Site site) {
		charge(characters / CHARACTERS_PER_OPERATION, site);
	}

}
