package io.theus.transaction;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.retry.RetryCallback;
import org.springframework.retry.RetryContext;
import org.springframework.retry.RetryPolicy;
import org.springframework.retry.backoff.BackOffContext;
import org.springframework.retry.backoff.BackOffPolicy;
import org.springframework.retry.context.RetryContextSupport;
import org.springframework.retry.support.RetryTemplate;

import io.theus.conflict.Claim;
import io.theus.conflict.ConflictException;
import io.theus.conflict.ConflictPolicy;
import io.theus.conflict.ConflictSettings;
import io.theus.conflict.Ticket;
import io.theus.conflict.TicketScope;
import io.theus.conflict.Tickets;
import io.theus.conflict.TransactionTimeoutException;

/**
 * Runs attempts until one commits, with waits and tickets between them as a
 * {@link Contest} decides. The one user of Spring Retry.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class RetryLoop {

	private final ConflictSettings settings;

	private final ConflictPolicy policy;

	private final Tickets tickets;

	private final Pause pause;

	RetryLoop(ConflictSettings settings, ConflictPolicy policy, Tickets tickets) {
		this(settings, policy, tickets, TimeUnit.NANOSECONDS::sleep);
	}

	RetryLoop(ConflictSettings settings, ConflictPolicy policy, Tickets tickets, Pause pause) {
		this.settings = settings;
		this.policy = policy;
		this.tickets = tickets;
		this.pause = pause;
	}

	/**
	 * Return the attempts that processes get.
	 * @return the configured number
	 */
	public int maxAttempts() {
		return this.settings.maxAttempts();
	}

	/**
	 * Run attempts.
	 * @param <T> the type of the result
	 * @param work what to attempt
	 * @return what the attempt that committed returned
	 * @throws ConflictException with the last diagnosis when there is no further attempt
	 * @throws TransactionTimeoutException when there is no time for another
	 * @throws Throwable what an attempt threw for another reason, unchanged
	 */
	public <T> T run(Repeatable<T> work) throws Throwable {
		try {
			return work.attempt(1);
		}
		catch (ConflictException ex) {
			return repeat(work, ex);
		}
	}

	// Most executions commit at once and shall not pay for a template
	private <T> T repeat(Repeatable<T> work, ConflictException first) throws Throwable {
		Contest contest = contest(work);
		RetryTemplate template = new RetryTemplate();
		template.setRetryPolicy(new Decision(contest));
		template.setBackOffPolicy(new Reaction(contest));
		try {
			T result = template.execute((RetryCallback<T, Throwable>) (context) -> {
				if (context.getRetryCount() == 0) {
					throw first;
				}
				return work.attempt(contest.next());
			});
			contest.won();
			return result;
		}
		catch (ConflictException ex) {
			throw contest.lost(ex);
		}
		finally {
			contest.end();
		}
	}

	/**
	 * Open the contest of an execution whose first attempt was refused and which gives
	 * its thread back between attempts. {@link #run} does all of it for one that keeps
	 * its thread.
	 * @param work what is attempted
	 * @return the contest, to be ended
	 */
	public Contest contest(Repeatable<?> work) {
		return new Contest(this, this.policy, work, new Contender(work.origin(), work.deadline()));
	}

	/**
	 * Take a ticket before the first attempt of what must not conflict.
	 * @param work what will be attempted
	 * @param claim what the ticket is to keep
	 * @return the holder of the ticket, to be given to {@link #giveBack}; without a
	 * ticket if the thread holds one already and would have to wait for another
	 * @throws TransactionTimeoutException if it is not granted in time
	 */
	public Contender reserve(Repeatable<?> work, Claim claim) {
		Contender contender = new Contender(work.origin(), work.deadline());
		Duration lease = Duration.ofNanos(Math.max(1, work.deadline().remainingNanos()));
		try {
			take(contender, claim, lease, work.deadline());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new TransactionTimeoutException(work.origin(), work.deadline().limit());
		}
		return contender;
	}

	/**
	 * Let others go on.
	 * @param contender who does not compete any more
	 */
	public void giveBack(Contender contender) {
		contender.end();
		if (contender.holdsTicket()) {
			this.tickets.end(contender.ticket());
		}
	}

	// Nobody waits with a ticket in hand: work within work that holds one goes on without
	private void take(Contender contender, Claim claim, Duration lease, Deadline deadline) throws InterruptedException {
		boolean holding = this.tickets.isHolding(contender.worker());
		Ticket ticket = this.tickets.request(contender, claim, lease);
		if (holding && !ticket.isGranted()) {
			this.tickets.end(ticket);
			return;
		}
		if (!this.tickets.awaitGrant(ticket, deadline.remainingNanos())) {
			throw new TransactionTimeoutException(contender.origin(), deadline.limit());
		}
		contender.hold(ticket);
	}

	// Who conflicts in spite of a ticket has touched more than it keeps. Nobody waits
	// with a ticket in hand: the one is given back before the other is requested.
	void takeTicket(Repeatable<?> work, Contender contender) throws InterruptedException {
		Claim claim = (this.settings.ticketScope() == TicketScope.ENGINE) ? Claim.EVERYTHING : work.claim();
		if (contender.holdsTicket()) {
			claim = claim.and(contender.ticket().claim());
			this.tickets.end(contender.ticket());
		}
		take(contender, claim, this.settings.lease(), work.deadline());
	}

	/**
	 * Waits, or pretends to.
	 */
	@FunctionalInterface
	interface Pause {

		void nanos(long nanos) throws InterruptedException;

	}

	/**
	 * Lets the contest decide whether there is another attempt.
	 */
	private static final class Decision implements RetryPolicy {

		private final transient Contest contest;

		private boolean goesOn;

		Decision(Contest contest) {
			this.contest = contest;
		}

		@Override
		public RetryContext open(@Nullable RetryContext parent) {
			return new RetryContextSupport(parent);
		}

		@Override
		public void close(RetryContext context) {
			// It holds nothing
		}

		@Override
		public boolean canRetry(RetryContext context) {
			return context.getLastThrowable() == null || this.goesOn;
		}

		@Override
		public void registerThrowable(RetryContext context, @Nullable Throwable failure) {
			((RetryContextSupport) context).registerThrowable(failure);
			this.goesOn = failure instanceof ConflictException conflict && this.contest.goesOnAfter(conflict);
		}

	}

	/**
	 * What is done between two attempts: the thread waits.
	 */
	private final class Reaction implements BackOffPolicy {

		private final Contest contest;

		Reaction(Contest contest) {
			this.contest = contest;
		}

		@Override
		public @Nullable BackOffContext start(RetryContext context) {
			return null;
		}

		@Override
		public void backOff(@Nullable BackOffContext context) {
			try {
				if (this.contest.wantsTicket()) {
					this.contest.takeTicket();
				}
				else {
					long delay = this.contest.delay();
					RetryLoop.this.pause.nanos(delay);
					this.contest.waited(delay);
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw this.contest.last();
			}
		}

	}

}
