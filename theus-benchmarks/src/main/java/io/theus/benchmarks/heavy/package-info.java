/**
 * One piece of work, done by each candidate: an array of numbers goes to a JVM that runs
 * already, and is summed there.
 *
 * <p>
 * One number changes before each hand-over, and a candidate fails whose receiver comes to
 * another sum. All sum by the same loop, but Theus, which brings its own. This package
 * does not know how results are compared or reported.
 */
@NullMarked
package io.theus.benchmarks.heavy;

import org.jspecify.annotations.NullMarked;
