package io.theus.transaction;

import java.time.Duration;
import java.util.Objects;
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
import io.theus.conflict.ConflictDecision;
import io.theus.conflict.ConflictException;
import io.theus.conflict.ConflictPolicy;
import io.theus.conflict.ConflictSettings;
import io.theus.conflict.FailedAttempt;
import io.theus.conflict.Ticket;
import io.theus.conflict.TicketScope;
import io.theus.conflict.Tickets;
import io.theus.conflict.TransactionTimeoutException;

/**
 * Runs attempts until one commits, with waits and tickets between them as the policy
 * decides. The one user of Spring Retry.
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
			return work.attempt(1, null);
		}
		catch (ConflictException ex) {
			return repeat(work, ex);
		}
	}

	// Most executions commit at once and shall not pay for a template
	private <T> T repeat(Repeatable<T> work, ConflictException first) throws Throwable {
		Contender contender = new Contender(work.origin(), work.deadline());
		Contest contest = new Contest(work, contender);
		RetryTemplate template = new RetryTemplate();
		template.setRetryPolicy(contest);
		template.setBackOffPolicy(contest.new Reaction());
		try {
			T result = template.execute((RetryCallback<T, Throwable>) (context) -> {
				contest.attempts = context.getRetryCount() + 1;
				if (contest.attempts == 1) {
					throw first;
				}
				return work.attempt(contest.attempts, contender);
			});
			this.policy.onSuccess(work.origin(), contest.attempts - 1);
			return result;
		}
		catch (ConflictException ex) {
			throw new ConflictException(ex.conflict(), contest.attempts, Duration.ofNanos(contest.waited));
		}
		finally {
			giveBack(contender);
		}
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
		boolean holding = this.tickets.isHolding(contender.thread());
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

	/**
	 * Waits, or pretends to.
	 */
	@FunctionalInterface
	interface Pause {

		void nanos(long nanos) throws InterruptedException;

	}

	/**
	 * One execution between its first conflict and its end.
	 */
	private final class Contest implements RetryPolicy {

		private final transient Repeatable<?> work;

		private final transient Contender contender;

		private int attempts;

		private long waited;

		private transient @Nullable ConflictException last;

		private transient ConflictDecision decision = new ConflictDecision.GiveUp();

		Contest(Repeatable<?> work, Contender contender) {
			this.work = work;
			this.contender = contender;
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
			return context.getLastThrowable() == null || !(this.decision instanceof ConflictDecision.GiveUp);
		}

		@Override
		public void registerThrowable(RetryContext context, @Nullable Throwable failure) {
			((RetryContextSupport) context).registerThrowable(failure);
			if (failure instanceof ConflictException conflict) {
				this.last = conflict;
				this.decision = RetryLoop.this.policy
					.onConflict(new FailedAttempt(this.work.origin(), conflict.conflict().path(), this.attempts,
							this.work.maxAttempts(), Duration.ofNanos(this.waited), this.contender.holdsTicket()));
			}
			else {
				this.decision = new ConflictDecision.GiveUp();
			}
		}

		private void react() throws InterruptedException {
			if (this.decision instanceof ConflictDecision.Wait wait) {
				pause(wait.delay().toNanos());
			}
			else {
				takeTicket();
			}
		}

		private void pause(long delay) throws InterruptedException {
			if (delay >= this.work.deadline().remainingNanos()) {
				throw new TransactionTimeoutException(this.work.origin(), this.work.deadline().limit());
			}
			RetryLoop.this.pause.nanos(delay);
			this.waited += delay;
		}

		// Who conflicts in spite of a ticket has touched more than it keeps. Nobody waits
		// with a ticket in hand: the one is given back before the other is requested.
		private void takeTicket() throws InterruptedException {
			Claim claim = (RetryLoop.this.settings.ticketScope() == TicketScope.ENGINE) ? Claim.EVERYTHING
					: this.work.claim();
			if (this.contender.holdsTicket()) {
				claim = claim.and(this.contender.ticket().claim());
				RetryLoop.this.tickets.end(this.contender.ticket());
			}
			long before = System.nanoTime();
			take(this.contender, claim, RetryLoop.this.settings.lease(), this.work.deadline());
			this.waited += System.nanoTime() - before;
		}

		/**
		 * What is done between two attempts.
		 */
		private final class Reaction implements BackOffPolicy {

			@Override
			public @Nullable BackOffContext start(RetryContext context) {
				return null;
			}

			@Override
			public void backOff(@Nullable BackOffContext context) {
				try {
					react();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
					throw Objects.requireNonNull(Contest.this.last);
				}
			}

		}

	}

}
