package io.theus.transaction;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.theus.TransactionContext;
import io.theus.conflict.Claim;
import io.theus.contract.OpenGuard;
import io.theus.store.CommitOrigin;

/**
 * An explicit transaction with all its attempts.
 *
 * @param <T> the type of the result
 */
final class ExplicitTransaction<T> implements Repeatable<T> {

	private final Transactions transactions;

	private final CommitOrigin origin;

	private final Deadline deadline;

	private final TransactionOptions options;

	private final Function<TransactionContext, T> body;

	private @Nullable Scope last;

	ExplicitTransaction(Transactions transactions, CommitOrigin origin, Deadline deadline, TransactionOptions options,
			Function<TransactionContext, T> body) {
		this.transactions = transactions;
		this.origin = origin;
		this.deadline = deadline;
		this.options = options;
		this.body = body;
	}

	@Override
	public CommitOrigin origin() {
		return this.origin;
	}

	@Override
	public Deadline deadline() {
		return this.deadline;
	}

	@Override
	public int maxAttempts() {
		return this.transactions.isSurrounded() ? 1 : this.options.attempts();
	}

	@Override
	public T attempt(int number, @Nullable Contender contender) throws Throwable {
		SharedTransaction shared = this.transactions.joinSurrounding(this.origin, this.deadline, contender);
		if (shared != null) {
			return within(shared);
		}
		Scope scope = this.transactions.begin(this.origin, OpenGuard.ZONES_ONLY, this.deadline, contender);
		this.last = scope;
		if (this.transactions.isSafe(this.options.isolation())) {
			scope.watchEverything();
		}
		return this.transactions.attempt(scope, this.options.attempts() > 1, this.body);
	}

	private T within(SharedTransaction shared) throws Throwable {
		Scope scope = shared.scope().under(OpenGuard.ZONES_ONLY);
		if (this.transactions.isSafe(this.options.isolation())) {
			scope.watchEverything();
		}
		Frame frame = Frame.outermost(this.origin, false, scope);
		return scope.atomically(() -> frame.call(() -> this.body.apply(new FixedContext(scope))));
	}

	@Override
	public Claim claim() {
		return Claim.of(List.of(), (this.last != null) ? this.last.touched() : List.of());
	}

}
