/**
 * Reads of a key three levels deep, done by each candidate: many reads in one attempt, so
 * that what an attempt costs by itself is spread over them.
 *
 * <p>
 * The values read add up to the sum of the keys' numbers; a candidate that reads
 * something else fails. This package does not know how results are compared or reported.
 */
@NullMarked
package io.theus.benchmarks.read;

import org.jspecify.annotations.NullMarked;
