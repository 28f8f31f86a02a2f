package io.theus.conflict;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * The right to commit before others within a claim. While a ticket is granted, commits of
 * others that write there wait.
 *
 * @since 0.1.0
 */
// The fields that change are guarded by the lock of Tickets; the latches may be awaited
// by anybody.
public final class Ticket {

	final TicketHolder holder;

	final Claim claim;

	final long leaseNanos;

	final CountDownLatch granted = new CountDownLatch(1);

	final CountDownLatch ended = new CountDownLatch(1);

	// Meaningful once it is granted
	long leaseEnd;

	Ticket(TicketHolder holder, Claim claim, Duration lease) {
		this.holder = holder;
		this.claim = claim;
		this.leaseNanos = lease.toNanos();
	}

	/**
	 * Return who holds it or waits for it.
	 * @return the holder
	 */
	public TicketHolder holder() {
		return this.holder;
	}

	/**
	 * Return what it keeps.
	 * @return the claim
	 */
	public Claim claim() {
		return this.claim;
	}

	/**
	 * Return whether others wait for its holder.
	 * @return {@code false} before it is granted and after it has ended
	 */
	public boolean isGranted() {
		return this.granted.getCount() == 0 && !hasEnded();
	}

	/**
	 * Return whether it is over, given back or lost.
	 * @return whether it keeps nothing any more
	 */
	public boolean hasEnded() {
		return this.ended.getCount() == 0;
	}

	@Override
	public String toString() {
		return "ticket of " + this.holder.origin();
	}

}
