/**
 * Earlier versions of the state: looking at them, comparing them, going back.
 * <p>
 * Invariant: going back is a commit like any other; nothing that was committed is taken
 * out of the history. The package knows transactions and not who runs them.
 */
@NullMarked
package io.theus.history;

import org.jspecify.annotations.NullMarked;
