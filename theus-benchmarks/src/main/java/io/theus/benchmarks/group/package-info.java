/**
 * What is measured: groups of trials with the targets that Theus has to reach in them.
 *
 * <p>
 * This package says neither how a trial is run nor how its result is written down.
 */
@NullMarked
package io.theus.benchmarks.group;

import org.jspecify.annotations.NullMarked;
