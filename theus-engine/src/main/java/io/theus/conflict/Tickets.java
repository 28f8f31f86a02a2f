package io.theus.conflict;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line of those who have conflicted too often, or must not conflict at all.
 *
 * @since 0.1.0
 */
// State: one line in order of arrival, of tickets that are granted and tickets that wait.
// A ticket is granted as soon as its claim meets no claim before it in the line, so
// tickets that meet are granted in order and tickets that do not meet are granted at
// once. The line is guarded by the lock of the commit point: between the question whether
// a ticket is in the way of a commit and the commit itself none can be granted. Nobody
// waits inside the lock; a ticket has a latch for being granted and one for its end.
//
// No deadlock: a cycle of waiting needs somebody who holds a ticket and waits. Holders do
// not wait for tickets (a commit that meets another's ticket is refused, a second ticket
// is not requested), and those who wait hold none.
//
// Leases: a lease that has run out is renewed as long as the holder is alive and ends the
// ticket otherwise. Only those who wait care about leases, so they look after them: each
// waits no longer than until the first lease runs out. Nothing needs a timer.
public final class Tickets {

	private static final Logger logger = LoggerFactory.getLogger(Tickets.class);

	private final Object lock;

	private final LongSupplier nanoTime;

	private final List<Ticket> line = new ArrayList<>();

	private long issued;

	private long lost;

	/**
	 * Create an empty line.
	 * @param lock what guards commits and this line
	 * @param nanoTime tells the time for leases, in nanoseconds
	 */
	public Tickets(Object lock, LongSupplier nanoTime) {
		this.lock = lock;
		this.nanoTime = nanoTime;
	}

	/**
	 * Stand in line.
	 * @param holder who will hold the ticket; it holds none
	 * @param claim what the ticket is to keep
	 * @param lease how long the ticket outlives its holder at most
	 * @return the ticket, granted at once if nobody else claims any of it
	 */
	public Ticket request(TicketHolder holder, Claim claim, Duration lease) {
		Ticket ticket = new Ticket(holder, claim, lease);
		synchronized (this.lock) {
			this.line.add(ticket);
			this.issued++;
			grant();
		}
		return ticket;
	}

	/**
	 * Grant a ticket at once, before all others: what it claims was found to be free. The
	 * caller holds the lock.
	 * @param holder who holds it
	 * @param claim what it keeps
	 * @param lease how long it outlives its holder at most
	 * @return the ticket
	 */
	public Ticket keep(TicketHolder holder, Claim claim, Duration lease) {
		Ticket ticket = new Ticket(holder, claim, lease);
		ticket.leaseEnd = this.nanoTime.getAsLong() + ticket.leaseNanos;
		ticket.granted.countDown();
		this.line.add(0, ticket);
		return ticket;
	}

	/**
	 * Wait for a ticket to be granted.
	 * @param ticket a ticket that was requested
	 * @param nanos how long to wait at most
	 * @return whether it was granted; if not, it has left the line
	 * @throws InterruptedException if the thread is interrupted; the ticket has left the
	 * line
	 */
	public boolean awaitGrant(Ticket ticket, long nanos) throws InterruptedException {
		long end = this.nanoTime.getAsLong() + nanos;
		boolean granted = false;
		try {
			while (!granted) {
				long left = end - this.nanoTime.getAsLong();
				if (left <= 0) {
					break;
				}
				granted = ticket.granted.await(Math.min(left, nextLeaseEnd()), TimeUnit.NANOSECONDS);
			}
		}
		finally {
			if (!granted) {
				end(ticket);
			}
		}
		return granted;
	}

	/**
	 * Wait for a ticket to end.
	 * @param ticket a ticket that is in the way
	 * @param nanos how long to wait at most
	 * @return whether it has ended
	 * @throws InterruptedException if the thread is interrupted
	 */
	public boolean awaitEnd(Ticket ticket, long nanos) throws InterruptedException {
		long end = this.nanoTime.getAsLong() + nanos;
		for (long left = nanos; left > 0; left = end - this.nanoTime.getAsLong()) {
			if (ticket.ended.await(Math.min(left, nextLeaseEnd()), TimeUnit.NANOSECONDS)) {
				return true;
			}
		}
		return ticket.hasEnded();
	}

	/**
	 * Give a ticket back, or leave the line. Nothing happens if it has ended already.
	 * @param ticket the ticket
	 */
	public void end(Ticket ticket) {
		synchronized (this.lock) {
			if (this.line.remove(ticket)) {
				ticket.ended.countDown();
				grant();
			}
		}
	}

	/**
	 * Find what stands in the way of a commit. The caller holds the lock.
	 * @param committer who wants to commit
	 * @param blocks whether a ticket of somebody else has to be waited for
	 * @return the first such ticket, {@code null} if there is none
	 */
	public @Nullable Ticket inTheWay(Worker committer, Predicate<Ticket> blocks) {
		expire();
		for (Ticket ticket : this.line) {
			if (!passes(committer, ticket) && ticket.isGranted() && blocks.test(ticket)) {
				return ticket;
			}
		}
		return null;
	}

	private static boolean passes(Worker worker, Ticket ticket) {
		return ticket.holder.worker() == worker && ticket.holder.letsOwnWorkPass();
	}

	/**
	 * Return whether a worker holds a ticket, so that it must not wait for another.
	 * @param worker the worker
	 * @return whether a ticket that one of its holders has was granted
	 */
	public boolean isHolding(Worker worker) {
		synchronized (this.lock) {
			for (Ticket ticket : this.line) {
				if (ticket.holder.worker() == worker && ticket.isGranted()) {
					return true;
				}
			}
			return false;
		}
	}

	/**
	 * Return whether nobody stands in line. The caller holds the lock.
	 * @return whether nothing can be in the way
	 */
	public boolean isEmpty() {
		return this.line.isEmpty();
	}

	/**
	 * Return the line.
	 * @return tickets that are granted or wait, in order of arrival
	 */
	public List<Ticket> line() {
		synchronized (this.lock) {
			return List.copyOf(this.line);
		}
	}

	/**
	 * Return how many tickets there were so far.
	 * @return the number of requests
	 */
	public long issued() {
		synchronized (this.lock) {
			return this.issued;
		}
	}

	/**
	 * Return how many tickets outlived their holders.
	 * @return the number of tickets that ended with their lease
	 */
	public long lost() {
		synchronized (this.lock) {
			return this.lost;
		}
	}

	// How long nobody needs to look after leases
	private long nextLeaseEnd() {
		synchronized (this.lock) {
			expire();
			long now = this.nanoTime.getAsLong();
			long next = Long.MAX_VALUE;
			for (Ticket ticket : this.line) {
				if (ticket.isGranted()) {
					next = Math.min(next, ticket.leaseEnd - now);
				}
			}
			return Math.max(next, 1);
		}
	}

	private void expire() {
		if (this.line.isEmpty()) {
			return;
		}
		long now = this.nanoTime.getAsLong();
		boolean removed = false;
		for (Iterator<Ticket> tickets = this.line.iterator(); tickets.hasNext();) {
			Ticket ticket = tickets.next();
			if (ticket.isGranted() && ticket.leaseEnd - now <= 0) {
				if (ticket.holder.isAlive()) {
					ticket.leaseEnd = now + ticket.leaseNanos;
				}
				else {
					tickets.remove();
					ticket.ended.countDown();
					this.lost++;
					removed = true;
					logger.warn("The {} has ended with its lease: its holder is gone, lease={}ms", ticket,
							TimeUnit.NANOSECONDS.toMillis(ticket.leaseNanos));
				}
			}
		}
		if (removed) {
			grant();
		}
	}

	private void grant() {
		for (int i = 0; i < this.line.size(); i++) {
			Ticket ticket = this.line.get(i);
			if (ticket.granted.getCount() > 0 && isFree(ticket, i)) {
				ticket.leaseEnd = this.nanoTime.getAsLong() + ticket.leaseNanos;
				ticket.granted.countDown();
			}
		}
	}

	private boolean isFree(Ticket ticket, int position) {
		for (int i = 0; i < position; i++) {
			Ticket earlier = this.line.get(i);
			if (!passes(ticket.holder.worker(), earlier) && earlier.claim.meets(ticket.claim)) {
				return false;
			}
		}
		return true;
	}

}
