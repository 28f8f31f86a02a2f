package io.theus.outbox;

import java.time.Duration;

/**
 * How messages are delivered.
 *
 * @param maxInFlight how many are under way at the same time
 * @param maxPerLane how many of these are of one lane, if the relay keeps their order
 * @param sendTimeout how long a relay may take to answer
 * @param backoff how long a message waits that could not be sent
 * @param maxAttempts after how many failures it is dead
 * @param strictOrder whether those behind a dead message wait for it
 * @param keepSent how many are kept that were sent
 */
record RelaySettings(int maxInFlight, int maxPerLane, Duration sendTimeout, Backoff backoff, int maxAttempts,
		boolean strictOrder, int keepSent) {

}
