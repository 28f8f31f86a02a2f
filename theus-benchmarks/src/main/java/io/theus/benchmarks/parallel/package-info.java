/**
 * One piece of work, done by each candidate: a few tasks that only compute, each for a
 * time that is given.
 *
 * <p>
 * How much a task computes is found out in each JVM before it measures. A candidate fails
 * unless each task ends at the number that belongs to it. This package does not know how
 * results are compared or reported.
 */
@NullMarked
package io.theus.benchmarks.parallel;

import org.jspecify.annotations.NullMarked;
