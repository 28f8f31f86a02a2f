package io.theus.transaction;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.theus.Isolation;
import io.theus.TransactionContext;
import io.theus.conflict.Claim;
import io.theus.contract.AccessGuard;
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

	private final AccessGuard guard;

	private final Isolation isolation;

	private @Nullable Scope last;

	ExplicitTransaction(Transactions transactions, CommitOrigin origin, Deadline deadline, TransactionOptions options,
			AccessGuard guard, Function<TransactionContext, T> body) {
		this.guard = guard;
		this.isolation = transactions.isolation(options.isolation());
		this.transactions = transactions;
		this.origin = origin;
		this.deadline = deadline;
		this.options = options;
		this.body = body;
	}

	// The last attempt, none if it was part of a surrounding transaction
	@Nullable Scope last() {
		return this.last;
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
		return (this.transactions.isSurrounded() || this.isolation == Isolation.RAW) ? 1 : this.options.attempts();
	}

	@Override
	public T attempt(int number) throws Throwable {
		SharedTransaction shared = this.transactions.joinSurrounding(this.origin, this.deadline);
		if (shared != null) {
			return within(shared);
		}
		Scope scope = (this.isolation == Isolation.RAW)
				? this.transactions.beginRaw(this.origin, this.guard, this.deadline)
				: this.transactions.begin(this.origin, this.guard, this.deadline);
		this.last = scope;
		if (this.isolation == Isolation.SAFE) {
			scope.watchEverything();
		}
		return this.transactions.attempt(scope, maxAttempts() > 1, this.body);
	}

	private T within(SharedTransaction shared) throws Throwable {
		Scope scope = shared.scope().under(this.guard);
		if (this.isolation == Isolation.SAFE) {
			scope.watchEverything();
		}
		Frame frame = Frame.outermost(this.origin, false, scope);
		return scope.atomically(() -> frame.call(() -> this.body.apply(new FixedContext(scope, null))));
	}

	@Override
	public Claim claim() {
		return Claim.of(List.of(), (this.last != null) ? this.last.touched() : List.of());
	}

}
