/**
 * What follows from what the rules of the application find: levels, counters, the trail,
 * and the stop of the engine.
 * <p>
 * A rule tells what it found in an attempt to the {@link io.theus.audit.Verdicts} of that
 * attempt, which decide by the level of the rule. They become counts and entries once:
 * with the commit, or when the execution has failed for good. Those of an attempt that is
 * repeated are forgotten with it.
 * <p>
 * This package knows neither transactions nor processes; they ask it.
 */
@NullMarked
package io.theus.audit;

import org.jspecify.annotations.NullMarked;
