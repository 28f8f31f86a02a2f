/**
 * What came out of the trials, and how it is written down: medians with their spread,
 * ratios within the run, which targets are met, and where Theus loses.
 *
 * <p>
 * Nothing here drops a result: a row in which Theus loses stays, and so does a candidate
 * that failed. This package does not know how a trial is run.
 */
@NullMarked
package io.theus.benchmarks.report;

import org.jspecify.annotations.NullMarked;
