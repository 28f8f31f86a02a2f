/**
 * Signals for beans: listener methods and application events.
 *
 * <p>
 * Invariants: a publisher of signals never waits for a bean and never sees what one
 * throws; each listener is called with one signal at a time, in order; what it could not
 * keep up with is said and counted. The package does not know metrics.
 */
@NullMarked
package io.theus.spring.signal;

import org.jspecify.annotations.NullMarked;
