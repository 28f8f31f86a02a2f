package io.theus.engine;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.theus.transaction.Participant;
import io.theus.transaction.SurroundingTransactions;

/**
 * A transaction of another kind that surrounds what the thread of the test does.
 */
final class Surrounding implements SurroundingTransactions {

	private final Thread owner = Thread.currentThread();

	private boolean begun;

	private @Nullable Participant participant;

	void begin() {
		this.begun = true;
	}

	Participant participant() {
		return Objects.requireNonNull(this.participant);
	}

	@Override
	public boolean isActive() {
		return this.begun && Thread.currentThread() == this.owner;
	}

	@Override
	public @Nullable Participant enlisted(Object engine) {
		return (Thread.currentThread() == this.owner) ? this.participant : null;
	}

	@Override
	public void enlist(Object engine, Participant newParticipant) {
		this.participant = newParticipant;
	}

	@Override
	public void setRollbackOnly() {
		throw new IllegalStateException("is not rolled back here");
	}

}
