package io.theus.conflict;

import java.time.Duration;

/**
 * What an execution does after a conflict.
 *
 * @since 0.1.0
 */
public sealed interface ConflictDecision {

	/**
	 * Wait, then run again.
	 *
	 * @param delay how long to wait, not negative
	 */
	record Wait(Duration delay) implements ConflictDecision {

		/**
		 * Check the value.
		 */
		public Wait {
			if (delay.isNegative()) {
				throw new IllegalArgumentException(
						"a wait cannot be negative: delay=" + delay + ", use Duration.ZERO for none");
			}
		}

	}

	/**
	 * Run again as soon as a ticket for everything that was touched is granted.
	 */
	record TakeTicket() implements ConflictDecision {

	}

	/**
	 * Run no more: the conflict reaches the caller.
	 */
	record GiveUp() implements ConflictDecision {

	}

}
