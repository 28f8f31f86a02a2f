package io.theus.transaction;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import org.springframework.retry.RetryCallback;
import org.springframework.retry.RetryContext;
import org.springframework.retry.backoff.BackOffContext;
import org.springframework.retry.backoff.BackOffPolicy;
import org.springframework.retry.policy.SimpleRetryPolicy;
import org.springframework.retry.support.RetryTemplate;

/**
 * Runs attempts until one commits, with growing random waits between them. The one user
 * of Spring Retry.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class RetryLoop {

	private final ConflictSettings settings;

	private final RandomGenerator random;

	private final Pause pause;

	/**
	 * Create a loop.
	 * @param settings attempts and waits
	 * @param random draws the factor of each wait; safe for use by several threads
	 */
	public RetryLoop(ConflictSettings settings, RandomGenerator random) {
		this(settings, random, TimeUnit.NANOSECONDS::sleep);
	}

	RetryLoop(ConflictSettings settings, RandomGenerator random, Pause pause) {
		this.settings = settings;
		this.random = random;
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
	 * @param maxAttempts how many there may be
	 * @param deadline the limit over all attempts and waits
	 * @param attempt one attempt on a fresh snapshot
	 * @return what the attempt that committed returned
	 * @throws ConflictException with the last diagnosis when all attempts conflicted
	 * @throws TransactionTimeoutException when there is no time for another
	 * @throws Throwable what an attempt threw for another reason, unchanged
	 */
	public <T> T run(int maxAttempts, Deadline deadline, Attempt<T> attempt) throws Throwable {
		try {
			return attempt.run(1);
		}
		catch (ConflictException ex) {
			return repeat(maxAttempts, deadline, attempt, ex);
		}
	}

	// Most executions commit at once and shall not pay for a template
	<T> T repeat(int maxAttempts, Deadline deadline, Attempt<T> attempt, ConflictException first) throws Throwable {
		RetryTemplate template = new RetryTemplate();
		template.setRetryPolicy(new SimpleRetryPolicy(maxAttempts, Map.of(ConflictException.class, true)));
		Waits waits = new Waits(deadline);
		template.setBackOffPolicy(waits);
		try {
			return template.execute((RetryCallback<T, Throwable>) (context) -> {
				waits.attempts = context.getRetryCount() + 1;
				if (waits.attempts == 1) {
					throw first;
				}
				return attempt.run(waits.attempts);
			});
		}
		catch (ConflictException ex) {
			throw new ConflictException(ex.conflict(), waits.attempts, Duration.ofNanos(waits.waited));
		}
	}

	private long delay(int conflicts) {
		double factor = 0.8 + 0.4 * this.random.nextDouble();
		double exponential = this.settings.base().toNanos() * Math.pow(2, conflicts - 1.0) * factor;
		return (long) Math.min(exponential, (double) this.settings.cap().toNanos());
	}

	/**
	 * One attempt.
	 *
	 * @param <T> the type of the result
	 */
	@FunctionalInterface
	public interface Attempt<T> {

		/**
		 * Run on a fresh snapshot and commit.
		 * @param number 1 for the first attempt
		 * @return the result
		 * @throws Throwable what the attempt threw; a {@link ConflictException} asks for
		 * another
		 */
		T run(int number) throws Throwable;

	}

	/**
	 * Waits, or pretends to.
	 */
	@FunctionalInterface
	interface Pause {

		void nanos(long nanos) throws InterruptedException;

	}

	/**
	 * The waits of one execution.
	 */
	private final class Waits implements BackOffPolicy {

		private final Deadline deadline;

		private int attempts;

		private long waited;

		Waits(Deadline deadline) {
			this.deadline = deadline;
		}

		@Override
		public BackOffContext start(RetryContext context) {
			return new Waiting(context);
		}

		@Override
		public void backOff(BackOffContext context) {
			long delay = delay(this.attempts);
			// The policy repeats nothing else
			ConflictException last = (ConflictException) Objects
				.requireNonNull(((Waiting) context).retry.getLastThrowable());
			if (delay >= this.deadline.remainingNanos()) {
				throw new TransactionTimeoutException(last.conflict().origin(), this.deadline.limit());
			}
			try {
				RetryLoop.this.pause.nanos(delay);
				this.waited += delay;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw last;
			}
		}

	}

	/**
	 * Leads from a wait to what it follows.
	 */
	private static final class Waiting implements BackOffContext {

		private final transient RetryContext retry;

		Waiting(RetryContext retry) {
			this.retry = retry;
		}

	}

}
