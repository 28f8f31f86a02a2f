/**
 * What those who watch an engine have to offer, without knowing them: something that is
 * going on, and what goes along when it goes on on another thread.
 * <p>
 * Invariants: an engine that nobody watches pays for a comparison of references;
 * implementations do not throw.
 * <p>
 * The package must not know what is watched. What begins is told through a seam of the
 * package in which it begins.
 */
@NullMarked
package io.theus.telemetry;

import org.jspecify.annotations.NullMarked;
