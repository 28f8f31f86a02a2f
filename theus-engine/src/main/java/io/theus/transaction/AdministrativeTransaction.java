package io.theus.transaction;

import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.theus.conflict.Claim;
import io.theus.contract.OpenGuard;
import io.theus.store.CommitOrigin;

/**
 * What an administrator does to the state, with all its attempts.
 */
final class AdministrativeTransaction implements Repeatable<Long> {

	private final Transactions transactions;

	private final CommitOrigin origin;

	private final int maxAttempts;

	private final Deadline deadline;

	private final Consumer<Scope> work;

	private @Nullable Scope last;

	AdministrativeTransaction(Transactions transactions, CommitOrigin origin, int maxAttempts, Deadline deadline,
			Consumer<Scope> work) {
		this.transactions = transactions;
		this.origin = origin;
		this.maxAttempts = maxAttempts;
		this.deadline = deadline;
		this.work = work;
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
		return this.maxAttempts;
	}

	@Override
	public Long attempt(int number) {
		Scope scope = this.transactions.begin(this.origin, OpenGuard.ADMINISTRATIVE, this.deadline);
		this.last = scope;
		try {
			this.work.accept(scope);
			return this.transactions.commit(scope).version();
		}
		finally {
			this.transactions.abandon(scope);
		}
	}

	@Override
	public Claim claim() {
		return Claim.of(List.of(), (this.last != null) ? this.last.touched() : List.of());
	}

}
