/**
 * One piece of work, done by each candidate: a thread publishes numbers, and each
 * subscriber gets all of them in order.
 *
 * <p>
 * A candidate that loses, repeats or reorders a number fails. This package does not know
 * how results are compared or reported.
 */
@NullMarked
package io.theus.benchmarks.signals;

import org.jspecify.annotations.NullMarked;
