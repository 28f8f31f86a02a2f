/**
 * One piece of work, done by each candidate: many messages are sent to one broker, in
 * order per key.
 *
 * <p>
 * A candidate fails unless the broker has each message once, and those of a key in the
 * order in which they were sent. This package does not know how results are compared or
 * reported.
 */
@NullMarked
package io.theus.benchmarks.relay;

import org.jspecify.annotations.NullMarked;
