/**
 * Versions of a large map, kept by each candidate: what they cost in heap, and what it
 * costs to make one more and to compare two.
 *
 * <p>
 * Each version differs from the one before in the same number of keys; a candidate that
 * finds another number of differences fails. This package does not know how results are
 * compared or reported.
 */
@NullMarked
package io.theus.benchmarks.history;

import org.jspecify.annotations.NullMarked;
