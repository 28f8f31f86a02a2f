/**
 * One piece of work, done by each candidate: a loop that counts to a limit, one branch
 * for even numbers and one for odd ones, and a step in each that adds one.
 *
 * <p>
 * A candidate that takes the wrong branch, or ends anywhere but at the limit, fails. This
 * package does not know how results are compared or reported.
 */
@NullMarked
package io.theus.benchmarks.flux;

import org.jspecify.annotations.NullMarked;
