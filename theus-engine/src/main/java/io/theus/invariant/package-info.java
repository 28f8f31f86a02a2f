/**
 * Rules over the whole state, whoever writes it: what may be stored, and how it may
 * change from one tick to the next.
 * <p>
 * Rules are immutable. What they remember (starts of ticks, how much has moved, what a
 * writer held) is an {@link io.theus.invariant.InvariantMemory}, a value that belongs to
 * one version of the state; judging a commit gives the memory of the version that it
 * would make. Nothing here blocks, and the cost of judging is that of what the commit
 * touched.
 * <p>
 * This package knows neither transactions nor processes; the commit point asks it.
 */
@NullMarked
package io.theus.invariant;

import org.jspecify.annotations.NullMarked;
