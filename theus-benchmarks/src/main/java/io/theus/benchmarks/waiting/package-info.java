/**
 * One piece of work, done by each candidate: many runs of a workflow that wait for a
 * signal, each with a number of its own, and that go on when each has got its signal.
 *
 * <p>
 * A candidate fails unless each run goes on once, with what was sent to it. This package
 * does not know how results are compared or reported.
 */
@NullMarked
package io.theus.benchmarks.waiting;

import org.jspecify.annotations.NullMarked;
